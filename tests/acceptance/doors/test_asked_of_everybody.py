"""An install that asks everybody for a second factor shows nothing to who has none, but where one is set up."""

from collections.abc import Iterator

import pytest
from tests.acceptance.doors.world import World, open_world

from footfall.accounts import User
from footfall.web.guard import SECOND_FACTOR_PAGE

OWN = ("/account", "/api/v1/auth/", "/sign-", "/api/auth/", "/invitations/", "/api/me")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Alice has a second factor, Bob has none."""
    with open_world(tmp_path_factory.mktemp("everybody"), second_factor="everybody") as world:
        world.second_factor_of(world.alice)
        world.install.sites.refresh()
        yield world


def session_of(world: World, user: User) -> dict[str, str]:
    return world.headers_of(session=world.install.people.accounts.open_session(user.id))


def test_it_shows_what_strangers_see_to_who_has_none(world: World) -> None:
    bob, nobody, led = session_of(world, world.bob), world.headers_of(), 0

    for operation in world.operations:
        if operation.split()[1].startswith(OWN):
            continue
        answer = world.ask(operation, bob, world.site)
        leads = answer.headers.get("location", "").startswith(SECOND_FACTOR_PAGE)
        led += leads
        if not leads and answer.status not in (401, 403, 404):
            assert answer.outcome == world.ask(operation, nobody, world.site).outcome, operation

    assert led > 80


def test_it_opens_once_there_is_one(world: World) -> None:
    charlie = session_of(world, world.charlie)
    asked_for = world.get("/sites", charlie).headers["location"]
    own = [world.get(path, charlie).status for path in ("/account", SECOND_FACTOR_PAGE)]
    alice = world.get("/sites", session_of(world, world.alice)).status

    world.second_factor_of(world.charlie)
    world.install.sites.refresh()

    assert asked_for == f"{SECOND_FACTOR_PAGE}?next=/sites"
    assert (own, alice) == ([200, 200], 200)
    assert world.get("/sites", session_of(world, world.charlie)).status in (200, 303)
    assert b"asks everybody for a second factor" in world.get(SECOND_FACTOR_PAGE, session_of(world, world.bob)).body


def test_it_lets_keys_go_on(world: World) -> None:
    key = world.install.people.keys.create(["sites:read"], owner_id=world.bob.id)

    assert world.ask("GET /api/v1/sites", world.headers_of(key=key)).status == 200
