"""Counting verdicts, and writing them down."""

from collections import Counter
from collections.abc import Mapping

import pytest

from footfall.collect.verdicts import Verdicts
from footfall.domain import Site

SITE = Site(id=1, public_id="site", domain="example.com", timezone="Asia/Kathmandu")
NOW_MS = 20_000 * 86_400_000 + 20 * 3_600_000  # the next day has begun in Kathmandu


class Away(Exception):
    """The journal cannot be written."""


class Pages:
    """A journal that may be away."""

    def __init__(self) -> None:
        self.is_away = False
        self.written: Counter[tuple[int, int, str]] = Counter()

    def add(self, counts: Mapping[tuple[int, int, str], int]) -> None:
        if self.is_away:
            raise Away
        self.written.update(counts)


def site_by_id(site_id: int) -> Site | None:
    return SITE if site_id == SITE.id else None


def test_it_writes_down_what_is_new_on_the_sites_day() -> None:
    verdicts, pages = Verdicts(lambda: Counter({(1, "no_visit"): 1})), Pages()

    for _ in range(2):
        verdicts.totals[1, "bot"] += 3
        verdicts.write_down(pages, site_by_id, NOW_MS)

    assert pages.written == {(1, 20_001, "bot"): 6, (1, 20_001, "no_visit"): 1}
    assert verdicts.totals == {(1, "bot"): 6}


def test_it_keeps_what_could_not_be_written() -> None:
    verdicts, pages = Verdicts(Counter), Pages()
    verdicts.totals[1, "bot"] += 3
    pages.is_away = True
    with pytest.raises(Away):
        verdicts.write_down(pages, site_by_id, NOW_MS)
    assert verdicts.unwritten(1) == {"bot": 3}

    pages.is_away = False
    verdicts.totals[1, "bot"] += 1
    verdicts.write_down(pages, site_by_id, NOW_MS)

    assert pages.written == {(1, 20_001, "bot"): 4}
    assert verdicts.unwritten(1) == {}


def test_it_lets_sites_go_that_are_no_more() -> None:
    verdicts, pages = Verdicts(Counter), Pages()
    verdicts.totals[2, "bot"] += 3

    verdicts.write_down(pages, site_by_id, NOW_MS)

    assert pages.written == {}
    assert verdicts.unwritten(2) == {}
