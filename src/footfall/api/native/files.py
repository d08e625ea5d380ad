"""Rows as a file: CSV that spreadsheets may open without running anything in it, and Parquet."""

from collections.abc import Iterator, Sequence

from footfall.api.native.asked import Row
from footfall.domain.cells import csv_line
from footfall.store import Reader, parquet_file


def csv_lines(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """The file a line at a time; text that would run as a formula is marked as text."""
    flat, columns = _flat(names, rows)
    yield csv_line(columns)
    for row in flat:
        yield csv_line([row.get(name) for name in columns])


def parquet_blocks(reader: Reader, names: Sequence[str], rows: Sequence[Row]) -> Iterator[bytes]:
    """The file a block at a time."""
    flat, columns = _flat(names, rows)
    return parquet_file(reader, columns, flat)


def _flat(names: Sequence[str], rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Rows whose figures of the period before have columns of their own; ``names`` where there are no rows."""
    flat = [_with_columns_before(row) for row in rows]
    return flat, list(dict.fromkeys(name for row in flat for name in row)) or list(names)


def _with_columns_before(row: Row) -> Row:
    before = row.get("previous") or {}
    return {name: value for name, value in row.items() if name != "previous"} | {
        f"previous_{name}": value for name, value in before.items()
    }
