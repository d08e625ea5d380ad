"""Cells of CSV files that spreadsheets may open without running anything in them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: Any) -> Any:
    """An apostrophe tells spreadsheets that what follows is text (OWASP, CSV injection); numbers stay what they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def csv_line(cells: Sequence[Any]) -> str:
    """One line of a file, its cells made safe."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()
