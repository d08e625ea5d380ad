"""The audit log: written with the change or not at all, and never more than the change needs."""

import csv
import io
import json
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import delete, insert, update
from tests.people import PASSWORD, Install

from footfall.accounts import AuditLog, Entry, Part, Place, Purpose, Wanted, audit_csv
from footfall.accounts.audit import KEPT_DAYS
from footfall.domain import GoalKind
from footfall.errors import Conflict, InvalidInput, NotSignedIn
from footfall.metadata import Actor, acting
from footfall.metadata.acting import network_of
from footfall.metadata.audited import AUDITED, NOT_AUDITED, SHOWN, shortened
from footfall.metadata.tables import ApiKeyRow, GoalRow, SiteRow, Table
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
    told = {column for audited in AUDITED.values() for column in (*audited.columns, *audited.named)}

    assert not {name for name in told if "hash" in name or "password" in name or "slug" in name}
    assert {name for name in told if "email" in name} == set(SHOWN)
    assert shortened("alice@example.com") == "a…@example.com"


def test_it_speaks_of_every_table_or_says_why_not() -> None:
    tables = {mapper.class_ for mapper in Table.registry.mappers}

    assert tables == {*AUDITED, *NOT_AUDITED}
    assert not set(AUDITED) & set(NOT_AUDITED)


def test_it_sees_statements_that_change_many_rows(install: Install, log: AuditLog) -> None:
    install.keys.create(["stats:read"], site_id=install.site.id)
    install.keys.create(["admin"], site_id=install.site.id)
    with install.database.session() as session:
        session.execute(update(GoalRow).values(display_name="None is there"))
        session.execute(update(SiteRow).where(SiteRow.id == install.site.id).values(currency="USD", created_ms=1))
        session.execute(update(SiteRow).where(SiteRow.id == install.site.id).values(created_ms=2))
        session.execute(delete(ApiKeyRow).where(ApiKeyRow.site_id == install.site.id))

    actions = [(entry.action, entry.detail) for entry in log.of_site(install.site.id, limit=3)[0]]
    assert [action for action, _ in actions] == ["key deleted", "key deleted", "site changed"]
    assert actions[-1][1] == {"currency": ["EUR", "USD"]}
    with pytest.raises(TypeError, match="Add rows"), install.database.session() as session:
        session.execute(insert(GoalRow).values(pattern="Unseen"))


def test_it_leaves_out_what_nobody_asked_for(install: Install, log: AuditLog) -> None:
    key = install.keys.create(["stats:read"], site_id=install.site.id)
    token = install.accounts.open_session(install.alice.id)
    before = len(list(log.entries()))
    install.clock.move(days=1)
    install.keys.check(key, "stats:read")
    install.accounts.user_of_session(token)
    install.registry.known.fitted(install.site, "Signup", {}, install.clock())
    install.registry.write_down()
    install.clock.move(days=40)
    install.accounts.open_session(install.bob.id)

    assert [entry.action for entry in log.entries()][before:] == ["session opened"]


def test_it_covers_teams_and_those_in_them(install: Install, log: AuditLog) -> None:
    team = install.teams.create("Shop", install.alice.id)
    place = Place(team_id=team.id)
    token = install.invitations.invite(
        place, "bob@example.com", Role.EDITOR, giver_id=install.alice.id, giver=Role.OWNER
    )
    install.invitations.accept(token, install.bob.id)
    install.teams.rename(team.id, "Store")
    install.teams.change_role(team.id, Role.OWNER, install.bob.id, Role.ADMIN)
    install.accounts.delete(install.bob.id)

    found = [(entry.action, entry.detail) for entry in reversed(log.newest(Part(team_id=team.id), limit=100)[0])]
    assert [one for one in found if not one[0].startswith(("session", "key", "user"))] == [
        ("team added", {"name": "Shop", "plan": None}),
        ("member added", {"role": "owner"}),
        ("invitation added", {"email": "b…@example.com", "role": "editor"}),
        ("invitation deleted", {"email": "b…@example.com", "role": "editor"}),
        ("member added", {"role": "editor"}),
        ("team changed", {"name": ["Shop", "Store"]}),
        ("member changed", {"role": ["editor", "admin"]}),
        ("member deleted", {"role": "admin"}),
    ]
    assert "bob" not in str([entry.detail for entry in log.entries()])


def test_it_tells_both_teams_of_a_site_that_moves(install: Install, log: AuditLog) -> None:
    before, after = install.sites.team_of(install.site.id), install.teams.create("Shop", install.alice.id).id
    install.sites.move(install.site.id, after)

    for team_id in (before, after):
        told = log.newest(Part(team_id=team_id), Wanted(what="site"), limit=1)[0][0]
        assert (told.action, told.detail) == ("site changed", {"team_id": [before, after]})


