"""A site's retention: what is older goes, the rest stays."""

from datetime import UTC, datetime, timedelta

from tests.acceptance.running import open_running
from tests.people import ManualClock

from footfall.app.upkeep import delete_expired
from footfall.settings import Settings


def test_it_deletes_what_is_older_than_the_site_keeps(settings: Settings) -> None:
    # A fixed moment: days are those of the site, and near its midnight 101 days ago may be on the hundredth day before.
    clock = ManualClock()
    now = datetime.fromtimestamp(clock() / 1000, UTC)
    views = [
        {"name": "pageview", "url": f"https://alice.example/{age}", "timestamp": (now - timedelta(age)).isoformat()}
        for age in (400, 101, 99, 0)
    ]
    with open_running(settings, clock) as running:
        running.send(*views)
        install = running.install
        install.sites.update(running.site.id, retention_days=100)

        deleted = delete_expired(install.sites, install.storage, clock())
        again = delete_expired(install.sites, install.storage, clock())

        assert (deleted, again) == (1, 0)
        assert running.rows("path") == [("/0",), ("/99",)]
        assert running.rows("sum(pageviews)", "visits") == [(2,)]
