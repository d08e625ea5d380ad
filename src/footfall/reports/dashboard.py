"""The cards of one dashboard page, asked at once; the headline above them is asked by itself."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from footfall.reports.asking import Asking
from footfall.reports.country_map import ask_countries
from footfall.reports.lists import Room, TopList, ask_list
from footfall.reports.panels import LEAST_ROWS, PANELS, Page, chosen_tab
from footfall.reports.view import View


@dataclass(frozen=True)
class Cards:
    """The lists in the order of the panels, and the visitors of each country for the map."""

    lists: tuple[TopList, ...]
    countries: dict[str, int]


async def ask_cards(asking: Asking, view: View) -> Cards:
    """Ask everything the cards show; raises InvalidInput where the view cannot be answered."""
    lists, countries = await asyncio.gather(_ask_lists(asking, view), ask_countries(asking, view))
    return Cards(_evened(lists), countries)


async def _ask_lists(asking: Asking, view: View) -> list[TopList]:
    page = Page(is_compared=view.comparison.reaches_lists)
    return await asyncio.gather(
        *(ask_list(asking, view, panel, chosen_tab(panel, view, asking.has_goals), page) for panel in PANELS.values())
    )


def _evened(lists: list[TopList]) -> tuple[TopList, ...]:
    """Cut the lists that stand side by side to one length, so that no card is half empty.

    A card with a map takes a row of its own.
    """
    lengths = {one.panel.key: len(one.rows) for one in lists if not one.panel.has_map}
    in_pairs, in_threes = _shortest_beside(lengths, 2), _shortest_beside(lengths, 3)
    return tuple(
        one.cut_to(Room(in_pairs[one.panel.key], in_threes[one.panel.key])) if one.panel.key in lengths else one
        for one in lists
    )


def _shortest_beside(lengths: dict[str, int], in_a_row: int) -> dict[str, int]:
    return {
        key: max(LEAST_ROWS, min(lengths[one] for one in row)) for row in _in_rows(lengths, in_a_row) for key in row
    }


def _in_rows(keys: Iterable[str], size: int) -> list[list[str]]:
    """The keys in rows of this size."""
    listed = list(keys)
    return [listed[start : start + size] for start in range(0, len(listed), size)]
