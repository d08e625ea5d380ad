"""Closed, dirty and open days: rollups give what the events and visits give, which is what plain Python gives."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle import Hit, Oracle, Visit, applied, local, visits_of
from tests.engine.test_query_against_oracle import (
    COPIES,
    ENDS,
    EVENT_DIMENSIONS,
    GOALS,
    Data,
    comparisons,
    data,
    insert_in_pieces,
    questions,
    questions_about,
)

from footfall.domain import IdentityMode, Site
from footfall.query import ask, ask_over_time, reaching, total_question
from footfall.query.vocabulary import Vocabulary
from footfall.store import Finaliser, Reader, Writer

NOW = datetime(2025, 1, 1, tzinfo=UTC)
BREAKDOWNS: list[list[str]] = [
    [],
    *([name] for name in [*EVENT_DIMENSIONS, *ENDS, *COPIES]),
    *([time] for time in ("time:day", "time:week", "time:month")),
    *(
        [time, name]
        for time in ("time:day", "time:month")
        for name in ("event:page", "visit:exit_page", "visit:source")
    ),
]
FILTERED = ["event:name", "event:page", "event:hostname", "visit:source", "visit:country", "visit:entry_page"]
_site_ids = itertools.count(7_000_000)


class Story(NamedTuple):
    """When the job ran, which of the events came late, and whether it ran again after them."""

    closed_by: int  # days after the middle one
    late_share: int  # one event in so many; 0: none
    runs_again: bool


stories = st.builds(
    Story,
    st.sampled_from([-1, 0, 1, 2, 5, 200]),
    st.sampled_from([0, 0, 2, 3, 7]),
    st.sampled_from([False, False, True]),
)


@st.composite
def rollable(draw: st.DrawFn) -> dict[str, Any]:
    """What dashboards ask: by one dimension, filtered by nothing, by one value, or by that dimension."""
    dimensions = draw(st.sampled_from(BREAKDOWNS))
    names = [name for name in dimensions if name in FILTERED] or FILTERED
    return draw(questions_about(dimensions, draw(st.lists(comparisons(names), max_size=1))))


CONVERSIONS: list[tuple[list[str], list[Any]]] = [
    ([], [["is", "event:goal", ["Signup"]]]),
    ([], [["is", "event:goal", ["Half read"]], ["is", "visit:source", ["Google"]]]),
    (["event:goal"], []),
    (["event:goal"], [["is", "event:props:plan", ["pro"]]]),
    (["event:goal", "visit:source"], []),
    (["time:day", "event:goal"], []),
    (["time:month"], [["contains", "event:goal", ["isit"]]]),
    (["visit:country"], [["is", "event:goal", ["Visit /*"]]]),
    (["visit:source", "event:props:plan"], [["is", "event:goal", ["Signup", "Visit /a"]]]),
    (["event:page"], [["is", "event:goal", ["Visit /a"]], ["contains", "event:page", ["a"]]]),
    (["visit:entry_page"], [["is", "event:goal", ["Signup"]]]),
    (["visit:exit_page"], [["is", "event:goal", ["Signup"]], ["is_not", "visit:exit_page", ["/a"]]]),
    (["event:name"], [["is", "event:goal", ["Visit /*"]], ["has_done", ["is", "event:name", ["Signup"]]]]),
]
"""Questions about conversions: what they are a share of is in rollups, but for the last one, and they are not."""


@st.composite
def conversions(draw: st.DrawFn) -> dict[str, Any]:
    dimensions, chosen = draw(st.sampled_from(CONVERSIONS))
    question = draw(questions_about(dimensions, chosen))
    rates = ["conversion_rate", "group_conversion_rate"][: 1 + bool(dimensions)]
    return question | {"metrics": rates + [name for name in question["metrics"] if name not in rates]}


@settings(max_examples=18, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=data(),
    story=stories,
    span=st.sampled_from(["days", "days", "month", "year"]),
    mode=st.sampled_from([IdentityMode.COOKIELESS, IdentityMode.CONSENTED]),
    named=st.sampled_from([0, reaching.MAX_REACHING]),
    questions=st.lists(rollable() | rollable() | conversions() | questions(), min_size=14, max_size=14),
)
def test_it_answers_alike_from_rollups_and_live(
    writer: Writer,
    reader: Reader,
    finaliser: Finaliser,
    *,
    data: Data,
    story: Story,
    span: str,
    mode: IdentityMode,
    named: int,
    questions: list[dict[str, Any]],
) -> None:
    site = Site(id=next(_site_ids), public_id="p", domain="example.com", timezone=data.zone, identity_mode=mode)
    weeks_later = Hit(1, in_ms(data.day + timedelta(days=45)))  # closes the months before it
    visits = visits_of([*data.hits, weeks_later])
    live_a_story(writer, finaliser, site, data, visits, story)
    first, last = range_of(data.day, span)
    oracle = Oracle(visits, site.zone, first, last, GOALS)

    for question in questions:
        asked = {**question, "date_range": [first.isoformat(), last.isoformat()]}
        with mock.patch.object(reaching, "MAX_REACHING", named):
            rolled = asyncio.run(ask(reader, site, asked, NOW, Vocabulary(GOALS)))
        live = asyncio.run(ask(reader, site, asked, NOW, Vocabulary(GOALS), reads_rollups=False))
        rows = [(row.dimensions, row.metrics) for row in rolled.rows]
        assert rows == oracle.answer(asked), (asked, rolled.tables)
        assert (live.rows, live.total_rows) == (rolled.rows, rolled.total_rows), (asked, rolled.tables)
        if has_total(question):
            total, steps = asyncio.run(ask_over_time(reader, site, asked, NOW, Vocabulary(GOALS)))
            alone = asyncio.run(ask(reader, site, total_question(asked), NOW, Vocabulary(GOALS)))
            assert (steps.rows, steps.total_rows) == (rolled.rows, rolled.total_rows), asked
            assert total.rows == alone.rows, asked


def has_total(question: dict[str, Any]) -> bool:
    """Whether it is over time, and can be asked without it."""
    is_over_time = len(question["dimensions"]) == 1 and question["dimensions"][0].startswith("time:")
    return is_over_time and {"percentage", "group_conversion_rate"}.isdisjoint(question["metrics"])


def live_a_story(
    writer: Writer, finaliser: Finaliser, site: Site, data: Data, visits: list[Visit], story: Story
) -> None:
    events = applied(visits, site.id, site.zone, lasting=lasting_of(visits, site))
    late = events[:: story.late_share] if story.late_share else []
    insert_in_pieces(writer, [event for event in events if event not in late])
    finaliser.run([site], in_ms(data.day + timedelta(days=story.closed_by)))
    insert_in_pieces(writer, late)
    if story.runs_again:
        finaliser.run([site], in_ms(data.day + timedelta(days=story.closed_by + 1)))


def lasting_of(visits: list[Visit], site: Site) -> set[int]:
    """Who must have a lasting id: an id without one lives a day, but for the one visit that goes over midnight.

    Of the others every second one has.
    """
    days: dict[int, set[date]] = {}
    for visit in visits:
        days.setdefault(visit.hits[0].visitor, set()).update(local(hit.at_ms, site.zone).date() for hit in visit.hits)
    counts = {visitor: sum(visit.hits[0].visitor == visitor for visit in visits) for visitor in days}
    return {visitor for visitor in days if visitor % 2 or (counts[visitor] > 1 and len(days[visitor]) > 1)}


def range_of(day: date, span: str) -> tuple[date, date]:
    if span == "days":
        return day - timedelta(days=2), day + timedelta(days=2)
    if span == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day.replace(day=1), (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def in_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
