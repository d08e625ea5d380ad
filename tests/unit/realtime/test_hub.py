import asyncio
import json
from collections.abc import Callable
from typing import Any

import msgspec
from tests.people import NOON_MS, ManualClock

from footfall.domain import Crawler, Event, Site, VisitAttributes, Vitals
from footfall.realtime import Conversions, FriendlyNames, Hub, Window
from footfall.realtime.feed import FeedLine, PastEvent
from footfall.realtime.watched import Recalled
from footfall.realtime.window import Sighting
from footfall.sites import Goal, GoalKind

SITE = Site(id=1, public_id="site", domain="example.com")
OTHER = Site(id=2, public_id="other", domain="other.example")
GOALS = (Goal(1, 1, GoalKind.EVENT, "Signup", "Signed up"), Goal(2, 1, GoalKind.PAGE, "/thanks/*", "Bought"))


class Disk:
    """Stands where the spool does."""

    def __init__(self) -> None:
        self.on_commit: Callable[[tuple[Event, ...]], None] | None = None

    def commit(self, *events: Event) -> None:
        if self.on_commit:
            self.on_commit(events)


def event(visitor_id: int, path: str = "/", name: str = "pageview", **more: Any) -> Event:
    plain = Event(
        site_id=1,
        event_id=0,
        name=name,
        timestamp_ms=NOON_MS,
        received_ms=NOON_MS,
        visitor_id=visitor_id,
        previous_visitor_id=0,
        is_lasting=False,
        hostname="example.com",
        path=path,
        attributes=VisitAttributes(source="Google", country="EE", city="Tartu", device="Mobile"),
    )
    return msgspec.structs.replace(plain, **more)


def hub_on(disk: Disk, *before: Sighting, events: tuple[PastEvent, ...] = ()) -> Hub:
    async def recall(site: Site) -> Recalled:
        window = Window(NOON_MS)
        for seen in before:
            window.add(seen)
        return Recalled(window, events)

    return Hub(disk, recall, goals_of, FriendlyNames(b"key"), ManualClock())


async def goals_of(site: Site) -> Conversions:
    return Conversions(GOALS)


async def told(mailbox: Any) -> Any:
    return json.loads(await mailbox.next())


async def test_it_costs_nothing_while_nobody_watches() -> None:
    disk = Disk()
    hub = hub_on(disk)
    assert disk.on_commit is None

    async with hub.watch(SITE, is_member=True), hub.watch(OTHER, is_member=True):
        assert disk.on_commit is not None

    assert disk.on_commit is None


async def test_it_begins_with_what_the_store_knows() -> None:
    hub = hub_on(Disk(), Sighting(7, NOON_MS - 60_000, "/before", "Bing"))

    async with hub.watch(SITE, is_member=False) as mailbox:
        message = await told(mailbox)

    assert message["now"]["current_visitors"] == 1
    assert message["now"]["pages"] == [{"name": "/before", "visitors": 1}]
    assert "events" not in message


async def test_it_begins_its_feed_with_the_newest_events_of_before() -> None:
    line = FeedLine(NOON_MS - 60_000, "pageview", "/before", "", "Bing", "EE", "Tartu", "Mobile", "Firefox", "Android")
    disk = Disk()
    hub = hub_on(disk, events=(PastEvent(1, 7, line), PastEvent(2, 8, line)))

    async with hub.watch(SITE, is_member=True) as mailbox:
        message = await told(mailbox)
        disk.commit(event(7, "/now"))
        hub.tick()
        following = await told(mailbox)

    assert [one["page"] for one in message["events"]] == ["/before", "/before"]
    assert message["events"][0]["visitor"] == FriendlyNames(b"key").of(7)
    assert [one["page"] for one in following["events"]] == ["/now"]


async def test_it_tells_members_of_each_event() -> None:
    disk = Disk()
    hub = hub_on(disk)
    async with hub.watch(SITE, is_member=True) as mailbox:
        await told(mailbox)
        disk.commit(event(7, "/pricing", props={"plan": "secret"}), event(8, site_id=2))
        hub.tick()
        message = await told(mailbox)

    (line,) = message["events"]
    assert message["now"]["active_now"] == 1
    assert (line["page"], line["city"], line["source"], line["device"]) == ("/pricing", "Tartu", "Google", "Mobile")
    assert line["visitor"] == FriendlyNames(b"key").of(7)
    assert "secret" not in json.dumps(message)
    assert "7" not in line.values()


async def test_it_tells_the_rest_of_figures_alone() -> None:
    disk = Disk()
    hub = hub_on(disk)
    async with hub.watch(SITE, is_member=False) as mailbox:
        await told(mailbox)
        disk.commit(event(7, name="Signup"))
        hub.tick()
        message = await told(mailbox)

    assert set(message) == {"now", "conversions"}


