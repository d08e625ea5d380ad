"""What intake and the applier found out about events, brought together: for people, and for `/metrics`."""

from collections import Counter
from collections.abc import Callable

from footfall.app.install import Install
from footfall.domain import Site
from footfall.domain.calendar import local_day

_MOST_SITES = 500
_OTHERS = "others"
_SHOWN_DAYS = 30


def events_by_site(install: Install) -> dict[tuple[str, str], int]:
    """Events by public id and outcome since the start; those of the sites beyond the first 500 together."""
    found: Counter[tuple[str, str]] = Counter()
    named = {site.id: site.public_id for site in sorted(install.sites.all(), key=lambda site: site.id)[:_MOST_SITES]}
    for (site_id, outcome), events in install.intake.verdicts.all().items():
        found[named.get(site_id, _OTHERS), outcome] += events
    return dict(sorted(found.items()))


def verdicts_of_site(install: Install) -> Callable[[Site], dict[str, int]]:
    """Tell events of a site by outcome in its last 30 days, today among them."""

    def look(site: Site) -> dict[str, int]:
        since_day = local_day(install.clock(), site.zone) - _SHOWN_DAYS + 1
        written = Counter(install.belongings.verdict_days.of_site(site.id, since_day))
        return dict(written + Counter(install.intake.verdicts.unwritten(site.id)))

    return look
