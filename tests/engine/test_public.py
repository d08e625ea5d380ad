"""What people who are no members are told: no small groups, and nothing that two answers together give away."""

import asyncio
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.oracle import Hit, applied, visits_of

from footfall.domain import Site, VisitAttributes
from footfall.errors import InvalidInput
from footfall.query import FOLDED, Answer, PublicRules, Vocabulary, ask, ask_publicly
from footfall.store import Reader, Writer

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
NOON_MS = int(NOW.timestamp()) * 1000
_numbers = itertools.count(7_000_000)
COUNTS = ["visitors", "visits", "pageviews", "events"]

Person = tuple[str, str]  # country, browser


class World:
    """One site, and how often each kind of person came."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self.site = Site(id=next(_numbers), public_id="p", domain="example.com")
        self._writer, self._reader = writer, reader

    def people(self, *people: Person) -> None:
        hits = [
            Hit(number, NOON_MS - 3_600_000, path="/", attributes=VisitAttributes(country=country, browser=browser))
            for number, (country, browser) in enumerate(people)
        ]
        batch = next(_numbers)
        self._writer.insert(batch, f"public-{batch}", applied(visits_of(hits), self.site.id, self.site.zone))

    def ask(self, rules: PublicRules = PublicRules(), **question: Any) -> Answer:  # noqa: B008 (frozen)
        async def ask_store(asked: dict[str, Any]) -> Answer:
            return await ask(self._reader, self.site, asked, NOW, Vocabulary())

        return asyncio.run(ask_publicly(ask_store, {"metrics": ["visitors"], "date_range": "day"} | question, rules))

    def rows(self, rules: PublicRules = PublicRules(), **question: Any) -> list[Any]:  # noqa: B008
        return [(*row.dimensions, *row.metrics) for row in self.ask(rules, **question).rows]


@pytest.fixture
def world(writer: Writer, reader: Reader) -> World:
    return World(writer, reader)


def by_country(**question: Any) -> dict[str, Any]:
    return {"dimensions": ["visit:country"]} | question


def test_it_folds_small_groups_into_one_row(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12, *[("LV", "Firefox")] * 7, *[("SE", "Opera")] * 3, *[("FI", "Opera")] * 4)

    assert world.rows(**by_country()) == [("EE", 10), ("LV", 5), (FOLDED, 5)]
    assert world.rows() == [(26,)]
    assert world.rows(PublicRules(shows_small_groups=True), **by_country())[-1] == ("SE", 3)


def test_it_folds_one_more_where_the_rest_could_be_reckoned(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12, *[("LV", "Firefox")] * 7, *[("SE", "Opera")] * 2)

    assert world.rows(**by_country()) == [("EE", 10), (FOLDED, 10)]


def test_it_tells_nothing_where_all_are_few(world: World) -> None:
    world.people(("EE", "Firefox"), ("LV", "Firefox"))

    assert world.rows(**by_country()) == []
    assert world.rows() == [(2,)]


def test_it_makes_no_difference_between_few_and_none(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12, ("EE", "Opera"))
    filtered = [[["is", "visit:browser", [browser]]] for browser in ("Opera", "Lynx")]
    over_time: dict[str, Any] = {"dimensions": ["time:hour"], "include": {"time_labels": True}}

    totals = [world.rows(filters=filters, metrics=[*COUNTS, "bounce_rate"]) for filters in filtered]
    series = [[row for row in world.rows(filters=one, **over_time) if row[1]] for one in filtered]

    assert totals == [[(None,) * 5]] * 2
    assert series == [[], []]


def test_it_pages_sorts_and_searches_what_is_left(world: World) -> None:
    kinds = ("AA", 9), ("BB", 30), ("CC", 14), ("DD", 2), ("EE", 3)
    world.people(*[(country, "Firefox") for country, count in kinds for _ in range(count)])

    upwards = world.rows(**by_country(order_by=[["visitors", "asc"]]))
    second = world.ask(**by_country(pagination={"limit": 2, "offset": 1}))
    found = world.rows(**by_country(filters=[["contains", "visit:country", ["b"], {"case_sensitive": False}]]))
    hidden = world.rows(**by_country(filters=[["contains", "visit:country", ["d"], {"case_sensitive": False}]]))

    assert upwards == [("AA", 10), ("CC", 15), ("BB", 30), (FOLDED, 5)]
    assert ([row.dimensions[0] for row in second.rows], second.total_rows) == (["CC", "AA"], 4)
    assert (found, hidden) == ([("BB", 30)], [])


def test_it_coarsens_what_would_tell_the_count(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 13, *[("LV", "Firefox")] * 14)

    ((_, percentage, bounce_rate, duration),) = world.rows(
        **by_country(metrics=["percentage", "bounce_rate", "visit_duration"], filters=[["is", "visit:country", ["EE"]]])
    )
    shares = world.rows(**by_country(metrics=["percentage"]))

    assert (percentage, bounce_rate, duration) == (100, 100, 0)
    assert shares == [("EE", 60), ("LV", 60)]  # 15 of 25: of 13 and 14, exact shares would tell


def test_it_compares_within_the_same_rules(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12, *[("LV", "Firefox")] * 5)

    answer = world.ask(**by_country(include={"comparisons": {"mode": "previous_period"}}))

    assert answer.compared is not None
    assert [before and (before.metrics, before.change) for before in answer.compared.rows] == [
        ((None,), (None,)),
        ((None,), (None,)),
    ]


def test_it_keeps_to_the_segment(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12, *[("LV", "Firefox")] * 20, *[("EE", "Chrome")] * 8)
    locked = PublicRules(only=(["is", "visit:country", ["EE"]],))

    assert world.rows(locked) == [(20,)]
    assert world.rows(locked, filters=[["is", "visit:browser", ["Chrome"]]]) == [(10,)]
    assert world.rows(locked, filters=[["is", "visit:country", ["LV"]]]) == [(None,)]
    assert world.rows(locked, **by_country()) == [("EE", 20)]


@pytest.mark.parametrize(
    "question",
    [
        {"filters": [["is_not", "visit:country", ["EE"]]]},
        {"filters": [["is", "visit:country", ["EE", "LV"]]]},
        {"filters": [["contains", "visit:country", ["E"]]]},
        {"filters": [["matches", "visit:country", ["E"]]]},
        {"filters": [["not", ["is", "visit:country", ["EE"]]]]},
        {"filters": [["or", [["is", "visit:country", ["EE"]], ["is", "visit:browser", ["Opera"]]]]]},
        {"filters": [["has_not_done", ["is", "event:page", ["/"]]]]},
        {"filters": [["is", f"visit:{name}", ["a"]] for name in ("country", "browser", "os", "device")]},
        {"filters": [["is", "segment", [1]]]},
        {"filters": ["nonsense"]},
        {"filters": [["is", "event:props:plan", ["pro"]]]},
        {"dimensions": ["event:props:plan"]},
        {"dimensions": ["visit:city"]},
        {"dimensions": ["visit:city_name"]},
        {"dimensions": ["visit:country", "visit:browser"]},
        {
            "dimensions": ["visit:country"],
            "metrics": ["visitors", "percentage"],
            "filters": [["is", "visit:country", ["EE", "LV"]]],
        },
    ],
)
def test_it_refuses_what_could_single_somebody_out(world: World, question: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        world.ask(**question)


def test_it_hides_cities_in_whatever_filter(world: World) -> None:
    nested = [["or", [["is", "visit:country", ["EE"]], ["not", ["is", "visit:city", ["588409"]]]]]]

    with pytest.raises(InvalidInput):
        world.ask(PublicRules(shows_small_groups=True), filters=nested)
    assert world.rows(PublicRules(shows_cities=True), dimensions=["visit:city"]) == []


def test_it_tells_no_money(world: World) -> None:
    world.people(*[("EE", "Firefox")] * 12)

    assert world.rows(metrics=["visitors", "total_revenue"]) == [(12, None)]
    assert world.rows(**by_country(metrics=["visitors", "average_revenue"])) == [("EE", 10, None)]


COUNTRIES, BROWSERS = ("EE", "LV", "SE"), ("Firefox", "Opera", "Lynx")


def every_question() -> Iterator[tuple[dict[str, Any], set[Person]]]:
    """Each question by filters of up to two dimensions, and whom it is about."""
    for country, browser in itertools.product((None, *COUNTRIES), (None, *BROWSERS)):
        filters = [["is", "visit:country", [country]]] if country else []
        filters += [["is", "visit:browser", [browser]]] if browser else []
        countries = (country,) if country else COUNTRIES
        yield {"filters": filters}, set(itertools.product(countries, (browser,) if browser else BROWSERS))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 12), min_size=9, max_size=9), leaver=st.integers(0, 8), stayers=st.integers(0, 2))
def test_it_gives_nobody_away_by_differences(
    writer: Writer, reader: Reader, counts: list[int], leaver: int, stayers: int
) -> None:
    world, kinds = World(writer, reader), list(itertools.product(COUNTRIES, BROWSERS))
    counts[leaver] = stayers + 1  # a group so small that somebody could be singled out of it
    world.people(*[kind for kind, count in zip(kinds, counts, strict=True) for _ in range(count)])
    size = dict(zip(kinds, counts, strict=True))

    for question, about in every_question():
        truth = sum(size[kind] for kind in about)
        ((told,),) = world.rows(**question)
        if not question["filters"]:
            assert told == truth
        elif truth < 5:
            assert told is None
        else:
            assert (told % 5, abs(told - truth) <= 2) == (0, True)
        for dimension, place in (("visit:country", 0), ("visit:browser", 1)):
            for name, visitors in world.rows(**question, dimensions=[dimension]):
                there = sum(size[kind] for kind in about if kind[place] == name)
                assert visitors % 5 == 0
                assert visitors >= 5
                assert name == FOLDED or there >= 5
