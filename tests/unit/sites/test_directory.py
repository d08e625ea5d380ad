"""Sites: made, changed, deleted and found."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tests.people import Install

from footfall.domain import IdentityMode, TrackerOptions
from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.metadata import Database
from footfall.sites import SiteDirectory


def test_it_finds_a_site_by_all_its_names(install: Install) -> None:
    site = install.site

    assert install.sites.by_public_id(site.public_id) == site
    assert install.sites.by_domain("example.com") == site
    assert install.sites.by_id(site.id) == site
    assert install.sites.all() == [install.other_site, site]
    assert install.sites.by_domain("unknown.example") is None


def test_it_gives_random_public_ids(install: Install) -> None:
    ids = [install.site.public_id, install.other_site.public_id]

    assert all(re.fullmatch(r"[a-z0-9]{12}", public_id) for public_id in ids)
    assert len(set(ids)) == 2


def test_it_tells_members_from_strangers(install: Install) -> None:
    site, sites = install.site, install.sites

    assert sites.of_user(install.alice.id) == [site]
    assert sites.may_read(install.bob.id, site.id)
    assert sites.may_manage(install.alice.id, site.id)
    assert not sites.may_manage(install.bob.id, site.id)
    assert not sites.may_read(install.charlie.id, site.id)


def test_it_keeps_every_option(install: Install) -> None:
    options: dict[str, Any] = {
        "currency": "usd",
        "identity_mode": "consented",
        "tracker": TrackerOptions(form_submissions=True),
        "allowed_hostnames": ["WWW.example.com", "shop.example.com", "", "shop.example.com"],
        "query_parameters": ["page"],
        "retention_days": 365,
        "properties_per_event": 10,
    }

    site = install.sites.update(install.site.id, **options)

    assert site == install.sites.by_id(site.id)
    assert (site.currency, site.identity_mode, site.retention_days) == ("USD", IdentityMode.CONSENTED, 365)
    assert site.tracker.form_submissions
    assert site.allowed_hostnames == ("example.com", "shop.example.com")
    assert (site.query_parameters, site.properties_per_event) == (("page",), 10)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("timezone", "Mars/Olympus"),
        ("timezone", "../etc/passwd"),
        ("currency", "euro"),
        ("identity_mode", "nosy"),
        ("allowed_hostnames", ["exa mple"]),
        ("retention_days", -1),
        ("properties_per_event", 101),
        ("public_id", "abc"),
    ],
)
def test_it_names_the_wrong_option(install: Install, option: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        install.sites.update(install.site.id, **{option: value})

    assert caught.value.field == option
    assert install.sites.by_id(install.site.id) == install.site


def test_it_refuses_a_domain_that_is_taken(install: Install) -> None:
    with pytest.raises(Conflict):
        install.sites.create("www.example.com", "Etc/UTC", owner_id=install.charlie.id)
    with pytest.raises(Conflict):
        install.sites.update(install.other_site.id, domain="example.com")


def test_it_never_gives_a_number_again(install: Install) -> None:
    last = install.other_site.id

    install.sites.delete(last)

    assert install.sites.by_id(last) is None
    assert install.sites.create("new.example").id > last
    with pytest.raises(NotFound):
        install.sites.delete(last)


def test_it_gives_a_site_without_owner_to_the_owner_of_the_install(install: Install) -> None:
    site = install.sites.create("new.example")

    assert install.sites.may_manage(install.alice.id, site.id)


def test_it_notices_changes_of_another_process_within_a_second(install: Install) -> None:
    database = Database(install.database.url)
    other = SiteDirectory(database, install.clock)

    site = other.create("new.example", owner_id=install.charlie.id)
    assert install.sites.by_domain("new.example") is None
    install.clock.move(seconds=1)

    assert install.sites.by_domain("new.example") == site
    assert install.sites.may_read(install.charlie.id, site.id)
    database.close()


def test_it_asks_the_database_at_most_every_half_second(install: Install) -> None:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    install.clock.move(seconds=0.5)
    event.listen(Engine, "before_cursor_execute", note)
    for _ in range(1000):
        install.sites.by_public_id(install.site.public_id)
    event.remove(Engine, "before_cursor_execute", note)

    assert len([sql for sql in statements if not sql.startswith("BEGIN")]) == 1


def test_it_goes_on_finding_a_site_by_its_previous_domain_for_three_days(install: Install) -> None:
    install.sites.update(install.site.id, domain="example.org")

    found = [site and site.id for domain in ("example.org", "example.com") if (site := install.sites.by_domain(domain))]
    install.clock.move(days=2.99)
    late = install.sites.by_domain("example.com")
    install.clock.move(days=0.02)

    assert found == [install.site.id, install.site.id]
    assert late is not None
    assert install.sites.by_domain("example.com") is None
    assert install.sites.by_domain("example.org") is not None


def test_it_gives_a_previous_domain_to_no_other_site_while_it_names_the_first(install: Install) -> None:
    """Events of old snippets must not go to somebody else."""
    install.sites.update(install.site.id, domain="example.org")

    with pytest.raises(Conflict, match="three days"):
        install.sites.create("example.com", owner_id=install.charlie.id)
    with pytest.raises(Conflict, match="three days"):
        install.sites.update(install.other_site.id, domain="example.com")
    install.clock.move(days=3)
    taken = install.sites.update(install.other_site.id, domain="example.com")

    assert install.sites.by_domain("example.com") == taken


def test_it_takes_a_domain_back(install: Install) -> None:
    install.sites.update(install.site.id, domain="example.org")

    back = install.sites.update(install.site.id, domain="example.com")

    assert install.sites.by_domain("example.com") == back
    assert install.sites.by_domain("example.org") == back


def test_it_counts_the_days_from_a_change_of_domain_alone(install: Install) -> None:
    install.sites.update(install.site.id, domain="example.org")
    install.clock.move(days=2)
    install.sites.update(install.site.id, domain="example.org", timezone="Europe/Berlin")
    install.clock.move(days=1)

    assert install.sites.by_domain("example.com") is None
