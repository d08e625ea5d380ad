"""What people are told of their team's plan: the notice on pages, and the letter."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from fastapi import Request

from footfall.domain.plans import Month
from footfall.domain.roles import Right
from footfall.mail import Letter
from footfall.mail.letters import views_used_up
from footfall.metadata import Clock
from footfall.plans import Metering, TeamUsage
from footfall.settings import Settings
from footfall.sites import SiteDirectory
from footfall.texts import Phrase

_COUNTED_ON = Phrase("Events past them are counted all the same.")


class Notice(NamedTuple):
    """How far a team is with its month, and what happens past it."""

    percent: int
    public_id: str
    said: str


def usage_letter(settings: Settings) -> Callable[[str, str, TeamUsage], Letter]:
    """What writes to an owner; the link is made of the install's own address alone."""

    def letter(to: str, team: str, used: TeamUsage) -> Letter:
        said = _said(settings, Month(*map(int, used.months[0].month.split("-"))))
        return views_used_up(to, team, used.percent, said, f"{settings.base_url.rstrip('/')}/teams")

    return letter


def plan_context(
    sites: SiteDirectory, metering: Metering, settings: Settings, clock: Clock
) -> Callable[[Request], dict[str, Any]]:
    """What gives every page the notice, for those who may change something about it.

    Of several teams the one that has used most.
    """

    def context(request: Request) -> dict[str, Any]:
        user, nearly = getattr(request.state, "user", None), metering.nearly_used_up
        if user is None or not nearly:
            return {"views_notice": None}
        managed = (site.id for site in sites.of_user(user.id) if sites.may(user.id, site.id, Right.MANAGE))
        mine = {sites.team_of(site_id) for site_id in managed}
        states = (state for team_id, state in nearly.items() if team_id in mine)
        state = max(states, key=lambda one: one.percent, default=None)
        if state is None:
            return {"views_notice": None}
        return {"views_notice": Notice(state.percent, state.public_id, _said(settings, Month.at(clock())))}

    return context


def _said(settings: Settings, month: Month) -> str:
    if settings.past_quota == "count":
        return _COUNTED_ON
    ends = datetime.fromtimestamp(month.ends_ms / 1000, UTC)
    return Phrase("Events past them are dropped until {day}.", day=ends.date())
