"""A list as a CSV file that spreadsheets may open without running anything in it."""

import csv
import io

from footfall.reports.figures import METRICS
from footfall.reports.lists import TopList

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(found: TopList) -> str:
    """The rows of a list, with the words of its screen above them."""
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow([found.tab.queried.title, *(METRICS[name].title for name in found.metrics), "Share in percent"])
    lines.writerows([_cell(row.value), *row.figures, row.share] for row in found.rows)
    return file.getvalue()


def _cell(text: str) -> str:
    """An apostrophe tells spreadsheets that what follows is text (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
