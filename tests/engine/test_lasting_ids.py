"""Visitors with lasting ids over a year: counted once each, to the last one, by every plan."""

import asyncio
import random
from datetime import UTC, datetime

import pytest

from footfall.domain import IdentityMode, Site
from footfall.query import ask
from footfall.store import EmbeddedEngine, Finaliser, Reader

NOW = datetime(2025, 1, 20, tzinfo=UTC)
DAYS, A_DAY, PEOPLE = 300, 200, 20_000
FIRST_DAY = 19_723  # 1 January 2024

# Each view is a visit of its own; who it is, is drawn from a seed that Python draws from, too.
FILL = """
INSERT INTO events (site_id, local_day, visit_id, timestamp, event_id, name, visitor_id, is_lasting, visit_opened_at,
    visit_opened_day, hostname, path, source)
SELECT {site:UInt32}, toDate(day), number + 1,
    fromUnixTimestamp64Milli(toInt64(day) * 86400000 + number % 80000000, 'UTC') AS at,
    number + 1, 'pageview', visitor, true, at, toDate(day), 'example.com', '/', concat('source ', toString(visitor % 3))
FROM (SELECT number, toUInt16({first:UInt16} + intDiv(number, {a_day:UInt32})) AS day,
    {visitors:Array(UInt64)}[number + 1] AS visitor FROM numbers({count:UInt64}))
"""


@pytest.mark.parametrize("mode", [IdentityMode.COOKIELESS, IdentityMode.CONSENTED])
def test_it_counts_lasting_visitors_of_a_year_exactly(
    engine: EmbeddedEngine, reader: Reader, finaliser: Finaliser, site_id: int, mode: IdentityMode
) -> None:
    site = Site(id=site_id, public_id="p", domain="example.com", identity_mode=mode)
    chance = random.Random(7)
    visitors = [chance.randrange(1, PEOPLE) for _ in range(DAYS * A_DAY)]
    client = engine.writing_client()
    bound = {"site": site.id, "first": FIRST_DAY, "a_day": A_DAY, "visitors": visitors, "count": len(visitors)}
    client.command(FILL, parameters=bound)
    client.close()
    finaliser.run([site], int(NOW.timestamp() * 1000))

    def asked(**more: object) -> list[tuple[object, ...]]:
        question = {"metrics": ["visitors"], "date_range": ["2024-01-01", "2025-01-10"], **more}
        both = [asyncio.run(ask(reader, site, question, NOW, reads_rollups=reads)) for reads in (True, False)]
        assert "monthly_visits" in both[0].tables
        assert both[0].rows == both[1].rows
        return [(*row.dimensions, *row.metrics) for row in both[0].rows]

    assert asked() == [(len(set(visitors)),)]
    by_source = {f"source {part}": len({one for one in visitors if one % 3 == part}) for part in range(3)}
    assert dict(asked(dimensions=["visit:source"])) == by_source  # type: ignore[arg-type]
    by_month = [figure for _, figure in asked(dimensions=["time:month"])]
    january = visitors[: 31 * A_DAY]
    assert by_month[0] == len(set(january))
