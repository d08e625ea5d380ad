"""/teams: Alice owns a team, Bob joins it, Charlie finds nothing."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.acceptance.pages_app import PagesApp, form_token, without_token

from footfall.accounts import Place, Team
from footfall.domain.roles import Role
from footfall.errors import NotSignedIn


def alices_team(pages: PagesApp) -> Team:
    return pages.install.teams.of_user(pages.install.alice.id)[0].team


def add_bob(pages: PagesApp, role: Role) -> None:
    people = pages.install
    place = Place(team_id=alices_team(pages).id)
    token = people.invitations.invite(place, "bob@example.com", role, giver_id=people.alice.id, giver=Role.OWNER)
    people.invitations.accept(token, people.bob.id)
    people.sites.refresh()


def send(browser: TestClient, path: str, **fields: str) -> Any:
    token = form_token(browser.get("/teams"))
    return browser.post(path, data={"form_token": token, **fields})


def role_of_bob(pages: PagesApp) -> Role | None:
    members = pages.install.teams.members(alices_team(pages).id)
    return next((each.role for each in members if each.user_id == pages.install.bob.id), None)


def test_it_makes_a_team_with_the_first_site(pages: PagesApp) -> None:
    page = pages.browser_of("alice@example.com").get(f"/teams/{alices_team(pages).public_id}")

    assert alices_team(pages).name == "alice"
    assert "example.com" in page.text
    assert pages.install.sites.team_of(pages.install.site.id) == alices_team(pages).id


def test_it_makes_another_team_and_adds_a_site_to_it(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")

    made = send(browser, "/teams", name="  The   shop ")
    public_id = made.headers["location"].removeprefix("/teams/")
    form = {"domain": "shop.example", "timezone": "Etc/UTC", "currency": "EUR", "team": public_id}
    added = send(browser, "/sites/new", **form)

    assert '<h1 class="page-title">The shop</h1>' in browser.get(f"/teams/{public_id}").text
    assert added.status_code == 303
    shop = pages.install.sites.by_domain("shop.example")
    team = pages.install.teams.membership(pages.install.alice.id, public_id).team
    assert shop is not None
    assert pages.install.sites.team_of(shop.id) == team.id


@pytest.mark.parametrize("name", ["", " \t ", "x" * 81, "a\u202eb"])
def test_it_says_that_a_team_needs_a_name(pages: PagesApp, name: str) -> None:
    answer = send(pages.browser_of("alice@example.com"), "/teams", name=name)

    assert answer.status_code == 400
    assert "A team needs a name" in answer.text


def test_it_does_not_exist_for_strangers(pages: PagesApp) -> None:
    team = alices_team(pages).public_id
    charlie = pages.browser_of("charlie@example.com")

    for path in ("name", "invitations", f"members/{pages.install.bob.id}/role", "leave", "delete"):
        assert send(charlie, f"/teams/{team}/{path}").status_code == 404
    hidden, unknown = charlie.get(f"/teams/{team}"), charlie.get("/teams/doesnotexist")
    assert (hidden.status_code, without_token(hidden.text)) == (404, without_token(unknown.text))
    assert pages.browser().get(f"/teams/{team}").headers["location"] == f"/sign-in?next=/teams/{team}"


@pytest.mark.parametrize(
    ("role", "reads", "manages", "owns"),
    [
        (Role.OWNER, True, True, True),
        (Role.ADMIN, True, True, False),
        (Role.EDITOR, True, False, False),
        (Role.VIEWER, True, False, False),
    ],
)
def test_it_lets_each_role_do_what_its_row_says(
    pages: PagesApp, role: Role, reads: bool, manages: bool, owns: bool
) -> None:
    pages.install.sites.remove_guest(pages.install.site.id, pages.install.bob.id)
    add_bob(pages, role)
    team, site = alices_team(pages).public_id, "/sites/example.com"
    bob = pages.browser_of("bob@example.com")

    assert (bob.get(f"{site}/install").status_code == 200) is reads
    assert (bob.get(f"{site}/settings").status_code == 200) is manages
    assert (send(bob, f"{site}/settings/reset").status_code != 403) is owns
    assert (send(bob, f"{site}/settings/transfer").status_code != 403) is owns
    assert (send(bob, f"{site}/settings/delete").status_code != 403) is owns
    assert bob.get(f"/teams/{team}").status_code == 200
    assert (send(bob, f"/teams/{team}/invitations").status_code != 403) is manages
    assert (send(bob, f"/teams/{team}/name", name="Ours").status_code != 403) is owns
    assert (send(bob, f"/teams/{team}/sites/example.com/move").status_code != 403) is owns


def test_it_changes_a_role_at_once(pages: PagesApp) -> None:
    add_bob(pages, Role.VIEWER)
    team, bob_id = alices_team(pages).public_id, pages.install.bob.id
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")
    assert bob.get("/sites/example.com/settings").status_code == 403

    assert send(alice, f"/teams/{team}/members/{bob_id}/role", role="admin").status_code == 303
    pages.install.clock.move(seconds=1)

    assert bob.get("/sites/example.com/settings").status_code == 200
    assert send(alice, f"/teams/{team}/members/{bob_id}/role", role="king").status_code == 400


def test_it_keeps_owners_out_of_reach_of_admins(pages: PagesApp) -> None:
    add_bob(pages, Role.ADMIN)
    team, people = alices_team(pages).public_id, pages.install
    bob = pages.browser_of("bob@example.com")

    refused = [
        send(bob, f"/teams/{team}/members/{people.alice.id}/role", role="viewer"),
        send(bob, f"/teams/{team}/members/{people.alice.id}/remove"),
        send(bob, f"/teams/{team}/members/{people.bob.id}/role", role="owner"),
        send(bob, f"/teams/{team}/invitations", email="dora@example.com", role="owner"),
    ]

    assert [answer.status_code for answer in refused] == [403] * 4
    assert role_of_bob(pages) is Role.ADMIN


def test_it_removes_a_member_with_all_that_was_seen_by_it(pages: PagesApp) -> None:
    people, team = pages.install, alices_team(pages).public_id
    people.sites.remove_guest(people.site.id, people.bob.id)
    add_bob(pages, Role.ADMIN)
    place = Place(team_id=alices_team(pages).id)
    offer = people.invitations.invite(place, "dora@example.com", Role.VIEWER, giver_id=people.bob.id, giver=Role.ADMIN)
    key = people.keys.create(["stats:read"], owner_id=people.bob.id)

    removed = send(pages.browser_of("alice@example.com"), f"/teams/{team}/members/{people.bob.id}/remove")
    people.clock.move(seconds=2)

    assert removed.status_code == 303
    assert not people.sites.may_read(people.bob.id, people.site.id)
    assert not people.keys.check(key, "stats:read").may_use(people.site.id)
    assert pages.browser().get(f"/invitations/{offer}").status_code == 404


def test_it_keeps_an_owner(pages: PagesApp) -> None:
    team, alice_id = alices_team(pages).public_id, pages.install.alice.id
    alice = pages.browser_of("alice@example.com")

    left = send(alice, f"/teams/{team}/leave")
    lowered = send(alice, f"/teams/{team}/members/{alice_id}/role", role="viewer")
    deleted = send(alice, f"/teams/{team}/delete")

    assert (left.status_code, lowered.status_code, deleted.status_code) == (409, 409, 409)
    assert "A team needs an owner" in left.text
    assert "still has sites" in deleted.text


def test_it_lets_go_who_wants_to_leave(pages: PagesApp) -> None:
    add_bob(pages, Role.EDITOR)
    bob = pages.browser_of("bob@example.com")

    answer = send(bob, f"/teams/{alices_team(pages).public_id}/leave")

    assert answer.headers["location"] == "/teams"
    assert role_of_bob(pages) is None


def test_it_moves_a_site_with_its_guests_and_ends_its_keys(pages: PagesApp) -> None:
    people, team = pages.install, alices_team(pages).public_id
    target = people.teams.create("Shop", people.alice.id)
    key = people.keys.create(["stats:read"], site_id=people.site.id)

    moved = send(pages.browser_of("alice@example.com"), f"/teams/{team}/sites/example.com/move", to=target.public_id)

    assert moved.status_code == 303
    assert people.sites.team_of(people.site.id) == target.id
    assert [guest.email for guest in people.sites.guests(people.site.id)] == ["bob@example.com"]
    with pytest.raises(NotSignedIn):
        people.keys.check(key, "stats:read")


def test_it_moves_no_site_into_a_team_of_others(pages: PagesApp) -> None:
    people, team = pages.install, alices_team(pages).public_id
    charlies = people.teams.of_user(people.charlie.id)[0].team
    alice = pages.browser_of("alice@example.com")

    into_charlies = send(alice, f"/teams/{team}/sites/example.com/move", to=charlies.public_id)
    of_charlie = send(alice, f"/teams/{team}/sites/charlie.example/move", to=team)

    assert (into_charlies.status_code, of_charlie.status_code) == (400, 404)
    assert people.sites.team_of(people.other_site.id) == charlies.id


def test_it_deletes_a_team_without_sites(pages: PagesApp) -> None:
    people = pages.install
    empty = people.teams.create("Empty", people.alice.id)

    answer = send(pages.browser_of("alice@example.com"), f"/teams/{empty.public_id}/delete")

    assert answer.headers["location"] == "/teams"
    assert [each.team.name for each in people.teams.of_user(people.alice.id)] == ["alice"]


def test_it_refuses_forms_without_the_token_of_the_session(pages: PagesApp) -> None:
    team = alices_team(pages).public_id
    alice = pages.browser_of("alice@example.com")

    assert alice.post("/teams", data={"name": "x"}).status_code == 403
    assert alice.post(f"/teams/{team}/leave").status_code == 403
