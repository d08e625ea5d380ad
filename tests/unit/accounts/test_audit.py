"""The audit log: written with the change or not at all, and never more than the change needs."""

from contextlib import suppress

import pytest
from tests.people import PASSWORD, Install

from footfall.accounts import AuditLog, Entry
from footfall.accounts.audit import KEPT_DAYS
from footfall.domain import GoalKind
from footfall.errors import Conflict, NotSignedIn
from footfall.metadata import Actor, acting
from footfall.metadata.acting import network_of
from footfall.metadata.audit import AUDITED
from footfall.metadata.tables import GoalRow
from footfall.sites import Role, ShieldKind


@pytest.fixture
def log(install: Install) -> AuditLog:
    return AuditLog(install.database, install.clock)


def newest(log: AuditLog, install: Install) -> Entry:
    return log.of_site(install.site.id, limit=1)[0][0]


def test_it_tells_what_became_what(install: Install, log: AuditLog) -> None:
    install.sites.update(install.site.id, timezone="Europe/Berlin", currency="EUR")

    assert newest(log, install).action == "site changed"
    assert newest(log, install).detail == {"timezone": ["Europe/Tallinn", "Europe/Berlin"]}


def test_it_says_nothing_where_nothing_changed(install: Install, log: AuditLog) -> None:
    _, before = log.of_site(install.site.id, limit=1)

    install.sites.update(install.site.id, timezone="Europe/Tallinn")

    assert log.of_site(install.site.id, limit=1)[1] == before


def test_it_covers_members_keys_goals_and_shields(install: Install, log: AuditLog) -> None:
    site, before = install.site.id, log.of_site(install.site.id, limit=1)[1]
    install.keys.create(["stats:read"], site_id=site)
    install.keys.revoke(install.keys.of_site(site)[0].id, site)
    install.sites.add_member(site, install.charlie.id, Role.VIEWER)
    install.sites.add_member(site, install.charlie.id, Role.OWNER)
    goal = install.goals.add(site, GoalKind.EVENT, "Signup")
    install.goals.delete(site, goal.id)
    shield = install.shields.add(site, ShieldKind.ADDRESS, "203.0.113.77")
    install.shields.delete(site, shield.id)

    entries, total = log.of_site(site, limit=100)

    found = [entry.action for entry in reversed(entries[: total - before])]
    assert found == [
        "key added",
        "key deleted",
        "member added",
        "member changed",
        "goal added",
        "goal deleted",
        "shield added",
        "shield deleted",
    ]
    assert "203.0.113.77" not in str(entries)


def test_it_is_undone_with_the_change(install: Install, log: AuditLog) -> None:
    before = len(list(log.entries()))

    with pytest.raises(Conflict):
        install.sites.update(install.site.id, domain="charlie.example")
    with suppress(_OnPurpose), install.database.session() as session:
        session.add(_goal(install))
        session.flush()
        raise _OnPurpose

    assert len(list(log.entries())) == before


class _OnPurpose(Exception):
    """Undoes a unit of work."""


def _goal(install: Install) -> GoalRow:
    return GoalRow(
        site_id=install.site.id,
        kind="event",
        pattern="Lost",
        scroll_percent=0,
        properties="{}",
        display_name="Lost",
        currency="",
        created_ms=0,
    )


def test_it_names_who_acted_and_through_what(install: Install, log: AuditLog) -> None:
    token = install.accounts.open_session(install.alice.id)
    with acting(Actor(network=network_of("203.0.113.77"))):
        install.accounts.user_of_session(token)
        install.sites.update(install.site.id, currency="USD")
    by_session = newest(log, install)
    key = install.keys.create(["admin"], owner_id=install.bob.id)
    with acting(Actor()):
        install.keys.check(key, "stats:read")
        install.sites.update(install.site.id, currency="EUR")
    by_key = newest(log, install)
    with acting(Actor("command")):
        install.sites.update(install.site.id, currency="USD")

    assert (by_session.actor, by_session.network) == ("alice@example.com", "203.0.113.0/24")
    assert len(by_session.via) == 12
    assert by_key.actor == "bob@example.com"
    assert by_key.via.startswith("key ")
    assert newest(log, install).actor == "command line"


def test_it_tells_owners_who_of_their_members_came_and_went(install: Install, log: AuditLog) -> None:
    for email in ("bob@example.com", "charlie@example.com"):
        install.accounts.sign_out(install.entrance.enter_by_password(email, PASSWORD).token)
    with pytest.raises(NotSignedIn):
        install.accounts.recognise("bob@example.com", "a wrong password")

    entries, _ = log.of_site(install.site.id, limit=100)

    assert [(entry.action, entry.actor) for entry in entries[:2]] == [
        ("session ended", "bob@example.com"),
        ("session opened", "bob@example.com"),
    ]
    assert "charlie@example.com" not in {entry.actor for entry in entries}
    assert [entry.action for entry in log.entries()][-1] == "session refused"


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("testclient", "")],
)
def test_it_keeps_no_whole_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_it_keeps_no_secret() -> None:
    told = {column for audited in AUDITED.values() for column in audited.columns}

    assert not {name for name in told if "hash" in name or "password" in name or "email" in name}


def test_it_forgets_what_is_old(install: Install, log: AuditLog) -> None:
    log.note("events exported", install.site.id)
    install.clock.move(days=KEPT_DAYS + 1)
    log.note("events exported", install.site.id)

    log.expire()

    assert [entry.action for entry in log.entries() if entry.action == "events exported"] == ["events exported"]
