"""A list of a panel: its rows, as far as they are shown, and how many there are."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from footfall.query import Answer, Row
from footfall.query.comparisons import ComparedRow
from footfall.query.crawlers import CrawlerFigures
from footfall.reports.asking import Asking, Question
from footfall.reports.dimensions import PROPERTY
from footfall.reports.headline import totals_question
from footfall.reports.left_out import left_out_of_list
from footfall.reports.panels import FIRST_ROWS, MOST_MAPPED, Leads, Page, Panel, Tab, list_question
from footfall.reports.series import Values
from footfall.reports.sparks import ask_sparks
from footfall.reports.view import Filter, View
from footfall.texts import Phrase

Figures = tuple[float | None, ...]


@dataclass(frozen=True)
class ListRow:
    """One value of the dimension. ``fill`` is its length beside the longest row, 0 to 1.

    ``before`` and ``changes`` are there where the list is compared, in the order of the figures.
    """

    value: str
    figures: Figures
    share: float | None
    fill: float
    before: Figures = ()
    changes: Figures = ()
    spark: Values = ()


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
    left_out: Phrase | None = None
    """Why imported data are not in it, where they could have been."""

    @property
    def is_compared(self) -> bool:
        """Whether its rows know what stood there before."""
        return any(row.changes for row in self.rows)

    @property
    def columns(self) -> list[Figures]:
        """The figures of its rows, metric by metric."""
        return list(zip(*(row.figures for row in self.rows), strict=True))

    def cut_to(self, room: Room) -> "TopList":
        """The same list with room for fewer rows."""
        return replace(self, rows=self.rows[: max(room)], room=room)

    def filter_for(self, row: ListRow) -> Filter:
        """The filter a click on this row sets."""
        return Filter(self.tab.dimension, row.value)


async def ask_list(asking: Asking, view: View, panel: Panel, tab: Tab, page: Page = FIRST_ROWS) -> TopList:
    """The rows of a tab on one page: the first few, as its card shows them, or any part of the whole."""
    return await _ASKS[tab.leads](asking, view, panel, tab, page)


async def _by_dimension(asking: Asking, view: View, panel: Panel, tab: Tab, page: Page) -> TopList:
    metrics = answerable(page.metrics or tab.metrics, view, asking.segments)
    question = card_question(tab, view, asking.segments, page)
    if tab.only:
        answer, visitors = await asyncio.gather(asking.ask(question), _visitors(asking, view))
        rows = _rows(answer, of_visitors=visitors)
    else:
        answer = await asking.ask(question)
        rows = _rows(answer)[: page.limit]
    if page.has_sparks and rows:
        sparks = await ask_sparks(asking.ask, view, tab, [row.value for row in rows])
        rows = tuple(replace(row, spark=sparks.get(row.value, ())) for row in rows)
    room = Room(page.limit, page.limit)
    return TopList(panel, tab, metrics, rows, answer.total_rows or 0, room, left_out_of_list(answer))


def card_question(tab: Tab, view: View, segments: Mapping[int, list[Any]], page: Page) -> Question:
    """What a tab asks for its rows and their share of all."""
    metrics = answerable(page.metrics or tab.metrics, view, segments)
    page = page if page.order_by[0] in metrics else replace(page, order_by=(metrics[0], "desc"))
    if tab.only:  # their share is of everybody: of those with such a row rollups do not tell how many there were
        return list_question(tab, view, metrics, page)
    if tab.is_mapped and page.is_of_card:
        page = replace(page, limit=MOST_MAPPED)
    return list_question(tab, view, (*metrics, "percentage"), page)


# What cannot be told once a dimension is filtered by whose name begins so.
_NOT_WITH = {"exit_rate": "event:", "time_on_page": "event:goal", "scroll_depth": "event:goal"}


def answerable(metrics: tuple[str, ...], view: View, segments: Mapping[int, list[Any]]) -> tuple[str, ...]:
    """Those of the metrics that can be asked with the filters of the view."""
    return tuple(one for one in metrics if not (one in _NOT_WITH and view.names(_NOT_WITH[one], segments)))


async def _keys_of_properties(asking: Asking, view: View, panel: Panel, tab: Tab, page: Page) -> TopList:
    question = {"metrics": ["visitors"], "date_range": view.date_range, "filters": view.query_filters()}
    keys = await asking.property_keys(question, page.limit, page.offset)
    longest = max((key.visitors for key in keys), default=0) or 1
    rows = tuple(ListRow(PROPERTY + key.key, (key.visitors, key.events), None, key.visitors / longest) for key in keys)
    total = keys[0].row_count if keys else 0
    return TopList(panel, tab, tab.metrics, rows, total, Room(page.limit, page.limit))


async def _crawlers(asking: Asking, view: View, panel: Panel, tab: Tab, page: Page) -> TopList:
    found = _views_by_name(await asking.crawlers(view.date_range))
    wanted = [(name, views) for name, views in found if page.search.lower() in name.lower()]
    longest, total = max((views for _, views in found), default=0) or 1, sum(views for _, views in found) or 1
    rows = tuple(ListRow(name, (views,), round(100 * views / total, 1), views / longest) for name, views in wanted)
    shown = rows[page.offset :][: page.limit]
    return TopList(panel, tab, tab.metrics, shown, len(rows), Room(page.limit, page.limit))


_ASKS = {Leads.FILTER: _by_dimension, Leads.TAB: _keys_of_properties, Leads.CRAWLER: _crawlers}


def _views_by_name(found: Iterable[CrawlerFigures]) -> list[tuple[str, int]]:
    """One that comes for several purposes has a row for each in the store."""
    views: dict[str, int] = {}
    for one in found:
        views[one.name] = views.get(one.name, 0) + one.views
    return sorted(views.items(), key=lambda item: (-item[1], item[0]))


async def _visitors(asking: Asking, view: View) -> int:
    question = totals_question(view, asking.segments)
    answer = await asking.ask(question)
    return int(answer.rows[0].metrics[question["metrics"].index("visitors")] or 0) if answer.rows else 0


def _rows(answer: Answer, *, of_visitors: int | None = None) -> tuple[ListRow, ...]:
    """Rows with their share: their last metric, or visitors of all there were."""
    longest = max((row.metrics[0] or 0 for row in answer.rows), default=0)
    compared = answer.compared.rows if answer.compared else [None] * len(answer.rows)
    figures = slice(None, -1 if of_visitors is None else None)
    return tuple(
        ListRow(
            row.dimensions[0],
            row.metrics[figures],
            row.metrics[-1] if of_visitors is None else _share(answer, row, of_visitors),
            (row.metrics[0] or 0) / (longest or 1),
            *_beside(before, figures),
        )
        for row, before in zip(answer.rows, compared, strict=True)
    )


def _share(answer: Answer, row: Row, of_visitors: int) -> float | None:
    metrics = [metric.name for metric in answer.question.metrics]
    visitors = row.metrics[metrics.index("visitors")] if "visitors" in metrics else None
    return round(min(100.0, 100 * visitors / of_visitors), 1) if visitors and of_visitors else None


def _beside(before: ComparedRow | None, figures: slice) -> tuple[Figures, Figures]:
    return (before.metrics[figures], before.change[figures]) if before else ((), ())
