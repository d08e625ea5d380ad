"""What pages tell of a site whose stored data are being brought up to date with its time zone or rules."""

from collections.abc import Callable
from typing import Protocol

from footfall.domain import Site


class Rebuild(Protocol):
    """How far it is."""

    @property
    def channels(self) -> tuple[int, int]:
        """Months whose channels were told again, of so many."""

    @property
    def rollups(self) -> tuple[int, int]:
        """Closed days that are added up again, of so many."""


RebuildOf = Callable[[Site], Rebuild | None]
"""Tells None of a site that is up to date. May ask the store, so call it in a thread."""


def nothing_under_way(site: Site) -> Rebuild | None:
    """Tell that every site is up to date, as for people who are no members."""
    return None
