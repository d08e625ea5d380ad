"""Plans of teams on an install that has them: which each team has, how many views it had, and what follows from that.

What a plan leaves no room for is refused by the metadata room; intake is only told whose events to drop.
"""

from footfall.plans.metering import Metering, UsedUp
from footfall.plans.team_plans import ListedTeam, TeamPlans
from footfall.plans.usage import MonthOfViews, TeamUsage, Usage
from footfall.plans.warning import Told, tell_owners

__all__ = [
    "ListedTeam",
    "Metering",
    "MonthOfViews",
    "TeamPlans",
    "TeamUsage",
    "Told",
    "Usage",
    "UsedUp",
    "tell_owners",
]
