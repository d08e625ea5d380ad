"""The rows of a SQLite file, taken from its pages alone: neither the tree above them nor the list of tables is needed.

What comes out are records, of whatever table; who asks knows his own by their columns.
https://www.sqlite.org/fileformat2.html#b_tree_pages
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

from footfall.spool.log_frames import LogFrames, read_log

_LEAF = 0x0D
_FILE_HEADER_BYTES = 100
_USUAL_PAGE_BYTES = 4096
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = int | bytes | None
Row = tuple[int, tuple[Value, ...]]


class Pages:
    """The pages of a database, with those of its log over them."""

    def __init__(self, path: Path) -> None:
        self._data = _mapped(path)
        self._size = _page_bytes(self._data)
        self.log: LogFrames = read_log(path.with_name(f"{path.name}-wal"), self._size)
        self._newer = {frame.page_number: frame.page for frame in self.log.frames}

    def rows(self) -> Iterator[Row]:
        """Row number and columns of every record that can be read."""
        in_file = range(1, len(self._data) // self._size + 1)
        for number in sorted({*in_file, *self._newer}):
            page = self._page(number)
            offset = _FILE_HEADER_BYTES if number == 1 else 0
            if page[offset] == _LEAF:
                yield from self._rows_of(page, offset)

    def _page(self, number: int) -> bytes:
        return self._newer.get(number) or self._data[(number - 1) * self._size : number * self._size]

    def _rows_of(self, page: bytes, offset: int) -> Iterator[Row]:
        (count,) = struct.unpack_from(">H", page, offset + 3)
        for place in range(min(count, self._size // 4)):
            try:
                (start,) = struct.unpack_from(">H", page, offset + 8 + 2 * place)
                length, start = _varint(page, start)
                number, start = _varint(page, start)
                yield number, _columns(self._payload(page, start, length))
            except (IndexError, ValueError, struct.error):
                continue  # not a record any more

    def _payload(self, page: bytes, start: int, length: int) -> bytes:
        """The bytes of a record: the first on its page, the rest on a chain of others."""
        if length > len(self._data) + len(self._newer) * self._size:
            raise ValueError
        local = _local_bytes(length, self._size)
        found = bytearray(page[start : start + local])
        if local == length:
            return bytes(found)
        (following,) = struct.unpack_from(">I", page, start + local)
        while following and len(found) < length:
            page = self._page(following)
            (following,) = struct.unpack_from(">I", page)
            found += page[4:]
        return bytes(found[:length])


def _mapped(path: Path) -> mmap.mmap | bytes:
    """The bytes of a file that may be larger than the memory."""
    if not path.exists() or path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _page_bytes(data: mmap.mmap | bytes) -> int:
    given = int.from_bytes(data[16:18], "big")
    size = 65_536 if given == 1 else given
    return size if 512 <= size <= 65_536 and size & (size - 1) == 0 else _USUAL_PAGE_BYTES


def _local_bytes(length: int, page_bytes: int) -> int:
    most, least = page_bytes - 35, (page_bytes - 12) * 32 // 255 - 23
    if length <= most:
        return length
    kept = least + (length - least) % (page_bytes - 4)
    return kept if kept <= most else least


def _columns(record: bytes) -> tuple[Value, ...]:
    """The values of a record: integers; bytes, and text as bytes; None for floats, which the spool has none of."""
    header_bytes, place = _varint(record, 0)
    values, body = [], header_bytes
    while place < header_bytes:
        kind, place = _varint(record, place)
        size = _INTEGER_BYTES.get(kind, 8 if kind == 7 else max(kind - 12, 0) // 2)
        part = record[body : body + size]
        body += size
        values.append(_value(kind, part))
    return tuple(values)


def _value(kind: int, part: bytes) -> Value:
    if kind in _INTEGER_BYTES:
        return int.from_bytes(part, "big", signed=True)
    if kind in {8, 9}:
        return kind - 8
    return part if kind >= 12 else None


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """The number at ``place`` and where the next thing begins."""
    number = 0
    for _ in range(8):
        byte = data[place]
        place += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place
    return number << 8 | data[place], place + 1
