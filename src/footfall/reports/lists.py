"""A list of a panel: its rows, as far as they are shown, and how many there are."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from footfall.query import Answer
from footfall.reports.asking import Ask
from footfall.reports.panels import FIRST_ROWS, Page, Panel, Tab, list_question
from footfall.reports.view import Filter, View


@dataclass(frozen=True)
class ListRow:
    """One value of the dimension. ``fill`` is its length beside the longest row, 0 to 1."""

    value: str
    figures: tuple[float | None, ...]
    share: float | None
    fill: float


class Room(NamedTuple):
    """How many rows a card shows where cards stand in pairs, and where three stand in a row."""

    in_pairs: int
    in_threes: int


@dataclass(frozen=True)
class TopList:
    """What one tab of a panel shows; ``metrics`` name the figures of its rows."""

    panel: Panel
    tab: Tab
    metrics: tuple[str, ...]
    rows: tuple[ListRow, ...]
    total_rows: int
    room: Room

    def cut_to(self, room: Room) -> "TopList":
        """The same list with room for fewer rows."""
        return replace(self, rows=self.rows[: max(room)], room=room)

    def filter_for(self, row: ListRow) -> Filter:
        """The filter a click on this row sets."""
        return Filter(self.tab.dimension, row.value)


async def ask_list(ask: Ask, view: View, panel: Panel, tab: Tab, page: Page = FIRST_ROWS) -> TopList:
    """The rows of a tab on one page: the first few, as its card shows them, or any part of the whole."""
    metrics = page.metrics or tab.metrics
    answer = await ask(list_question(tab, view, (*metrics, "percentage"), page))
    return TopList(panel, tab, metrics, _rows(answer), answer.total_rows or 0, Room(page.limit, page.limit))


def _rows(answer: Answer) -> tuple[ListRow, ...]:
    longest = max((row.metrics[0] or 0 for row in answer.rows), default=0)
    return tuple(
        ListRow(row.dimensions[0], row.metrics[:-1], row.metrics[-1], (row.metrics[0] or 0) / (longest or 1))
        for row in answer.rows
    )
