"""Bringing what is stored up to date with its site: channels after other rules, rollups after another time zone.

Figures are right from the start: questions know that days have changed and read them live. All of it is noted, so that
a start after a crash goes on where it was cut off.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import NamedTuple

from msgspec.structs import replace

from footfall.domain import Site
from footfall.domain.calendar import local_day
from footfall.enrich import Campaign, channel_of, channel_rules
from footfall.errors import Unavailable
from footfall.metadata import Clock
from footfall.sites import ChannelRebuild, ChannelRebuilds, SiteDirectory
from footfall.store import (
    Arrival,
    Channels,
    Finaliser,
    Reader,
    closed_days,
    days_of_month,
    rolled_up_days,
    state_of_days,
)
from footfall.visits import Applier

_OPEN_DAYS = 3
"""Of so many last days a visit may still be open that was given its channel by the rules before."""


class Progress(NamedTuple):
    """How much of something is done."""

    done: int
    of: int


class RebuildState(NamedTuple):
    """How far a site is."""

    is_done: bool
    channels: Progress  # months whose channels were told again
    rollups: Progress  # closed days that are rolled up in the site's zone


@dataclass(frozen=True)
class Rebuilder:
    """Does one site after the other. ``run`` is for one thread; ``state`` for any.

    ``settle`` waits until the store holds what was taken so far; ``after_step`` is told each step passed.
    """

    sites: SiteDirectory
    journal: ChannelRebuilds
    channels: Channels
    rollups: Finaliser
    reader: Reader
    applier: Applier
    settle: Callable[[], None]
    clock: Clock
    after_step: Callable[[str], None]
    _rolled_up_since: dict[int, int] = field(default_factory=dict)  # by site, the change of zone that is dealt with
    _stopping: Event = field(default_factory=Event)
    _running: Lock = field(default_factory=Lock)

    def run(self) -> int:
        """Bring every site up to date; returns how many were not."""
        with self._running, suppress(Unavailable):  # the store is away or behind; the next run goes on
            due = [site for site in self.sites.all() if self._is_due(site)]
            for site in due:
                if self._stopping.is_set():
                    break
                self._bring_up_to_date(site)
            return len(due)
        return 0

    def state(self, site: Site) -> RebuildState:
        """How far a site is."""
        rebuild = self.journal.of_site(site.id)
        days = closed_days(self.reader.run(state_of_days(site.id)), site)
        rolled_up = Progress(*rolled_up_days(days, site.zone, self.clock()))
        told = Progress(len(rebuild.told), len(rebuild.months))
        return RebuildState(site.channel_rules == channel_rules() and rolled_up.done == rolled_up.of, told, rolled_up)

    def under_way(self, site: Site) -> RebuildState | None:
        """How far a site is that is being brought up to date; None for all others, without asking the store."""
        return self.state(site) if self._is_due(site) else None

    def stop(self) -> None:
        """End a run after the month it is at."""
        self._stopping.set()

    def close(self) -> None:
        """Wait for a run to end, then close the store's client."""
        self.stop()
        with self._running:
            self.channels.close()

    def _is_due(self, site: Site) -> bool:
        has_other_zone = self._rolled_up_since.get(site.id, 0) != site.zone_changed_ms
        return has_other_zone or site.channel_rules != channel_rules()

    def _bring_up_to_date(self, site: Site) -> None:
        if site.channel_rules != channel_rules():
            self._tell_channels_again(site)
        if not self._stopping.is_set():
            self.rollups.run([site], self.clock())
            self._rolled_up_since[site.id] = site.zone_changed_ms

    def _tell_channels_again(self, site: Site) -> None:
        self.settle()  # what waits was given its channel by a process with other rules
        rebuild = self.journal.of_site(site.id)
        if rebuild.rules != channel_rules():
            # A month that was under way under yet other rules stays so: its days must be marked in any case.
            months = tuple(self.channels.months(site.id))
            rebuild = replace(rebuild, rules=channel_rules(), months=months, told=())
            self.journal.keep(site.id, rebuild)
        for month in rebuild.left:
            if self._stopping.is_set():
                return
            rebuild = self._tell_month(site, rebuild, month)
        self._tell_open_days(site)
        self.sites.note_channel_rules(site.id, channel_rules())
        self.after_step("channel rules noted")

    def _tell_month(self, site: Site, rebuild: ChannelRebuild, month: int) -> ChannelRebuild:
        days = days_of_month(month)
        changed = self.channels.told_otherwise(site.id, days[0], days[-1], _channel_of)
        if changed or month == rebuild.under_way:
            self.journal.keep(site.id, replace(rebuild, under_way=month))
            self.after_step("channels of a month noted")
            with self.rollups.pause():
                self._tell(site, days, changed)
        rebuild = replace(rebuild, told=(*rebuild.told, month), under_way=None)
        self.journal.keep(site.id, rebuild)
        self.after_step("channels of a month finished")
        return rebuild

    def _tell_open_days(self, site: Site) -> None:
        """Once more what may have come meanwhile to visits that were open, then let go of their old channel."""
        today = local_day(self.clock(), site.zone)
        with self.rollups.pause(), self.applier.pause():
            first = today - _OPEN_DAYS - self.rollups.reach(site.id) - site.stray_days
            days = range(max(first, 0), today + 2)
            changed = self.channels.told_otherwise(site.id, days[0], days[-1], _channel_of)
            self._tell(site, days, changed)
            self.applier.reload_visits()

    def _tell(self, site: Site, days: range, changed: dict[Arrival, str]) -> None:
        # Marked first: no rollup of the old channels holds once the first new one can be read.
        self.channels.mark(site.id, days[0], days[-1])
        self.after_step("days with other channels marked")
        self.channels.tell(site.id, days[0], days[-1], changed)
        self.after_step("channels told")


def _channel_of(arrival: Arrival) -> str:
    campaign = Campaign(
        utm_medium=arrival.utm_medium, utm_campaign=arrival.utm_campaign, click_id_kind=arrival.click_id_kind
    )
    return channel_of(arrival.source, campaign)
