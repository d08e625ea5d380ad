"""Rows as a CSV file that spreadsheets may open: text that would run as a formula is marked as text."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from footfall.api.native.asked import Row

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(rows: Sequence[Row]) -> Iterator[str]:
    """The file a line at a time; figures of the period before stand in columns of their own."""
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    yield _line(names)
    for row in flat:
        yield _line([_cell(row.get(name)) for name in names])


def _flat(row: Row) -> Row:
    before = row.get("previous") or {}
    return {name: value for name, value in row.items() if name != "previous"} | {
        f"previous_{name}": value for name, value in before.items()
    }


def _cell(value: Any) -> Any:
    """An apostrophe tells spreadsheets that what follows is text (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def _line(cells: Sequence[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
