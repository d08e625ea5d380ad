"""What the engine has left in memory of its program, given back.

Loading the engine runs once through most of its program, to place it and to register what it knows; the system leaves
those pages in the process: 140 MB that no event and no question needs. So does each question of a rare kind, for good.
They are the file's own, never written to, so that whatever is needed after all comes back from the system's file cache,
some microseconds a page.
"""

import ctypes
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

_MAPS = Path("/proc/self/smaps")
_PROGRAM = re.compile(
    r"^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [^\n]*/(?:_chdb|libarrow|libparquet)[^\n]*\n(?:\w+:[^\n]*\n)*?"
    r"Private_Dirty: +0 kB\n",
    re.MULTILINE,
)
"""Code and constants of the engine and the libraries it brings: nobody may write to them, and nobody has."""


def give_back_program() -> int:
    """Give back the engine's program until it is needed; returns the bytes asked for, 0 where this is not Linux."""
    advice = getattr(mmap, "MADV_DONTNEED", None)
    if advice is None or not _MAPS.exists():
        return 0
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(end - start for start, end in _program(_MAPS.read_text()) if madvise(start, end - start, advice) == 0)


def _program(maps: str) -> Iterator[tuple[int, int]]:
    for found in _PROGRAM.finditer(maps):
        yield int(found[1], 16), int(found[2], 16)
