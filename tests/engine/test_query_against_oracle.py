"""Every definition of METRICS.md on generated visits: the engine answers as plain Python does."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle import Hit, Oracle, applied, visits_of

from footfall.domain import NO_SCROLL_DEPTH, Goal, GoalKind, Site, VisitAttributes, WeekStart
from footfall.errors import InvalidInput
from footfall.query import METRICS, ask
from footfall.query.parse import parse
from footfall.query.vocabulary import Vocabulary
from footfall.store import Reader, Writer

NOW = datetime(2025, 1, 1, tzinfo=UTC)
QUESTIONS_PER_EXAMPLE = 30
_site_ids = itertools.count(1_000_000)
_batch_ids = itertools.count(1_000_000)

# The day of a clock change (or any day) in its zone.
DAYS = [
    ("Europe/Berlin", date(2024, 3, 31)),
    ("Europe/Berlin", date(2024, 10, 27)),
    ("America/New_York", date(2024, 3, 10)),
    ("America/New_York", date(2024, 11, 3)),
    ("Asia/Kathmandu", date(2024, 5, 31)),
    ("Asia/Beirut", date(2024, 10, 27)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Etc/UTC", date(2024, 2, 29)),
]
EVENT_DIMENSIONS = ["event:name", "event:page", "event:hostname", "event:props:plan", "event:goal", "event:currency"]
ENDS = ["visit:entry_page", "visit:exit_page", "visit:entry_page_hostname", "visit:exit_page_hostname"]
COPIES = ["visit:source", "visit:country", "visit:country_name", "visit:screen", "visit:screen_size", "visit:language"]
TIMES = ["time:hour", "time:day", "time:week", "time:month"]
BREAKDOWNS: list[list[str]] = [
    [], [],
    *([name] for name in [*EVENT_DIMENSIONS, *ENDS, *COPIES, *TIMES]),
    ["event:goal"], ["event:goal"], ["time:day", "event:goal"], ["event:goal", "visit:source"],
    ["event:goal", "event:currency"], ["event:goal", "event:props:plan"], ["event:page", "event:goal"],
    ["event:page"], ["event:page"], ["visit:exit_page"], ["visit:exit_page"],
    *([time, name] for time in TIMES for name in ("event:page", "visit:exit_page", "visit:source")),
    ["event:page", "visit:country"], ["visit:source", "event:name"], ["visit:entry_page", "visit:exit_page"],
    ["visit:source", "time:hour"], ["event:page", "event:props:plan"], ["visit:source", "visit:country"],
]  # fmt: skip
GOALS = (
    Goal(1, 0, GoalKind.EVENT, "Signup", "Signup"),
    Goal(2, 0, GoalKind.EVENT, "Signup", "Signup for pro", properties=(("plan", "pro"),), currency="EUR"),
    Goal(3, 0, GoalKind.PAGE, "/a", "Visit /a"),
    Goal(4, 0, GoalKind.PAGE, "/*", "Visit /*", currency="USD"),
    Goal(5, 0, GoalKind.PAGE, "/**b", "visit /A"),
    Goal(6, 0, GoalKind.SCROLL, "/**", "Half read", scroll_percent=50),
    Goal(7, 0, GoalKind.SCROLL, "/a", "Seen", scroll_percent=1),
)
GOAL_NAMES = [goal.display_name for goal in GOALS]
VALUES = {
    "event:currency": ["EUR", "(none)"],
    "event:name": ["pageview", "Signup", "engagement"],
    "event:page": ["/", "/a", "/A/b"],
    "event:hostname": ["example.com", "shop.example.com"],
    "event:props:plan": ["pro", "Pro'\\\n", "(none)"],
    "visit:entry_page": ["/", "/a", "(not set)"],
    "visit:exit_page": ["/a", "/A/b"],
    "visit:source": ["Google", "Direct / None"],
    "visit:country": ["EE", "(not set)"],
}
PATTERNS = ["a$", "^/", "[A-Z]", "^$"]


class Data(NamedTuple):
    """Hits around one day."""

    zone: str
    day: date
    hits: list[Hit]


GAPS_MS = [0, 1, 400, 10_500, 15 * 60_000, 30 * 60_000, 30 * 60_000 + 1, 3 * 3_600_000, 26 * 3_600_000]
OFFSETS_MS = [minutes * 60_000 for minutes in (-24 * 60, -61, -60, -1, 0, 59, 60, 90, 120, 180, 600, 23 * 60, 24 * 60)]

attributes = st.builds(
    VisitAttributes,
    source=st.sampled_from(["", "Google", "google"]),
    country=st.sampled_from(["", "EE", "DE"]),
    device=st.sampled_from(["", "Mobile"]),
    screen=st.sampled_from(["", "1280–1599"]),
    language=st.sampled_from(["", "de-DE"]),
)
hits = st.builds(
    Hit,
    visitor=st.just(0),
    at_ms=st.just(0),
    name=st.sampled_from(["pageview", "pageview", "pageview", "engagement", "Signup"]),
    path=st.sampled_from(VALUES["event:page"]),
    hostname=st.sampled_from(VALUES["event:hostname"]),
    props=st.sampled_from([(), (), (("plan", "pro"),), (("plan", "Pro'\\\n"), ("x", "y"))]),
    is_interactive=st.booleans(),
    engagement_ms=st.sampled_from([0, 0, 500, 1500, 61_000]),
    scroll_depth=st.sampled_from([NO_SCROLL_DEPTH, NO_SCROLL_DEPTH, 0, 33, 100]),
    revenue_milli=st.sampled_from([0, 1, 2500, 49_900, -1001]),
    currency=st.sampled_from(["", "", "", "EUR", "EUR", "USD"]),
    attributes=attributes,
)


@st.composite
def walks(draw: st.DrawFn, midnight_ms: int) -> list[Hit]:
    """What one visitor did: a few hits apart by telling gaps, or a visit that goes on for more than a day."""
    visitor = draw(st.integers(1, 2**63))
    at_ms = midnight_ms + draw(st.sampled_from(OFFSETS_MS))
    is_long = draw(st.integers(0, 9)) == 0
    steps = [29 * 60_000] * 60 if is_long else draw(st.lists(st.sampled_from(GAPS_MS), max_size=7))
    kinds = draw(st.lists(hits, min_size=1, max_size=8))
    moments = itertools.accumulate([at_ms, *steps])
    return [
        Hit(**{**_fields(kind), "visitor": visitor, "at_ms": moment})
        for moment, kind in zip(moments, itertools.cycle(kinds), strict=False)
    ]


def _fields(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in hit.__dataclass_fields__ if name != "id"}


@st.composite
def data(draw: st.DrawFn) -> Data:
    zone, day = draw(st.sampled_from(DAYS))
    midnight_ms = int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp()) * 1000
    visitors = draw(st.lists(walks(midnight_ms), min_size=1, max_size=5))
    return Data(zone, day, [hit for own in visitors for hit in own])


@st.composite
def comparisons(draw: st.DrawFn, names: list[str]) -> list[Any]:
    name = draw(st.sampled_from(names))
    operator = draw(st.sampled_from(["is", "is", "is_not", "contains", "contains_not", "matches", "matches_not"]))
    pool = PATTERNS if operator.startswith("matches") else VALUES[name]
    values = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True))
    insensitive = not operator.startswith("matches") and draw(st.booleans())
    return [operator, name, values, *([{"case_sensitive": False}] if insensitive else [])]


@st.composite
def goal_filters(draw: st.DrawFn) -> list[Any]:
    operator = draw(st.sampled_from(["is", "contains"]))
    values = draw(st.lists(st.sampled_from(GOAL_NAMES if operator == "is" else ["isit", "a", "nothing"]), min_size=1))
    return [operator, "event:goal", values[:2], *([{"case_sensitive": False}] if draw(st.booleans()) else [])]


nestable = comparisons([name for name in VALUES if name != "event:hostname"])
pairs = st.tuples(st.sampled_from(["and", "or"]), st.lists(nestable, min_size=2, max_size=2)).map(list)
negations = (nestable | pairs).map(lambda one: ["not", one])
of_events = comparisons([name for name in VALUES if name.startswith("event:")])
behaviours = st.tuples(
    st.sampled_from(["has_done", "has_not_done"]),
    st.one_of(
        of_events, goal_filters(), st.tuples(st.just("or"), st.lists(of_events, min_size=2, max_size=2)).map(list)
    ),
).map(list)
mixed = st.tuples(st.sampled_from(["and", "or"]), st.tuples(nestable, behaviours).map(list)).map(list)
filters = st.one_of(
    comparisons(list(VALUES)), comparisons(["event:page", "event:hostname"]), pairs, negations, goal_filters(),
    goal_filters(), behaviours, mixed,
)  # fmt: skip


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Any question that the rules allow."""
    dimensions = draw(st.sampled_from(BREAKDOWNS))
    chosen = [draw(filters) for _ in range(draw(st.sampled_from([0, 1, 1, 2])))]
    return draw(questions_about(dimensions, chosen))


