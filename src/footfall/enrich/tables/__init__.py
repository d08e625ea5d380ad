"""The facts of this room as TOML: who is a search engine, which crawler is whose, how systems are called.

One file per topic, read once when first asked for.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_table(topic: str) -> dict[str, Any]:
    """The content of ``topic``.toml."""
    return tomllib.loads((files(__name__) / f"{topic}.toml").read_text(encoding="utf-8"))