async def test_it_tells_of_goals_that_are_reached() -> None:
    disk = Disk()
    hub = hub_on(disk)
    async with hub.watch(SITE, is_member=False) as mailbox:
        await told(mailbox)
        disk.commit(event(7, name="Signup"), event(7, "/thanks/1"), event(7, "/thanks/1/more"), event(7, name="Other"))
        hub.tick()
        message = await told(mailbox)

    assert [one["goal"] for one in message["conversions"]] == ["Signed up", "Bought"]


async def test_it_learns_new_goals_when_somebody_comes() -> None:
    disk, known = Disk(), [GOALS[1]]

    async def recall(site: Site) -> Recalled:
        return Recalled(Window(NOON_MS))

    async def goals_known(site: Site) -> Conversions:
        return Conversions(known)

    hub = Hub(disk, recall, goals_known, FriendlyNames(b"key"), ManualClock())
    async with hub.watch(SITE, is_member=False) as first:
        await told(first)
        known.append(GOALS[0])
        async with hub.watch(SITE, is_member=False):
            disk.commit(event(7, name="Signup"))
            hub.tick()
            message = await told(first)

    assert [one["goal"] for one in message["conversions"]] == ["Signed up"]


async def test_it_counts_what_came_while_the_store_was_asked() -> None:
    disk, is_asked, may_answer = Disk(), asyncio.Event(), asyncio.Event()

    async def recall(site: Site) -> Recalled:
        is_asked.set()
        await may_answer.wait()
        return Recalled(Window(NOON_MS))

    hub = Hub(disk, recall, goals_of, FriendlyNames(b"key"), ManualClock())
    watching = asyncio.create_task(hub.look(SITE, is_member=True))
    await is_asked.wait()
    disk.commit(event(7, "/meanwhile"))
    hub.tick()
    may_answer.set()

    message = json.loads(await watching)

    assert message["now"]["pages"] == [{"name": "/meanwhile", "visitors": 1}]
    assert [line["page"] for line in message["events"]] == ["/meanwhile"]


async def test_it_counts_a_visit_over_midnight_once() -> None:
    disk = Disk()
    hub = hub_on(disk, Sighting(7, NOON_MS - 60_000, "/before", "Bing"))
    async with hub.watch(SITE, is_member=True) as mailbox:
        await told(mailbox)
        disk.commit(event(70, "/after", previous_visitor_id=7))
        hub.tick()
        message = await told(mailbox)

    assert message["now"]["current_visitors"] == 1
    assert message["now"]["sources"] == [{"name": "Bing", "visitors": 1}]


async def test_it_leaves_out_of_the_feed_what_nobody_did_and_old_news() -> None:
    disk = Disk()
    hub = hub_on(disk)
    async with hub.watch(SITE, is_member=True) as mailbox:
        await told(mailbox)
        apart = (
            event(7, name="engagement"),
            event(0, crawler=Crawler("GPTBot", "ai-training")),
            event(0, vitals=Vitals(lcp=9)),
            event(6, is_identity=True),
        )
        disk.commit(*apart, event(8, timestamp_ms=NOON_MS - 600_000), event(9))
        hub.tick()
        message = await told(mailbox)

    assert len(message["events"]) == 1
    assert message["now"]["current_visitors"] == 1
    assert sum(message["now"]["minutes"]) == 2


async def test_it_says_nothing_while_nothing_changes() -> None:
    hub = hub_on(Disk())
    async with hub.watch(SITE, is_member=True) as mailbox:
        await told(mailbox)
        for _ in range(5):
            hub.tick()

        assert mailbox.waiting == 0


async def test_it_lets_one_who_fell_behind_start_anew() -> None:
    disk = Disk()
    hub = hub_on(disk)
    async with hub.watch(SITE, is_member=True) as slow, hub.watch(SITE, is_member=True) as quick:
        await told(slow)
        await told(quick)
        for number in range(100):
            disk.commit(event(number, f"/{number}"))
            hub.tick()
            assert (await told(quick))["is_whole"] is False

        message = await told(slow)

    assert message["is_whole"] is True
    assert message["now"]["current_visitors"] == 100
    assert [line["page"] for line in message["events"]] == [f"/{number}" for number in range(50, 100)]


async def test_it_ends_for_all_when_the_server_does() -> None:
    hub = hub_on(Disk())
    async with hub.watch(SITE, is_member=True) as mailbox:
        await told(mailbox)

        hub.close()

        assert await mailbox.next() is None


async def test_it_tells_listeners_when_the_store_cannot_say() -> None:
    async def recall(site: Site) -> Recalled:
        raise OSError("gone")

    disk = Disk()
    hub = Hub(disk, recall, goals_of, FriendlyNames(b"key"), ManualClock())

    for _ in range(2):
        try:
            await hub.look(SITE, is_member=True)
        except OSError:
            continue
        raise AssertionError("it answered")

    assert disk.on_commit is None
