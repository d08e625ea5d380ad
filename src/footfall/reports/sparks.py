"""The small line in each row of a list: its visitors over the period, in one question for all rows."""

from footfall.reports.asking import Ask
from footfall.reports.panels import Tab
from footfall.reports.series import Values
from footfall.reports.view import View

_MOST_BUCKETS = 10_000


async def ask_sparks(ask: Ask, view: View, tab: Tab, values: list[str]) -> dict[str, Values]:
    """The visitors of these values of a tab's dimension, by bucket; a bucket without any is zero."""
    answer = await ask(
        {
            "metrics": ["visitors"],
            "date_range": view.date_range,
            "dimensions": [tab.queried.name, "time"],
            "filters": [*view.query_filters(), ["is", tab.queried.name, values]],
            "include": {"time_labels": True},
            "pagination": {"limit": _MOST_BUCKETS},
        }
    )
    at = {label: index for index, label in enumerate(answer.time_labels)}
    lines: dict[str, list[float | None]] = {}
    for row in answer.rows:
        line = lines.setdefault(row.dimensions[0], [0.0] * len(at))
        line[at[row.dimensions[1]]] = row.metrics[0]
    return {value: tuple(line) for value, line in lines.items()}
