"""How much of its month's events a site has used up."""

from collections import Counter
from datetime import UTC, datetime

from footfall.collect.quotas import Quotas
from footfall.collect.verdicts import ACCEPTED, Outcomes
from footfall.domain import Site

SITE = Site(id=1, public_id="site", domain="example.com", timezone="Asia/Kathmandu", monthly_events=10)
FREE = Site(id=2, public_id="free", domain="free.example")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


NOW_MS = at("2026-11-20T12:00")


class Stored:
    """A store that holds so many events of a site, and what it was asked."""

    def __init__(self, events: int) -> None:
        self.events = events
        self.asked: list[tuple[int, int, int]] = []

    def count(self, site_id: int, first_s: int, end_s: int) -> int:
        self.asked.append((site_id, first_s, end_s))
        return self.events


def test_it_adds_what_is_accepted_to_what_is_stored() -> None:
    totals: Outcomes = Counter({(1, ACCEPTED): 100})
    quotas = Quotas(totals, Stored(7).count)
    quotas.recount([SITE], NOW_MS)

    totals[1, ACCEPTED] += 2
    assert (quotas.used(SITE, NOW_MS), quotas.is_used_up(SITE, NOW_MS)) == (9, False)
    totals[1, ACCEPTED] += 1
    assert quotas.is_used_up(SITE, NOW_MS)


def test_it_counts_the_month_of_the_sites_zone() -> None:
    stored = Stored(0)

    Quotas(Counter(), stored.count).recount([SITE], NOW_MS)

    assert stored.asked == [(1, at("2026-10-31T18:15") // 1000, NOW_MS // 1000)]


def test_it_begins_anew_with_the_month() -> None:
    totals: Outcomes = Counter()
    quotas = Quotas(totals, Stored(0).count)
    before, after = at("2026-11-30T18:14:59"), at("2026-11-30T18:15")
    quotas.used(SITE, before)
    totals[1, ACCEPTED] += 10

    assert quotas.is_used_up(SITE, before)
    assert not quotas.is_used_up(SITE, after)
    totals[1, ACCEPTED] += 10
    assert quotas.is_used_up(SITE, after)


def test_it_asks_the_store_once_an_hour_about_sites_with_a_quota() -> None:
    stored = Stored(3)
    quotas = Quotas(Counter(), stored.count)

    for minute in range(61):
        quotas.recount([SITE, FREE], NOW_MS + minute * 60_000)

    assert [site for site, _, _ in stored.asked] == [1, 1]
    assert len(set(stored.asked)) == 1
