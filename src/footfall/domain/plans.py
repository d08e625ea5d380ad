"""Plans: the one table of what a team may have. An install that people run for themselves has none of this: there every
team has the plan "unlimited", and nothing of plans is asked, counted or shown.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple


class Plan(NamedTuple):
    """What a team of this plan may have; None: as many as it likes."""

    key: str
    title: str
    sites: int | None
    monthly_views: int | None
    people: int | None
    """Members of the team and guests of its sites, together."""
    has_api: bool
    has_custom_domain: bool


FREE = Plan("free", "Free", 1, 10_000, 1, has_api=False, has_custom_domain=False)
UNLIMITED = Plan("unlimited", "Unlimited", None, None, None, has_api=True, has_custom_domain=True)
PLANS: Mapping[str, Plan] = {
    plan.key: plan
    for plan in (
        FREE,
        Plan("pro", "Pro", 10, 100_000, 1, has_api=False, has_custom_domain=False),
        Plan("business", "Business", None, 1_000_000, None, has_api=True, has_custom_domain=True),
        UNLIMITED,
    )
}

FREE_TEAMS = 1
"""How many teams with the plan "free" one person may own: more of them would be more sites and views for nothing."""

WARNED_PERCENT = 80
"""From this share of a month's views on, a team is told."""


def plan_of(key: str | None) -> Plan:
    """The plan of a team on an install with plans; a team nobody has given one is on the smallest."""
    return PLANS.get(key or "", FREE)


class Month(NamedTuple):
    """A calendar month in UTC."""

    year: int
    month: int

    @classmethod
    def at(cls, now_ms: int) -> "Month":
        """The month of a moment."""
        now = datetime.fromtimestamp(now_ms / 1000, UTC)
        return cls(now.year, now.month)

    @classmethod
    def numbered(cls, number: int) -> "Month":
        """The month of a number such as 202611."""
        return cls(*divmod(number, 100))

    @property
    def number(self) -> int:
        """As it is kept: 202611."""
        return self.year * 100 + self.month

    @property
    def name(self) -> str:
        """As people and programs read it: 2026-11."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year, self.month - 1) if self.month > 1 else Month(self.year - 1, 12)

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(self.year, self.month + 1) if self.month < 12 else Month(self.year + 1, 1)

    @property
    def begins_ms(self) -> int:
        """Its first moment."""
        return int(datetime(self.year, self.month, 1, tzinfo=UTC).timestamp()) * 1000

    @property
    def ends_ms(self) -> int:
        """The first moment that is not in it any more."""
        return self.after.begins_ms
