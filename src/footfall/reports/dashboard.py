"""Everything one dashboard page shows, asked at once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from footfall.domain import Site
from footfall.reports.asking import Ask
from footfall.reports.headline import Headline, ask_headline
from footfall.reports.lists import Room, TopList, ask_list
from footfall.reports.panels import LEAST_ROWS, PANELS, chosen_tab
from footfall.reports.view import View


@dataclass(frozen=True)
class Dashboard:
    """The headline, and the lists in the order of the panels."""

    headline: Headline
    lists: tuple[TopList, ...]


async def ask_dashboard(ask: Ask, site: Site, view: View, now: datetime) -> Dashboard:
    """Ask everything the page needs; raises InvalidInput where the view cannot be answered."""
    headline, lists = await asyncio.gather(ask_headline(ask, site, view, now), _ask_lists(ask, view))
    return Dashboard(headline, _evened(lists))


async def _ask_lists(ask: Ask, view: View) -> list[TopList]:
    return await asyncio.gather(*(ask_list(ask, view, panel, chosen_tab(panel, view)) for panel in PANELS.values()))


def _evened(lists: list[TopList]) -> tuple[TopList, ...]:
    """Cut the lists that stand side by side to one length, so that no card is half empty."""
    lengths = [len(one.rows) for one in lists]
    rooms = map(Room, _shortest_beside(lengths, 2), _shortest_beside(lengths, 3))
    return tuple(one.cut_to(room) for one, room in zip(lists, rooms, strict=True))


def _shortest_beside(lengths: list[int], in_a_row: int) -> list[int]:
    rows = (lengths[start : start + in_a_row] for start in range(0, len(lengths), in_a_row))
    return [max(LEAST_ROWS, min(row)) for row in rows for _ in row]
