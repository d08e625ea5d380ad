"""The frames of a write-ahead log, read without SQLite: which it would use, and which it would pass over.

SQLite stops at the first frame whose checksum does not fit, and leaves out the commits behind it without a word.
https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_LITTLE_ENDIAN, _BIG_ENDIAN = 0x377F0682, 0x377F0683
_Words = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Frame:
    """A version of one page; ``ends_commit`` where a transaction ends with it."""

    page_number: int
    ends_commit: bool
    page: bytes


@dataclass(frozen=True)
class LogFrames:
    """The frames of the newest generation, in order; SQLite reads the first ``readable`` of them."""

    frames: tuple[Frame, ...]
    readable: int

    @property
    def is_broken(self) -> bool:
        """Whether SQLite would pass over what was on disk for certain.

        The last commit may be half written: the power went before it was acknowledged. A commit before it was not.
        """
        return sum(frame.ends_commit for frame in self.frames[self.readable :]) > 1


def read_log(path: Path, page_bytes: int) -> LogFrames:
    """Read the log at ``path``, if there is one; ``page_bytes`` is the size of the database's pages."""
    data = path.read_bytes() if path.exists() else b""
    step = _FRAME_HEADER_BYTES + page_bytes
    starts = range(_HEADER_BYTES, len(data) - step + 1, step)
    salts = _salts(data, starts)
    mine = [start for start in starts if data[start + 8 : start + 16] == salts]
    frames = [_frame(data[start : start + step]) for start in mine]
    return LogFrames(tuple(frames), _readable(data, mine, step))


def _frame(data: bytes) -> Frame:
    page_number, pages_after_commit = struct.unpack(">II", data[:8])
    return Frame(page_number, pages_after_commit > 0, data[_FRAME_HEADER_BYTES:])


def _salts(data: bytes, starts: range) -> bytes:
    """What marks the frames of this generation: older ones stand behind them."""
    if _checksum_of_header(data) is not None:
        return data[16:24]
    counted = Counter(data[start + 8 : start + 16] for start in starts)
    return next((salts for salts, count in counted.items() if count > 1), b"")


def _readable(data: bytes, starts: list[int], step: int) -> int:
    """How many frames SQLite would use: each checksum continues that of the frame before."""
    so_far = _checksum_of_header(data)
    if so_far is None:
        return 0
    order = _byte_order(data)
    for place, start in enumerate(starts):
        if start != _HEADER_BYTES + place * step:
            return place
        words = data[start : start + 8] + data[start + _FRAME_HEADER_BYTES : start + step]
        so_far = _checksum(np.frombuffer(words, order), so_far)
        if struct.pack(">II", *so_far) != data[start + 16 : start + 24]:
            return place
    return len(starts)


def _checksum_of_header(data: bytes) -> tuple[int, int] | None:
    """The checksum that the first frame continues; None where the header is not as it was written."""
    if len(data) < _HEADER_BYTES or struct.unpack(">I", data[:4])[0] not in {_LITTLE_ENDIAN, _BIG_ENDIAN}:
        return None
    found = _checksum(np.frombuffer(data[:24], _byte_order(data)), (0, 0))
    return found if struct.pack(">II", *found) == data[24:32] else None


def _byte_order(data: bytes) -> str:
    return "<u4" if struct.unpack(">I", data[:4])[0] == _LITTLE_ENDIAN else ">u4"


def _checksum(words: _Words, start: tuple[int, int]) -> tuple[int, int]:
    """SQLite's checksum of pairs of words: a recurrence, linear in the words, so a sum of products does it."""
    weights = _weights(len(words) // 2)
    parts = np.concatenate([np.array(start, dtype=np.uint32), words.astype(np.uint32)])
    first, second = (weights * parts).sum(axis=1, dtype=np.uint32)
    return int(first), int(second)


@cache
def _weights(pairs: int) -> _Words:
    """What each word adds to the two sums after ``pairs`` steps of ``a += x + b; b += y + a``."""
    columns = np.zeros((2, 2 * pairs + 2), dtype=np.uint32)
    step = np.array([[1, 1], [1, 2]], dtype=np.uint32)
    power = np.eye(2, dtype=np.uint32)
    for pair in range(pairs, 0, -1):
        columns[:, 2 * pair : 2 * pair + 2] = power @ np.array([[1, 0], [1, 1]], dtype=np.uint32)
        power = power @ step
    columns[:, :2] = power
    return columns
