from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from footfall.realtime.window import Ranked, Sighting, Snapshot, Window

START = 1_790_000_000  # seconds, in the middle of a minute


@dataclass(frozen=True)
class Step:
    """The clock goes on, then a visitor is seen a while before it."""

    passed_seconds: int
    visitor_id: int
    age_seconds: int
    path: str
    source: str


steps = st.lists(
    st.builds(
        Step,
        passed_seconds=st.sampled_from((0, 0, 1, 7, 29, 31, 240, 299, 300, 301, 1_500, 1_800)),
        visitor_id=st.integers(1, 4),
        age_seconds=st.sampled_from((0, 0, 0, 2, 30, 200, 400, 1_799, 2_000)),
        path=st.sampled_from(("/", "/a", "/b")),
        source=st.sampled_from(("Google", "Direct / None")),
    ),
    max_size=30,
)


def by_definition(seen: list[tuple[int, Step]], now: int) -> Snapshot:
    """The same from all sightings at once; visitors stay under their first source until half an hour has passed."""
    last: dict[int, tuple[int, str, str]] = {}
    minutes: dict[int, set[int]] = {}
    for at, step in seen:
        minutes.setdefault(at // 60, set()).add(step.visitor_id)
    for at, step in seen:
        known = last.get(step.visitor_id)
        if known is None:
            last[step.visitor_id] = (at, step.path, step.source)
        elif at >= known[0]:
            last[step.visitor_id] = (at, step.path, known[2])
    current = [one for one in last.values() if now - 300 < one[0] <= now]
    return Snapshot(
        active_now=sum(now - 30 < at <= now for at, _, _ in last.values()),
        current_visitors=len(current),
        minutes=tuple(len(minutes.get(minute, ())) for minute in range(now // 60 - 29, now // 60 + 1)),
        pages=ranked(path for _, path, _ in current),
        sources=ranked(source for _, _, source in current),
    )


def ranked(names: "object") -> tuple[Ranked, ...]:
    counts = Counter(names)  # type: ignore[call-overload]
    return tuple(Ranked(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name)))


@given(steps)
def test_it_counts_what_the_definitions_say(taken: list[Step]) -> None:
    window, now = Window(START * 1000), START
    remembered: list[tuple[int, Step]] = []
    for step in taken:
        now += step.passed_seconds
        window.snapshot(now * 1000)
        last = {one.visitor_id: 0 for _, one in remembered}
        for at, one in remembered:
            last[one.visitor_id] = max(last[one.visitor_id], at)
        remembered = [(at, one) for at, one in remembered if last[one.visitor_id] > now - 1_800]
        at = now - step.age_seconds
        window.add(Sighting(step.visitor_id, at * 1000, step.path, step.source))
        if at > now - 1_800:
            remembered.append((at, step))

        assert window.snapshot(now * 1000) == by_definition(remembered, now)


def test_it_lets_go_of_all_it_knew() -> None:
    window = Window(START * 1000)
    for number in range(100):
        window.add(Sighting(number, (START + number) * 1000, f"/{number}", "Google"))

    after = window.snapshot((START + 4_000) * 1000)

    assert after == Window(START * 1000).snapshot(START * 1000)
    assert all(not held for held in (window._people, window._last_seen, window._minutes, window._pages))


def test_it_survives_a_clock_that_is_set_back() -> None:
    window = Window(START * 1000)
    window.add(Sighting(1, START * 1000, "/", "Google"))
    window.snapshot((START + 400) * 1000)

    window.add(Sighting(1, (START + 10) * 1000, "/again", "Google"))
    window.add(Sighting(1, (START + 401) * 1000, "/late", "Google"))

    assert window.snapshot((START + 401) * 1000).pages == (Ranked("/late", 1),)


def test_it_shows_ten_of_each_list_at_most() -> None:
    window = Window(START * 1000)
    for number in range(30):
        window.add(Sighting(number, START * 1000, f"/{number:02}", "Google"))

    pages = window.snapshot(START * 1000).pages

    assert [one.name for one in pages] == [f"/{number:02}" for number in range(10)]


def test_it_tells_the_countries_of_current_visitors() -> None:
    window = Window(START * 1000)
    for number, country in enumerate(["EE", "EE", "", "DE"]):
        window.add(Sighting(number, START * 1000, "/", "Google", country))

    assert window.snapshot(START * 1000).countries == (Ranked("EE", 2), Ranked("DE", 1))
    assert window.snapshot((START + 400) * 1000).countries == ()
