"""Everything one dashboard page shows, asked at once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from footfall.domain import Site
from footfall.reports.asking import Ask
from footfall.reports.headline import Headline, ask_headline
from footfall.reports.lists import TopList, ask_list
from footfall.reports.panels import PANELS, chosen_tab
from footfall.reports.view import View


@dataclass(frozen=True)
class Dashboard:
    """The headline, and the lists in the order of the panels."""

    headline: Headline
    lists: tuple[TopList, ...]


async def ask_dashboard(ask: Ask, site: Site, view: View, now: datetime) -> Dashboard:
    """Ask everything the page needs; raises InvalidInput where the view cannot be answered."""
    tabs = dict(view.tabs)
    headline, *lists = await asyncio.gather(
        ask_headline(ask, site, view, now),
        *(ask_list(ask, view, panel, chosen_tab(panel, tabs)) for panel in PANELS.values()),
    )
    return Dashboard(headline, tuple(lists))
