"""Refusing part of a query: the path of the part in the JSON, then what is wrong with it."""

from footfall.errors import InvalidInput


def refuse(path: str, text: str, *, field: str | None = None) -> InvalidInput:
    """An error at ``path``, such as `#/metrics/1`; its field is the key of the body."""
    return InvalidInput(f"{path}: {text}", field=field or path.split("/")[1] if "/" in path else field)
