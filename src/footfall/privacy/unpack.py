"""A file as it lies there, then what is packed in it: rows of SQLite, archives, columns of the engine."""

import gzip
import io
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from footfall.errors import StoreError
from footfall.store.blocks import SUFFIX, plain_blocks

BLOCK_BYTES = 1 << 18
_DEEPEST = 3
_SQLITE = b"SQLite format 3\0"
_TAR_MAGIC = slice(257, 262)

UNREADABLE = (
    OSError,
    EOFError,
    RuntimeError,
    StoreError,
    sqlite3.Error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading something that is torn, or that only looks like an archive, may raise."""


class Layer(NamedTuple):
    """One way to look at a file."""

    kind: str
    blocks: Iterable[bytes]


def layers(path: Path) -> Iterator[Layer]:
    """The bytes of a file, then all that they unpack to."""
    with path.open("rb") as file:
        yield from _layers(path.name, file, 0)
        file.seek(0)
        is_sqlite = file.read(len(_SQLITE)) == _SQLITE
    if is_sqlite:  # a long value is spread over pages that do not lie side by side
        yield Layer("rows", _sqlite_rows(path))


def _layers(name: str, file: BinaryIO, depth: int) -> Iterator[Layer]:
    yield Layer("bytes", _read(file))
    file.seek(0)
    head = file.read(512)
    container = next((each for each in _CONTAINERS if each.fits(name, head)), None)
    if container is None or depth == _DEEPEST:
        return
    file.seek(0)
    for member, content in container.members(name, file):
        for kind, blocks in _layers(member, content, depth + 1):
            yield Layer(container.kind if kind == "bytes" else f"{container.kind}, {kind}", blocks)


def _read(file: BinaryIO) -> Iterator[bytes]:
    while block := file.read(BLOCK_BYTES):
        yield block


def _gzip_member(name: str, file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with gzip.open(file) as content:
        yield name.removesuffix(".gz"), cast("BinaryIO", content)


def _zip_members(_: str, file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            with archive.open(member) as content:
                yield member.filename, cast("BinaryIO", content)


def _tar_members(_: str, file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with tarfile.open(fileobj=file) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield member.name, cast("BinaryIO", content)


class _Blocks(io.RawIOBase):
    """The unpacked blocks of a column as one file that can be rewound."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start()

    def readable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Back to the beginning, the only place anyone goes."""
        self._start()
        return 0

    def read(self, size: int = -1, /) -> bytes:
        """The next block, whole."""
        return next(self._blocks, b"")

    def _start(self) -> None:
        self._file.seek(0)
        self._blocks = plain_blocks(self._file)


def _column(name: str, file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    yield name.removesuffix(SUFFIX), cast("BinaryIO", _Blocks(file))


def _sqlite_rows(path: Path) -> Iterator[bytes]:
    """Every value of every table."""
    with closing(_open_readonly(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            quoted = table.replace('"', '""')
            for row in database.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a name, quoted
                yield b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row) + b"\0"


def _open_readonly(path: Path) -> sqlite3.Connection:
    # Without a journal beside it nobody writes: then SQLite must make no side files either, say in a backup.
    is_alone = not path.with_name(f"{path.name}-wal").exists()
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if is_alone else ''}", uri=True)


class _Container(NamedTuple):
    """A kind of file that holds others: how it is known, by name and first bytes, and what is in it."""

    kind: str
    fits: Callable[[str, bytes], bool]
    members: Callable[[str, BinaryIO], Iterator[tuple[str, BinaryIO]]]


_CONTAINERS = (
    _Container("column", lambda name, _: name.endswith(SUFFIX), _column),
    _Container("gzip", lambda _, head: head.startswith(b"\x1f\x8b\x08"), _gzip_member),
    _Container("zip", lambda _, head: head.startswith(b"PK\x03\x04"), _zip_members),
    _Container("tar", lambda _, head: head[_TAR_MAGIC] == b"ustar", _tar_members),
)
