"""How much may come in: the quota of each site, the plan of each team, and what they have used of them."""

from dataclasses import dataclass
from functools import partial

from footfall.collect.quotas import Quotas
from footfall.collect.verdicts import Verdicts
from footfall.metadata import Clock, Database
from footfall.plans import Metering, TeamPlans, Usage
from footfall.settings import Settings
from footfall.store import Reader, count_received, count_views


@dataclass(frozen=True)
class Allowances:
    """What sites and teams may send."""

    quotas: Quotas
    plans: TeamPlans
    usage: Usage
    metering: Metering


def make_allowances(
    settings: Settings, database: Database, clock: Clock, reader: Reader, verdicts: Verdicts
) -> Allowances:
    """Make what knows them; nothing is counted before its job has run."""
    usage, plans = Usage(database, clock), TeamPlans(database)
    count = partial(count_views, reader)
    return Allowances(
        quotas=Quotas(verdicts.totals, partial(count_received, reader)),
        plans=plans,
        usage=usage,
        metering=Metering(database, usage, plans, count, clock, drops=settings.past_quota == "drop"),
    )
