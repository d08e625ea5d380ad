"""The positive control: a scan that finds nothing proves something only if it finds what was put there.

A needle of each kind is written down in every spelling, and that into every kind of place, in a folder of its own.
"""

import gzip
import io
import secrets
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from footfall.privacy.canaries import random_addresses
from footfall.privacy.needles import Needle, Spelling, spellings
from footfall.privacy.scan import Report, Scan
from footfall.store.blocks import NONE, ZSTD, packed_block

_ADDRESSES = 40  # enough for short spellings to stand out from chance
_PADDING = b" " * 32  # what SQLite writes over the head of a deleted row hits this


class Control(msgspec.Struct):
    """How many of the planted spellings were found, and which were not."""

    planted: int = 0
    missed: list[str] = []

    @property
    def found(self) -> int:
        """How many were."""
        return self.planted - len(self.missed)

    def add(self, other: "Control") -> None:
        """Take in another one."""
        self.planted += other.planted
        self.missed = [*self.missed, *other.missed]


def control_needles() -> list[Needle]:
    """Needles that nothing but the control has ever seen."""
    word = secrets.token_hex(6)
    addresses = [Needle("address", address) for address in random_addresses(_ADDRESSES)]
    return [*addresses, Needle("e-mail", f"{word}/É@control.example"), Needle("token", secrets.token_urlsafe(32))]


def planted(needles: Sequence[Needle]) -> list[bytes]:
    """The needles in every spelling, in capitals too where case makes no difference."""
    found = [spelling for needle in needles for spelling in spellings(needle.text)]
    written = [pattern for each in found for pattern in (each.pattern, _other_case(each))]
    return [_PADDING + pattern + _PADDING for pattern in written]


def control_of(place: str, needles: Sequence[Needle], report: Report) -> Control:
    """Hold what a scan found in ``place`` against what was planted there."""
    wanted = {(needle.label, spelling.encoding) for needle in needles for spelling in spellings(needle.text)}
    found = {(finding.label, finding.encoding) for finding in report.findings}
    return Control(len(wanted), [f"{label} as {encoding} in {place}" for label, encoding in sorted(wanted - found)])


def control_files() -> Control:
    """Plant needles in every kind of file, and look for them as a scan does."""
    needles = control_needles()
    scan, values, control = Scan(needles), planted(needles), Control()
    for place, plant in _PLACES.items():
        with TemporaryDirectory(prefix="footfall-control-") as folder:
            plant(Path(folder), values)
            control.add(control_of(place, needles, scan.files([Path(folder)])))
    return control


def _other_case(spelling: Spelling) -> bytes:
    return spelling.pattern.upper() if spelling.is_folded else spelling.pattern


def _plain(folder: Path, values: Sequence[bytes]) -> None:
    (folder / "plain").write_bytes(b"".join(values))


def _sqlite_row(folder: Path, values: Sequence[bytes]) -> None:
    """One value so long that SQLite spreads it over pages."""
    _sqlite(folder / "rows", [b"".join(values)])


def _deleted_row(folder: Path, values: Sequence[bytes]) -> None:
    """Deleted as SQLite deletes where nobody asked for more: the bytes stay."""
    _sqlite(folder / "deleted", values, "DELETE FROM control")


def _sqlite(path: Path, values: Iterable[bytes], after: str = "") -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("CREATE TABLE control (value BLOB)")
        database.executemany("INSERT INTO control VALUES (?)", ((value,) for value in values))
        database.commit()
        database.execute(after)
        database.commit()


def _column(method: int) -> Callable[[Path, Sequence[bytes]], None]:
    def plant(folder: Path, values: Sequence[bytes]) -> None:
        (folder / "value.bin").write_bytes(packed_block(method, b"".join(values)))

    return plant


def _gzip(folder: Path, values: Sequence[bytes]) -> None:
    (folder / "log.gz").write_bytes(gzip.compress(b"".join(values)))


def _zip(folder: Path, values: Sequence[bytes]) -> None:
    with zipfile.ZipFile(folder / "copy.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content", b"".join(values))


def _archived_column(folder: Path, values: Sequence[bytes]) -> None:
    block = packed_block(ZSTD, b"".join(values))
    with tarfile.open(folder / "backup.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("store/value.bin")
        member.size = len(block)
        archive.addfile(member, io.BytesIO(block))


_PLACES: dict[str, Callable[[Path, Sequence[bytes]], None]] = {
    "a file": _plain,
    "a row of SQLite": _sqlite_row,
    "a deleted row of SQLite": _deleted_row,
    "a column as it is": _column(NONE),
    "a compressed column": _column(ZSTD),
    "a gzip file": _gzip,
    "a zip file": _zip,
    "a compressed column in an archive": _archived_column,
}
