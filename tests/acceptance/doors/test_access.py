"""Who may do what: every operation, asked by every kind of caller, answers as access.txt says.

A route without its row there is a failure. Run this file to see the table as it is: the difference is printed.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.acceptance.doors.requests import ASKED
from tests.acceptance.doors.world import World, is_safe

from footfall.accounts import User
from footfall.app.web import pages_and_api
from footfall.domain import Site
from footfall.errors import NotFound

TABLE = Path(__file__).with_name("access.txt")


class Told(NamedTuple):
    """The columns of the table, and the outcomes of each operation."""

    callers: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


def _person(user: Callable[[World], User]) -> Callable[[World, Site], dict[str, str]]:
    """A person has a session in the browser, and a key that may do all they may."""

    def headers(world: World, _site: Site) -> dict[str, str]:
        who = user(world)
        key = world.install.people.keys.create(["admin"], owner_id=who.id)
        return world.headers_of(session=world.install.people.accounts.open_session(who.id), key=key)

    return headers


def _key(*scopes: str) -> Callable[[World, Site], dict[str, str]]:
    return lambda world, site: world.headers_of(key=world.install.people.keys.create(scopes, site_id=site.id))


def _expired(world: World, site: Site) -> dict[str, str]:
    revoked = world.install.people.keys.create(["admin"], site_id=site.id)
    world.install.people.keys.revoke(world.install.people.keys.of_site(site.id)[0].id, site.id)
    return world.headers_of(session=world.expired_token, key=revoked)


_REFUSED = ("in", "401", "403", "404")
_END_SESSIONS = ("POST /sign-out", "POST /account/sessions/end-others")

# One row a column of the table.
CALLERS: dict[str, Callable[[World, Site], dict[str, str]]] = {
    "stranger": lambda world, _site: world.headers_of(),
    "expired": _expired,
    "charlie": _person(lambda world: world.charlie),
    "viewer": _person(lambda world: world.bob),
    "editor": _person(lambda world: world.erin),
    "admin": _person(lambda world: world.adam),
    "owner": _person(lambda world: world.alice),
    "read-key": _key("stats:read"),
    "write-key": _key("events:write"),
}


def test_it_has_a_row_for_every_operation_and_no_other(world: World) -> None:
    rows = set(_table().rows)

    assert set(world.operations) - rows == set(), "write a row for these"
    assert rows - set(world.operations) == set(), "these are gone"
    assert set(ASKED) - rows == set(), "nobody asks for these"


def test_it_knows_every_operation_of_the_description(world: World) -> None:
    described = pages_and_api(world.install).openapi()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}

    assert operations - {row.replace(":path}", "}") for row in _table().rows} == set()


def test_it_answers_every_caller_as_the_table_says(world: World) -> None:
    table, found = _table(), dict[str, tuple[str, ...]]()

    for operation, told in table.rows.items():
        cells = zip(table.callers, told, strict=True)
        found[operation] = tuple(_outcome(world, operation, caller, cell) for caller, cell in cells)

    wrong = [_line(operation, row) for operation, row in found.items() if row != table.rows[operation]]
    assert not wrong, "\n".join(["these answer otherwise:", *wrong])


def _line(operation: str, row: tuple[str, ...]) -> str:
    return f"{operation:65} " + " ".join(f"{one:9}" for one in row)


def _outcome(world: World, operation: str, caller: str, told: str) -> str:
    # What will change something gets a site and a session of its own, so that no row depends on those before it.
    if not is_safe(operation) and (told not in _REFUSED or operation in _END_SESSIONS):
        site = world.new_site()
        outcome = world.ask(operation, CALLERS[caller](world, site), site).outcome
        if operation in _END_SESSIONS:
            world.remembered.clear()
        with suppress(NotFound):  # every change reads all sites again: the fewer, the quicker
            world.install.sites.delete(site.id)
        return outcome
    if caller not in world.remembered:
        world.remembered[caller] = CALLERS[caller](world, world.site)
    return world.ask(operation, world.remembered[caller], world.site).outcome


def _table() -> Told:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    (_, _, *callers), *rows = lines
    assert tuple(callers) == tuple(CALLERS)
    return Told(tuple(callers), {" ".join(row[:2]): tuple(row[2:]) for row in rows})
