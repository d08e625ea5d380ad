"""What was erased and when, so that an erasure cut off is taken up again, and one a restore undid is repeated.

A file of its own that no backup takes and no restore replaces. It holds nothing of a visitor but a mark: a keyed hash
by which those erased are known again where a backup brings them back.
"""

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec

Kind = Literal["visitor", "days", "site"]


class Erased(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One erasure; ``events`` is None until it is done."""

    at_ms: int
    kind: Kind
    site: str  # public id
    site_number: int
    marks: tuple[str, ...] = ()
    first_day: int = 0
    last_day: int = 0
    events: int | None = None


_decode = msgspec.json.Decoder(Erased).decode


class ErasureLog:
    """A small file, one line an erasure, replaced whole at each change. Used by one thread at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def mark(self, visitor_id: int) -> str:
        """What stands for a visitor in the log."""
        return blake2b(str(visitor_id).encode(), key=self._key, digest_size=16).hexdigest()

    def all(self) -> list[Erased]:
        """Every erasure, oldest first."""
        return [_decode(line) for line in self._path.read_bytes().splitlines()] if self._path.exists() else []

    def begin(self, erased: Erased) -> None:
        """Note an erasure that is about to be made."""
        self._write([*self.all(), erased])

    def finish(self, begun: Erased, events: int) -> None:
        """Note how many events an erasure came to."""
        done = msgspec.structs.replace(begun, events=events)
        self._write(done if erased == begun else erased for erased in self.all())

    def _write(self, lines: Iterable[Erased]) -> None:
        text = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        fresh = self._path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