def test_it_shows_a_team_nothing_of_one_that_had_its_number_before(install: Install, log: AuditLog) -> None:
    gone = install.teams.create("Gone", install.charlie.id)
    install.teams.delete(gone.id)
    new = install.teams.create("New", install.bob.id)

    assert (new.id == gone.id) is install.database.is_sqlite  # PostgreSQL gives none twice
    assert "Gone" not in str(log.newest(Part(team_id=new.id), limit=100))


def test_it_covers_words_and_links_and_what_people_keep_for_themselves(install: Install, log: AuditLog) -> None:
    site = install.site
    with acting(Actor("session", install.alice.id, "abc")):
        install.registry.describe(site.id, "Signup", "An account was made")
        install.registry.change_property(site.id, "plan", display_name="Plan")
        install.registry.change_property(site.id, "plan", is_hidden=True)
        segment = install.segments.add(site.id, None, "Home", [["is", "event:page", ["/"]]])
        install.segments.rename(site.id, segment.id, install.alice.id, "Start", is_owner=True)
        install.segments.add(site.id, install.alice.id, "My secret", [["is", "event:page", ["/secret"]]])
        install.annotations.add(site, None, "Launch", date(2026, 9, 1))
        link = install.shared_links.add(site.id, "For the press")

    found = [(entry.action, entry.detail) for entry in reversed(log.of_site(site.id, limit=9)[0])]
    assert [action for action, _ in found] == [
        "event added",
        "property added",
        "property changed",
        "property changed",
        "segment added",
        "segment changed",
        "segment added",
        "annotation added",
        "link added",
    ]
    assert found[3][1] == {"key": "plan", "is_hidden": [False, True]}
    assert found[5][1] == {"name": ["Home", "Start"]}
    assert found[6][1] == {"own": True}
    assert link.slug not in str(found)


def test_it_tells_that_a_password_or_an_address_changed_and_by_whom(install: Install, log: AuditLog) -> None:
    token = install.links.make(Purpose.RESET, "bob@example.com", install.bob.id)
    with acting(Actor("nobody", network="203.0.113.0/24")):
        install.links.reset_password(token, "another horse battery")
    with acting(Actor("nobody", network="203.0.113.0/24")):
        install.links.confirm_address(install.links.make(Purpose.ADDRESS, "bobby@example.com", install.bob.id))

    changed = log.newest(Part(), Wanted(what="user"), limit=3)[0]
    assert {entry.actor for entry in changed} == {"bobby@example.com"}
    assert [set(entry.detail) for entry in reversed(changed)] == [
        {"confirmation of the address"},
        {"password"},
        {"address"},
    ]
    assert {value for entry in changed for value in entry.detail.values()} == {"changed"}


def test_it_finds_by_who_what_and_when(install: Install, log: AuditLog) -> None:
    with acting(Actor("session", install.alice.id, "abc")):
        install.sites.update(install.site.id, currency="USD")
    noon = install.clock()
    install.clock.move(days=1)
    with acting(Actor("command")):
        install.sites.update(install.site.id, currency="EUR")
    log.note("events exported", install.site.id)

    def count(wanted: Wanted) -> int:
        return log.newest(Part(site_id=install.site.id), wanted, limit=1)[1]

    assert count(Wanted(who=str(install.alice.id), what="site")) == 1
    assert count(Wanted(who="Alice@example.com", what="site")) == 1
    assert count(Wanted(who=":command")) == 1
    assert count(Wanted(what="exported")) == 1
    assert count(Wanted(since_ms=noon + 1)) == 2
    assert count(Wanted(what="site", before_ms=noon + 1)) == 2  # made, and changed
    assert log.people(Part(site_id=install.site.id)) == {install.alice.id: "alice@example.com"}
    for wanted in (Wanted(who="x"), Wanted(who=":x"), Wanted(what="anything")):
        with pytest.raises(InvalidInput):
            log.newest(Part(), wanted, limit=1)


def test_it_writes_a_file_without_formulas(install: Install, log: AuditLog) -> None:
    install.teams.create("=1+1", install.alice.id)
    entry = next(one for one in log.entries() if one.detail.get("name") == "=1+1")

    rows = list(csv.DictReader(io.StringIO("".join(audit_csv([entry])))))

    assert list(rows[0]) == list(Entry.__struct_fields__)
    assert json.loads(rows[0]["detail"]) == {"name": "=1+1", "plan": None}
    assert rows[0]["team"] == "'=1+1"


def test_it_forgets_what_is_old(install: Install, log: AuditLog) -> None:
    log.note("events exported", install.site.id)
    install.clock.move(days=KEPT_DAYS + 1)
    log.note("events exported", install.site.id)

    log.expire()

    assert [entry.action for entry in log.entries() if entry.action == "events exported"] == ["events exported"]
