"""Reading the ZIP: file by file and line by line, within bounds, for whoever sent it may have packed a bomb."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from footfall.domain.calendar import day_of
from footfall.errors import InvalidInput
from footfall.importers.plausible.tables import TABLES, TableOfExport, rows_of
from footfall.store import ImportedRow

MAX_UNPACKED_BYTES = 2_000_000_000
_MAX_NUMBER = 1 << 40
_MAX_TEXT_LENGTH = 2_000
_FILE = re.compile(r"imported_([a-z_]+)_(\d{8})_(\d{8})\.csv")
_NUMBER = re.compile(r"\d{1,13}", re.ASCII)
_LAST_DAY = 40_000  # in the year 2079; none is imported from later than that


class Totals(NamedTuple):
    """The first and the last day of an export, and its rows."""

    first_day: int
    last_day: int
    rows: Iterator[ImportedRow]


def read_archive(file: IO[bytes]) -> Totals:
    """Open an export; raises InvalidInput for what is none. The rows raise it for a line that cannot be understood."""
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InvalidInput("This is no ZIP file; send the export of Plausible as it is.") from error
    named = [(entry, _FILE.fullmatch(PurePosixPath(entry.filename).name)) for entry in entries if not entry.is_dir()]
    found = [(entry, match) for entry, match in named if match and match[1] in TABLES]
    if not found:
        raise InvalidInput("The ZIP holds no file of an export, such as imported_visitors_20250101_20251231.csv.")
    if sum(entry.file_size for entry, _ in found) > MAX_UNPACKED_BYTES:
        raise InvalidInput(f"The files may have {MAX_UNPACKED_BYTES:,} bytes in all, unpacked.")
    if len({match[1] for _, match in found}) < len(found):
        raise InvalidInput("The ZIP holds several files of one kind; send one export at a time.")
    days = [_day(text, match[0]) for _, match in found for text in (match[2], match[3])]
    rows = (row for entry, match in found for row in _rows(archive, entry, TABLES[match[1]]))
    return Totals(min(days), max(days), rows)


def _rows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, table: TableOfExport) -> Iterator[ImportedRow]:
    name = PurePosixPath(entry.filename).name
    try:
        with archive.open(entry) as packed:
            lines = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8-sig", newline=""))
            _check_columns(table, lines.fieldnames or (), name)
            for cells in lines:
                yield from _told(table, cells, f"{name}, line {lines.line_num}")
    except (zipfile.BadZipFile, UnicodeDecodeError, csv.Error, NotImplementedError, RuntimeError, EOFError) as error:
        raise InvalidInput(f"{name} cannot be read; it is damaged, or no CSV in UTF-8.") from error


def _check_columns(table: TableOfExport, columns: object, name: str) -> None:
    missing = sorted({"date", *table.numbers, *table.texts} - set(columns if isinstance(columns, list) else ()))
    if missing:
        raise InvalidInput(f"{name} lacks the columns {', '.join(missing)}.")


def _told(table: TableOfExport, cells: dict[str, str], place: str) -> list[ImportedRow]:
    wanted = {column: cells[column] for column in ("date", *table.numbers, *table.texts)}
    if any(not isinstance(text, str) or len(text) > _MAX_TEXT_LENGTH or "\0" in text for text in wanted.values()):
        raise InvalidInput(f"{place}: a cell is missing, or too long.")
    numbers = {column: _number(wanted[column], place) for column in table.numbers}
    return rows_of(table, _day(wanted["date"].replace("-", ""), place), wanted, numbers)


def _number(text: str, place: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > _MAX_NUMBER:
        raise InvalidInput(f"{place}: a figure must be a whole number.")
    return int(text)


def _day(text: str, place: str) -> int:
    try:
        day = day_of(date.fromisoformat(text))
    except ValueError:
        raise InvalidInput(f"{place}: a date must look like 2025-12-31.") from None
    if not 0 < day < _LAST_DAY:
        raise InvalidInput(f"{place}: this day cannot be imported.")
    return day
