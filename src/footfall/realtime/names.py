"""Friendly names of visitors, such as Fluffy Panda: made from the id with a secret, so that no name leads back to one.

A name is as lasting as the id: of cookieless visitors it changes every day.
"""

import tomllib
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any


class FriendlyNames:
    """Two words of two tables; different visitors may share a name."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        words = _words()
        self._qualities: list[str] = words["qualities"]
        self._animals: list[str] = words["animals"]

    def of(self, visitor_id: int) -> str:
        """The name of a visitor."""
        number = int.from_bytes(blake2b(visitor_id.to_bytes(8), key=self._key, digest_size=8).digest())
        rest, quality = divmod(number, len(self._qualities))
        return f"{self._qualities[quality]} {self._animals[rest % len(self._animals)]}"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files(__package__ or "") / "tables" / "names.toml").read_text(encoding="utf-8"))
