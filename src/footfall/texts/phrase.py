"""A sentence or a word as a value: English where it is read as a string, and able to be said in another language."""

from collections.abc import Mapping
from datetime import date
from typing import Any


class Phrase(str):
    """An English sentence that knows the message of the catalogue it was made of, and the values put into it.

    ``Phrase("Delete {site}", site=domain)``: values may be phrases, numbers and days; each is written as its reader
    writes it. Where ``many`` is set there are two messages, and ``values["count"]`` chooses between them.
    """

    __slots__ = ("many", "message", "values")

    message: str
    many: str
    values: Mapping[str, Any]

    def __new__(cls, message: str, /, **values: Any) -> "Phrase":
        """Fill in the message."""
        return cls._made(message, values, message)

    @classmethod
    def counted(cls, one: str, many: str, count: int, values: Mapping[str, Any]) -> "Phrase":
        """Fill in the message for so many; see ``counted``."""
        return cls._made(one, {**values, "count": count}, one if count == 1 else many, many)

    @classmethod
    def _made(cls, message: str, values: Mapping[str, Any], english: str, many: str = "") -> "Phrase":
        made = super().__new__(cls, english.format_map(_in_english(values)) if values else english)
        made.message, made.many, made.values = message, many, values
        return made


def counted(one: str, many: str, count: int, /, **values: Any) -> Phrase:
    """A phrase that depends on ``{count}``: ``counted("{count} event", "{count} events", found)``."""
    return Phrase.counted(one, many, count, values)


def _in_english(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _written(value) for name, value in values.items()}


def _written(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)
