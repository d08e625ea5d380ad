from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from footfall.importers.demo import DEMO_SITE, demo_events

END_AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
GIVEN = {
    *("id", "name", "url", "timestamp", "ip", "user_agent", "country", "region", "city", "language", "timezone"),
    *("device", "os", "os_version", "browser", "browser_version", "screen_width"),
}
Events = list[dict[str, Any]]


@pytest.fixture(scope="module")
def events() -> Events:
    return list(demo_events(1, END_AT))


@pytest.fixture(scope="module")
def views_per_day(events: Events) -> Counter[date]:
    return Counter(at(event).date() for event in events if event["name"] == "pageview")


def at(event: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(event["timestamp"])


def test_it_is_the_same_for_the_same_seed() -> None:
    assert list(demo_events(5, END_AT, days=3)) == list(demo_events(5, END_AT, days=3))
    assert list(demo_events(5, END_AT, days=3)) != list(demo_events(6, END_AT, days=3))


def test_it_makes_several_hundred_thousand_events(events: Events) -> None:
    assert 400_000 <= len(events) <= 600_000
    assert len({event["id"] for event in events}) == len(events)


def test_it_runs_in_order_of_time_up_to_the_end(events: Events) -> None:
    timestamps = [event["timestamp"] for event in events]

    assert timestamps == sorted(timestamps)
    assert END_AT - timedelta(days=90) <= at(events[0])
    assert END_AT - timedelta(minutes=5) <= at(events[-1]) < END_AT


def test_it_gives_every_event_its_place_and_device(events: Events) -> None:
    assert all(event.keys() >= GIVEN for event in events)
    assert all(event["url"].startswith(f"https://{DEMO_SITE.domain}/") for event in events)


def test_it_has_a_spike(views_per_day: Counter[date]) -> None:
    day = date(2026, 10, 13)

    assert views_per_day.most_common(1)[0][0] == day
    assert views_per_day[day] > 2 * views_per_day[day - timedelta(days=7)]


def test_it_has_a_quiet_weekend(views_per_day: Counter[date]) -> None:
    for day in (date(2026, 11, 7), date(2026, 11, 8)):
        assert views_per_day[day] < views_per_day[day - timedelta(days=7)] / 2


def test_it_grows_and_rests_at_weekends(views_per_day: Counter[date]) -> None:
    mondays = [views_per_day[date(2026, 8, 24) + timedelta(weeks=week)] for week in range(13)]
    sundays = [views_per_day[date(2026, 8, 30) + timedelta(weeks=week)] for week in range(12)]

    assert sum(mondays[-3:]) > 1.4 * sum(mondays[:3])
    assert sum(sundays) < 0.8 * sum(mondays[:12])


def test_it_follows_the_clocks_of_its_visitors(events: Events) -> None:
    hours: dict[str, Counter[int]] = defaultdict(Counter)
    for event in events:
        hours[event["country"]][at(event).hour] += 1

    assert hours["DE"][10] > 5 * hours["DE"][2]
    assert hours["JP"][2] > 5 * hours["JP"][18]


def test_it_sends_engagement_only_within_visits(events: Events) -> None:
    last_seen: dict[tuple[str, str], datetime] = {}
    for event in events:
        person = (event["ip"], event["user_agent"])
        if event["name"] == "engagement":
            assert at(event) - last_seen.get(person, datetime.min.replace(tzinfo=UTC)) <= timedelta(minutes=30)
            assert 0 < event["engagement_time_ms"] < 30 * 60_000
            assert 0 <= event["scroll_depth"] <= 100
        last_seen[person] = at(event)


def test_it_reaches_every_goal_and_sells_in_euro(events: Events) -> None:
    names = Counter(event["name"] for event in events)
    purchases = [event for event in events if event["name"] == "Purchase"]

    assert all(names[goal] > 100 for goal in DEMO_SITE.goals if not goal.startswith("/"))
    assert names["404"] > 100
    assert len(purchases) > 500
    assert {purchase["revenue"]["currency"] for purchase in purchases} == {"EUR"}


def test_it_comes_from_many_sources(events: Events) -> None:
    referrers = {event.get("referrer") for event in events}
    queries = {event["url"].partition("?")[2] for event in events}

    assert len(referrers) > 12
    assert any("utm_medium=email" in query for query in queries)
    assert any("gclid=" in query for query in queries)


def test_it_brings_people_back_on_other_days(events: Events) -> None:
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for event in events:
        days[event["ip"], event["user_agent"]].add(at(event).date())

    assert sum(len(seen) > 1 for seen in days.values()) > 5_000
