"""What strangers can ask of the store at once has bounds."""

import asyncio
from datetime import UTC, datetime

import pytest

from footfall.api.asking import Asking
from footfall.api.public_counts import Counts, PublicCounts
from footfall.domain import Site
from footfall.errors import InvalidInput, NotFound, Unavailable
from footfall.store import Reader

NOW_MS = int(datetime(2024, 11, 20, 12, tzinfo=UTC).timestamp()) * 1000
SITE = Site(id=3_100_000, public_id="counted12345", domain="counted.example", public_counter=True)


@pytest.fixture
def counts(reader: Reader) -> PublicCounts:
    def clock() -> int:
        return NOW_MS

    return PublicCounts(Asking(reader, clock), clock)


async def test_it_refuses_more_figures_than_it_asks_at_once(counts: PublicCounts) -> None:
    asked = await asyncio.gather(*(counts.of(SITE, f"/{number}") for number in range(9)), return_exceptions=True)

    refused = [answer for answer in asked if isinstance(answer, Unavailable)]
    assert asked.count(Counts(0, 0)) + len(refused) == 9
    assert asked[0] == Counts(0, 0)
    assert refused
    assert await counts.of(SITE, "/8") == Counts(0, 0)


async def test_it_asks_once_for_all_who_want_the_same(counts: PublicCounts) -> None:
    assert await asyncio.gather(*(counts.of(SITE, "/") for _ in range(20))) == [Counts(0, 0)] * 20


async def test_it_forgets_what_could_not_be_answered(counts: PublicCounts) -> None:
    for _ in range(10):
        with pytest.raises(InvalidInput):
            await counts.of(SITE, "/", ("2024-02-02", "2024-02-01"))


async def test_it_asks_nothing_of_a_site_that_shows_no_counter(counts: PublicCounts) -> None:
    with pytest.raises(NotFound):
        await counts.of(Site(id=SITE.id, public_id=SITE.public_id, domain=SITE.domain), "/")
