"""Whoever lacks the second factor that a team asks for sees nothing of its sites in a session; keys go on."""

from collections.abc import Iterator

import pytest
from tests.acceptance.doors.world import World, open_world
from tests.people import ManualClock

from footfall.accounts import User
from footfall.domain.roles import Role
from footfall.web.guard import SECOND_FACTOR_PAGE

REFUSED = (401, 403, 404)
OF_SITES = ("{domain}", "{public_id}", "{website_id}", "{site}", "{slug}")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The team asks for a second factor; Alice has one, Bob, a member of it, and Charlie, a guest of its site, none."""
    with open_world(tmp_path_factory.mktemp("held-back")) as world:
        assert isinstance(world.clock, ManualClock)
        world.install.sites.add_member(world.site.id, world.charlie.id, Role.VIEWER)
        world.teams.require_second_factor(world.house.id, is_required=True)
        world.second_factor_of(world.alice)
        world.install.sites.refresh()
        yield world


def session_of(world: World, user: User) -> dict[str, str]:
    return world.headers_of(session=world.install.people.accounts.open_session(user.id))


def test_it_shows_nothing_of_a_site_that_strangers_do_not_see(world: World) -> None:
    bob, nobody = session_of(world, world.bob), world.headers_of()
    asked = [one for one in world.operations if any(part in one for part in OF_SITES) and "/teams/" not in one]
    led = 0

    for operation in asked:
        answer = world.ask(operation, bob, world.site)
        leads = answer.headers.get("location", "").startswith(SECOND_FACTOR_PAGE)
        led += leads
        if not leads and answer.status not in REFUSED:
            assert answer.outcome == world.ask(operation, nobody, world.site).outcome, operation

    assert len(asked) > 100
    assert led > 50


@pytest.mark.parametrize("caller", ["bob", "charlie"])
def test_it_says_so_to_programs(world: World, caller: str) -> None:
    headers = session_of(world, getattr(world, caller))

    answer = world.ask("GET /api/v1/sites/{public_id}/realtime", headers)

    assert answer.status == 403
    assert b'"second_factor_needed"' in answer.body
    assert b"set one up at /account/second-factor" in answer.body


def test_it_lists_those_sites_nowhere(world: World) -> None:
    bob = session_of(world, world.bob)
    token = bob["cookie"].partition("=")[2]

    listed = world.ask("GET /sites", bob)
    by_umami = world.ask("GET /api/websites", world.headers_of(key=token))
    one_by_umami = world.ask("GET /api/websites/{website_id}", world.headers_of(key=token))

    assert listed.headers["location"] == SECOND_FACTOR_PAGE
    assert world.ask("GET /", bob).headers["location"] == SECOND_FACTOR_PAGE
    assert world.site.domain.encode() not in by_umami.body
    assert one_by_umami.status == 403


def test_it_opens_no_session_by_a_protocol_that_cannot_carry_a_code(world: World) -> None:
    answer = world.ask("POST /api/auth/login", world.headers_of())

    assert answer.status == 401
    assert b"use an API key instead" in answer.body


def test_it_leads_back_to_where_one_wanted_to_go(world: World) -> None:
    answer = world.ask("GET /sites/{domain}", session_of(world, world.bob))

    assert answer.headers["location"] == f"{SECOND_FACTOR_PAGE}?next=/sites/{world.site.domain}"
    page = world.ask("GET /account/second-factor", session_of(world, world.charlie))
    assert f"{world.site.domain} is seen with a second factor only".encode() in page.body


def test_it_lets_keys_go_on(world: World) -> None:
    keys = world.install.people.keys
    of_bob, of_site = (
        keys.create(["stats:read"], owner_id=world.bob.id),
        keys.create(["stats:read"], site_id=world.site.id),
    )

    for key in (of_bob, of_site):
        assert world.ask("GET /api/v1/stats/aggregate", world.headers_of(key=key)).status == 200


def test_it_lets_an_owner_delete_a_site_by_key_without_a_second_factor(world: World) -> None:
    team = world.teams.create("Charlie's", world.charlie.id)
    site = world.install.sites.create("asking.example", team_id=team.id)
    world.teams.require_second_factor(team.id, is_required=True)
    world.install.sites.refresh()
    key = world.install.people.keys.create(["sites:write"], owner_id=world.charlie.id)

    assert world.ask("GET /sites/{domain}", session_of(world, world.charlie), site).status == 303
    assert world.ask("DELETE /api/v1/sites/{domain}", world.headers_of(key=key), site).status == 200


def test_it_holds_back_who_has_one_from_nothing(world: World) -> None:
    assert world.ask("GET /sites/{domain}", session_of(world, world.alice)).status == 200


def test_it_holds_back_members_from_the_page_of_the_team(world: World) -> None:
    alice, bob = session_of(world, world.alice), session_of(world, world.bob)
    team = world.team_of_all()
    public_id = team.public_id
    assert world.get(f"/teams/{public_id}", bob).status == 200
    world.teams.require_second_factor(team.id, is_required=True)

    assert world.get(f"/teams/{public_id}", bob).headers["location"] == f"{SECOND_FACTOR_PAGE}?next=/teams/{public_id}"
    assert (
        b"Without one: adam@example.com, bob@example.com, erin@example.com"
        in world.get(f"/teams/{public_id}", alice).body
    )
    world.second_factor_of(world.bob)
    assert world.get(f"/teams/{public_id}", session_of(world, world.bob)).status == 200
