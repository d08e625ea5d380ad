"""What starting the engine leaves in memory, given back.

Loading the engine runs once through most of its program, to place it and to register what it knows; the system leaves
those pages in the process: 140 MB that no event and no question needs. They are read-only and clean, so that whatever
is needed after all comes back from the system's file cache, some microseconds a page.
"""

import ctypes
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_CODE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-xp .*/(?:_chdb|libarrow|libparquet)[^/]*$")
"""Executable parts of the engine and of the libraries it brings; they are never written to."""


def give_back_code() -> int:
    """Give back the engine's code until it is needed; returns the bytes asked for, 0 where the system is not Linux."""
    advice = getattr(mmap, "MADV_DONTNEED", None)
    if advice is None or not _MAPS.exists():
        return 0
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(end - start for start, end in _code(_MAPS.read_text()) if madvise(start, end - start, advice) == 0)


def _code(maps: str) -> Iterator[tuple[int, int]]:
    for line in maps.splitlines():
        if found := _CODE.match(line):
            yield int(found[1], 16), int(found[2], 16)
