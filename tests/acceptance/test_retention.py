"""A site's retention: what is older goes, the rest stays."""

from datetime import UTC, datetime, timedelta

from tests.acceptance.running import Running

from footfall.app.install import delete_expired


def test_it_deletes_what_is_older_than_the_site_keeps(running: Running) -> None:
    now = datetime.now(UTC)
    ages = [400, 101, 99, 0]
    running.send(
        *(
            {"name": "pageview", "url": f"https://alice.example/{age}", "timestamp": (now - timedelta(age)).isoformat()}
            for age in ages
        )
    )
    install = running.install
    install.sites.update(running.site.id, retention_days=100)

    deleted = delete_expired(install.sites, install.writer, install.finaliser, install.applier, install.clock())
    again = delete_expired(install.sites, install.writer, install.finaliser, install.applier, install.clock())

    assert (deleted, again) == (1, 0)
    assert running.rows("path") == [("/0",), ("/99",)]
    assert running.rows("sum(pageviews)", "visits") == [(2,)]
