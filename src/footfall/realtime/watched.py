"""One site while somebody watches it: its window, its newest events, and who listens."""

from collections import deque
from itertools import islice
from typing import NamedTuple

import msgspec

from footfall.domain import Event
from footfall.query.dimensions import NO_SOURCE
from footfall.realtime.conversions import Conversions
from footfall.realtime.feed import Conversion, FeedLine, PastEvent, feed_line
from footfall.realtime.mailbox import Mailbox
from footfall.realtime.names import FriendlyNames
from footfall.realtime.window import CURRENT_SECONDS, Sighting, Snapshot, Window

FEED_LINES = 50
_CONVERSIONS = 10
_encode = msgspec.json.Encoder().encode


class Now(msgspec.Struct, frozen=True):
    """What every listener is told; who may not see the feed is told no more."""

    now: Snapshot
    conversions: tuple[Conversion, ...]


class Message(Now, frozen=True):
    """What members are told: ``events`` are those since the message before, newest last.

    ``is_whole`` tells that this message begins anew and has the newest events, not all since the one before.
    """

    events: tuple[FeedLine, ...] = ()
    is_whole: bool = False


class _News(NamedTuple):
    """An event of the feed, its visitor and source as the window knows them."""

    event: Event
    visitor_id: int
    source: str


class Recalled(NamedTuple):
    """What went before: a site's window, and its newest events, oldest first."""

    window: Window
    events: tuple[PastEvent, ...] = ()


class Watched:
    """Belongs to the event loop; ``open_with`` follows once the store has told what went before."""

    def __init__(self, names: FriendlyNames) -> None:
        self.mailboxes: set[Mailbox] = set()
        self.conversions = Conversions()
        self._names = names
        self._window: Window | None = None
        self._early: list[Event] = []  # came before the window was open
        self._news: deque[_News] = deque(maxlen=FEED_LINES)  # made into lines only when they are told
        self._before: tuple[FeedLine, ...] = ()
        self._new = 0
        self._reached: deque[Conversion] = deque(maxlen=_CONVERSIONS)
        self._told: Now | None = None

    def open_with(self, window: Window, events: tuple[PastEvent, ...], now_ms: int) -> None:
        """Begin with what went before, then what came meanwhile: to see someone twice changes nothing."""
        self._window = window
        early, self._early = self._early, []
        known = {event.event_id for event in early}
        self._before = tuple(
            msgspec.structs.replace(one.line, visitor=self._names.of(one.visitor_id))
            for one in events
            if one.event_id not in known
        )
        for event in early:
            self.take(event, now_ms)
        self._new = 0
        self._told = self._now(window, now_ms)

    def take(self, event: Event, now_ms: int) -> None:
        """Count an event that was made durable."""
        if event.is_engagement or event.is_aside or event.crawler is not None:
            return  # none of them is somebody who does something
        window = self._window
        if window is None:
            self._early.append(event)
            return
        # An id under yesterday's salt is kept by a visit that goes on over midnight.
        earlier = event.previous_visitor_id
        visitor_id = earlier if earlier and earlier in window else event.visitor_id
        source = window.source_of(visitor_id) or event.attributes.source or NO_SOURCE
        window.add(Sighting(visitor_id, event.timestamp_ms, event.path, source, event.attributes.country))
        if event.timestamp_ms > now_ms - CURRENT_SECONDS * 1000:  # what arrives late is no news
            self._note(event, visitor_id, source)

    def _note(self, event: Event, visitor_id: int, source: str) -> None:
        self._news.append(_News(event, visitor_id, source))
        self._new += 1
        self._reached.extend(Conversion(event.timestamp_ms, goal) for goal in self.conversions.of(event))

    def tell(self, now_ms: int) -> None:
        """Tell every listener what has changed, if anything has."""
        if self._window is None:
            return
        now = self._now(self._window, now_ms)
        if now == self._told and not self._new:
            return
        first_new = max(0, len(self._news) - self._new)
        message = Message(now.now, now.conversions, self._lines(first_new, None), is_whole=self._new > FEED_LINES)
        self._told, self._new = now, 0
        texts = {is_member: _text(message if is_member else now) for is_member in (True, False)}
        for mailbox in self.mailboxes:
            mailbox.put(texts[mailbox.is_member])

    @property
    def current_visitors(self) -> int | None:
        """How many there were when listeners were last told; none before the window is open."""
        return self._told.now.current_visitors if self._told else None

    def whole(self, *, is_member: bool) -> str:
        """What whoever begins to listen is told: all that was told so far."""
        now = self._told or Now(Window(0).snapshot(0), ())
        if not is_member:
            return _text(now)
        told = (*self._before, *self._lines(0, max(0, len(self._news) - self._new)))[-FEED_LINES:]
        return _text(Message(now.now, now.conversions, told, is_whole=True))

    def _lines(self, first: int, end: int | None) -> tuple[FeedLine, ...]:
        news = islice(self._news, first, end)
        return tuple(feed_line(one.event, self._names.of(one.visitor_id), one.source) for one in news)

    def _now(self, window: Window, now_ms: int) -> Now:
        return Now(window.snapshot(now_ms), tuple(self._reached))


def _text(message: Now) -> str:
    return _encode(message).decode()
