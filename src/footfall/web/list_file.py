"""A list as a CSV file."""

from footfall.domain.cells import csv_line
from footfall.reports.figures import METRICS
from footfall.reports.lists import TopList


def csv_of(found: TopList) -> str:
    """The rows of a list, with the words of its screen above them."""
    heading = [found.tab.queried.title, *(METRICS[name].title for name in found.metrics), "Share in percent"]
    rows = [csv_line([row.value, *row.figures, row.share]) for row in found.rows]
    return "".join([csv_line(heading), *rows])
