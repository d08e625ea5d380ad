"""Counting the views of teams by a job, and the verdict intake goes by until the next count."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from footfall.domain.plans import WARNED_PERCENT, Month
from footfall.metadata import Clock, Database
from footfall.plans.team_plans import TeamPlans
from footfall.plans.usage import Usage, percent_of

CountViews = Callable[[int, int], Mapping[int, int]]
"""First and end moment in milliseconds → views by site."""

_BEFORE_EVERY_MS = 3_600_000


class UsedUp(NamedTuple):
    """Whose events of which span are dropped."""

    sites: frozenset[int]
    first_ms: int
    end_ms: int


class State(NamedTuple):
    """How far a team is with its month."""

    public_id: str
    percent: int


NOBODY = UsedUp(frozenset(), 0, 0)


class Metering:
    """Counts what the store holds; between two counts a team may have a few views more than its plan says."""

    def __init__(
        self, database: Database, usage: Usage, plans: TeamPlans, count_views: CountViews, clock: Clock, *, drops: bool
    ) -> None:
        self._has_plans = database.has_plans
        self._usage = usage
        self._plans = plans
        self._count_views = count_views
        self.clock = clock
        self._drops = drops
        self._counted_before_ms: int | None = None
        self.nearly_used_up: Mapping[int, State] = {}
        """The teams that should be told, as of the last count."""
        self.used_up = NOBODY
        """Read by intake for each event, replaced as a whole."""

    def run(self) -> None:
        """Count this month, and now and then the one before, whose events may come late; then judge."""
        if not self._has_plans:
            return
        now_ms = self.clock()
        month = Month.at(now_ms)
        self._count(month)
        if self._counted_before_ms is None or abs(now_ms - self._counted_before_ms) >= _BEFORE_EVERY_MS:
            self._count(month.before)
            self._counted_before_ms = now_ms
        self.judge()

    def recount(self, first: Month | None) -> int:
        """Make the table anew of what is stored, from a month on; returns how many months that was."""
        month, months = Month.at(self.clock()), 0
        while first is not None and month >= first:
            self._count(month, again=True)
            month, months = month.before, months + 1
        self.judge()
        return months

    def judge(self) -> None:
        """Decide whose events are dropped, and who is told."""
        month = Month.at(self.clock())
        views, plans = self._usage.views_by_team(month), self._plans.by_team()
        states = {
            team_id: State(public_id, percent_of(views.get(team_id, 0), plan))
            for team_id, (public_id, plan) in plans.items()
        }
        self.nearly_used_up = {team_id: state for team_id, state in states.items() if state.percent >= WARNED_PERCENT}
        spent = {team_id for team_id, state in self.nearly_used_up.items() if self._drops and state.percent >= 100}
        sites = frozenset(site_id for site_id, team_id in self._plans.teams_of_sites() if team_id in spent)
        self.used_up = UsedUp(sites, month.begins_ms, month.ends_ms)

    def _count(self, month: Month, *, again: bool = False) -> None:
        self._usage.write_down(month, self._count_views(month.begins_ms, month.ends_ms), again=again)
