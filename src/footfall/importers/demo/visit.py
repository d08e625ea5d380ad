"""One visit: a walk over pages, with what is recorded on each."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from footfall.importers.demo.chance import Weighted
from footfall.importers.demo.people import Person
from footfall.importers.demo.site import DEMO_SITE
from footfall.importers.demo.world import Action, Page, Source, World

_MOST_PAGES = 25
_LONGEST_STAY_MS = 20 * 60_000  # within the 30 minutes that end a visit
_SHORTEST_STAY_MS = 2_500
_LOST_ENGAGEMENT = 0.06  # browsers killed before they could tell


class Moment(NamedTuple):
    """An event of a visit without its time in the batch shape."""

    at_ms: int
    event: dict[str, Any]


class _Stop(NamedTuple):
    page: Page
    following: Weighted[str]  # an empty path means away
    onward: Weighted[str]  # without that
    actions: list[Action]


class Walk:
    """Walks visits over the pages of the world."""

    def __init__(self, world: World) -> None:
        self._stops = {page.path: _stop(page, world.actions) for page in world.pages}
        self._entries = {source.name: Weighted(source.entries.items()) for source in world.sources}

    def moments(self, person: Person, source: Source, start_ms: int, random: Random) -> Iterator[Moment]:
        """The events of one visit in order of time."""
        at_ms = start_ms
        path = self._entries[source.name].draw(random)
        for number in range(_MOST_PAGES):
            stop = self._stops[path]
            arrival = _arrival(path, source) if number == 0 else {"url": _url(path)}
            stay_ms = _stay_ms(stop.page, random)
            yield Moment(at_ms, {"name": "pageview", **arrival, **person.fields})
            yield from _actions(stop, person, at_ms, stay_ms, random)
            if random.random() >= _LOST_ENGAGEMENT:
                yield Moment(at_ms + stay_ms, _engagement(stop.page, person, stay_ms, random))
            path = _bounce_or_go_on(stop, source, random) if number == 0 else stop.following.draw(random)
            if not path:
                return
            at_ms += stay_ms + random.randrange(200, 900)


def _stop(page: Page, actions: list[Action]) -> _Stop:
    onward = [(path, weight) for path, weight in page.next.items() if path]
    return _Stop(
        page, Weighted(page.next.items()), Weighted(onward), [action for action in actions if action.page == page.path]
    )


def _bounce_or_go_on(stop: _Stop, source: Source, random: Random) -> str:
    return "" if random.random() < source.bounce else stop.onward.draw(random)


def _url(path: str) -> str:
    return f"https://{DEMO_SITE.domain}{path}"


def _arrival(path: str, source: Source) -> dict[str, Any]:
    url = f"{_url(path)}?{source.query}" if source.query else _url(path)
    return {"url": url, "referrer": source.referrer}


def _stay_ms(page: Page, random: Random) -> int:
    drawn = random.expovariate(1 / page.seconds) * 1000
    return int(min(max(drawn, _SHORTEST_STAY_MS), _LONGEST_STAY_MS))


def _actions(stop: _Stop, person: Person, at_ms: int, stay_ms: int, random: Random) -> Iterator[Moment]:
    for action in stop.actions:
        if random.random() < action.chance:
            # Those that always happen come with the page; the others once it was read a while.
            delay_ms = 300 if action.chance == 1 else int(stay_ms * random.uniform(0.2, 0.95))
            yield Moment(at_ms + delay_ms, _custom(action, person, random))


def _custom(action: Action, person: Person, random: Random) -> dict[str, Any]:
    event = {"name": action.name, "url": _url(action.page), **person.fields}
    event["props"] = {key: random.choice(values) for key, values in action.props.items()}
    if action.revenue:
        event["revenue"] = {"amount": random.choice(action.revenue), "currency": DEMO_SITE.currency}
    if not action.interactive:
        event["interactive"] = False
    return event


def _engagement(page: Page, person: Person, stay_ms: int, random: Random) -> dict[str, Any]:
    return {
        "name": "engagement",
        "url": _url(page.path),
        "engagement_time_ms": int(stay_ms * random.uniform(0.55, 0.98)),
        "scroll_depth": int(min(max(random.gauss(page.scroll, 22), 5), 100)),
        **person.fields,
    }