@st.composite
def questions_about(draw: st.DrawFn, dimensions: list[str], chosen: list[Any]) -> dict[str, Any]:
    """A question that the rules allow: metrics that do not fit the rest are left out."""
    rest = {"dimensions": dimensions, "filters": chosen, "date_range": "day"}
    wanted = draw(st.lists(st.sampled_from(list(METRICS)), min_size=1, max_size=8, unique=True))
    metrics = [name for name in wanted if _is_allowed(rest, name)] or ["visitors"]
    order = draw(
        st.lists(st.tuples(st.sampled_from([*metrics, *dimensions]), st.sampled_from(["asc", "desc"])), max_size=2)
    )
    return {
        **rest,
        "metrics": metrics,
        "order_by": [list(each) for each in order],
        "pagination": {"limit": draw(st.sampled_from([10_000, 1, 2])), "offset": draw(st.sampled_from([0, 0, 1]))},
        "include": {"total_rows": True},
    }


def _is_allowed(rest: dict[str, Any], metric: str) -> bool:
    return _fits({**rest, "metrics": [metric]})


def _fits(question: dict[str, Any]) -> bool:
    """Whether the rules allow the question."""
    try:
        parse(question, Vocabulary(GOALS))
    except InvalidInput:
        return False
    return True


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=data(),
    questions=st.lists(questions(), min_size=QUESTIONS_PER_EXAMPLE, max_size=QUESTIONS_PER_EXAMPLE),
    before=st.integers(0, 2),
    after=st.integers(0, 2),
    week_start=st.sampled_from(WeekStart),
    segment=st.lists(nestable | goal_filters(), min_size=1, max_size=2),
)
def test_it_answers_as_the_definitions_say(
    writer: Writer,
    reader: Reader,
    *,
    data: Data,
    questions: list[dict[str, Any]],
    before: int,
    after: int,
    week_start: WeekStart,
    segment: list[Any],
) -> None:
    site = Site(id=next(_site_ids), public_id="p", domain="example.com", timezone=data.zone, week_start=week_start)
    visits = visits_of(data.hits)
    insert_in_pieces(writer, applied(visits, site.id, site.zone))
    first, last = data.day - timedelta(days=before), data.day + timedelta(days=after)
    oracle = Oracle(visits, site.zone, first, last, GOALS, week_start.weekday)
    vocabulary = Vocabulary(GOALS, {1: segment})

    for number, question in enumerate(questions):
        asked = {**question, "date_range": [first.isoformat(), last.isoformat()]}
        sent = asked
        if number % 5 == 0 and _fits({**asked, "filters": [*asked["filters"], *segment]}):
            sent = {**asked, "filters": [*asked["filters"], ["is", "segment", [1]]]}
            asked = {**asked, "filters": [*asked["filters"], *segment]}
        answer = asyncio.run(ask(reader, site, sent, NOW, vocabulary))
        rows = [(row.dimensions, row.metrics) for row in answer.rows]
        assert rows == oracle.answer(asked), sent
        assert answer.total_rows == len(oracle.answer({**asked, "pagination": {}})), asked


def insert_in_pieces(writer: Writer, events: list[Any]) -> None:
    """Three inserts whose parts hold pieces of the same visits."""
    for piece in (events[0::3], events[1::3], events[2::3]):
        if piece:
            batch = next(_batch_ids)
            writer.insert(batch, f"oracle-{batch}", piece)
