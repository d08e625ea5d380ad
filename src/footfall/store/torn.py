"""What a full disk leaves behind that would keep the engine from opening its tables."""

import logging
from pathlib import Path

log = logging.getLogger(__name__)

_DELETIONS = "store/*/*/mutation_*.txt"
_BEGINNING = b"format version"


def forget_torn_deletions(path: Path) -> int:
    """Remove the notes of deletions that were never written, as the disk was full; returns how many.

    Whoever asked for such a deletion was told that it failed, and asks again. The engine does not start over a note it
    cannot read.
    """
    torn = [note for note in path.glob(_DELETIONS) if not note.read_bytes().startswith(_BEGINNING)]
    for note in torn:
        log.warning("a deletion was not written whole, as the disk was full; its note is removed")
        note.unlink()
    return len(torn)
