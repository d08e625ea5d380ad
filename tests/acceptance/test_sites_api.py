"""/api/v1/sites: what clients of Plausible's Sites API send, and what they get back."""

from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from tests.people import Install, bearer

from footfall.accounts import Place
from footfall.api.custom_properties import custom_properties_router
from footfall.api.errors import install_error_handlers
from footfall.api.goals import goals_router
from footfall.api.guests import InviteGuest, guests_router
from footfall.api.sites import sites_router
from footfall.api.teams import teams_api_router
from footfall.domain import Site
from footfall.domain.roles import Role

SITES = "/api/v1/sites"


@pytest.fixture
def deleted() -> list[Site]:
    return []


@pytest.fixture
def client(install: Install, deleted: list[Site]) -> TestClient:
    async def delete_site_data(site: Site) -> None:
        deleted.append(site)

    app = FastAPI()
    app.include_router(goals_router(sites=install.sites, goals=install.goals, keys=install.api_keys))
    app.include_router(custom_properties_router(sites=install.sites, keys=install.api_keys))
    app.include_router(teams_api_router(teams=install.teams, keys=install.api_keys))
    app.include_router(
        guests_router(
            sites=install.sites, invitations=install.invitations, invite=inviting(install), keys=install.api_keys
        )
    )
    app.include_router(
        sites_router(sites=install.sites, teams=install.teams, keys=install.api_keys, delete_site_data=delete_site_data)
    )
    install_error_handlers(app)
    return TestClient(app)


def inviting(install: Install) -> InviteGuest:
    async def invite(_request: Request, user_id: int, site: Site, email: str, role: Role) -> str:
        giver = install.sites.role(user_id, site.id) or Role.VIEWER
        return install.invitations.invite(Place(site_id=site.id), email, role, giver_id=user_id, giver=giver)

    return invite


@pytest.fixture
def alice(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["sites:write"], owner_id=install.alice.id))


@pytest.fixture
def bob(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["admin"], owner_id=install.bob.id))


def test_it_creates_a_site(client: TestClient, alice: dict[str, str], install: Install) -> None:
    body = {
        "domain": "new.example",
        "tracker_script_configuration": {"form_submissions": True, "outbound_links": False},
    }

    answer = client.post(SITES, json=body, headers=alice)

    site = install.sites.by_domain("new.example")
    assert site is not None
    assert answer.status_code == 200
    assert answer.json() == {
        "domain": "new.example",
        "timezone": "Etc/UTC",
        "public_id": site.public_id,
        "currency": "EUR",
        "identity_mode": "cookieless",
        "week_start": "monday",
        "retention_days": 0,
        "properties_per_event": 30,
        "monthly_events": 0,
        "public_counter": False,
        "public_dashboard": False,
        "public_small_groups": False,
        "public_cities": False,
        "allowed_hostnames": [],
        "query_parameters": [],
        "custom_domain": "",
        "script_path": "",
        "intake_path": "",
        "custom_properties": [],
        "tracker_script_configuration": {
            "id": site.public_id,
            "installation_type": "manual",
            "track_404_pages": False,
            "hash_based_routing": False,
            "outbound_links": False,
            "file_downloads": True,
            "revenue_tracking": True,
            "tagged_events": False,
            "form_submissions": True,
            "pageview_props": True,
        },
    }
    assert install.sites.may_manage(install.alice.id, site.id)


def test_it_takes_forms_as_well(client: TestClient, alice: dict[str, str]) -> None:
    form = {
        "domain": "new.example",
        "timezone": "Europe/London",
        "tracker_script_configuration[track_404_pages]": "true",
    }

    answer = client.post(SITES, data=form, headers=alice).json()

    assert answer["timezone"] == "Europe/London"
    assert answer["tracker_script_configuration"]["track_404_pages"] is True


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({}, 400, "Parameter `domain` is required."),
        ({"domain": 5}, 400, "Parameter `domain` must be text."),
        ({"domain": "a b"}, 400, "Enter a domain"),
        ({"domain": "new.example", "timezone": "Mars"}, 400, "time zone"),
        ({"domain": "example.com"}, 409, "There is a site example.com already"),
        ({"domain": "n.example", "tracker_script_configuration": {"outbound_links": 3}}, 400, "must be true or false"),
        ({"domain": "n.example", "tracker_script_configuration": []}, 400, "must be an object"),
        ([], 400, "must be a JSON object"),
    ],
)
def test_it_says_what_is_wrong(
    client: TestClient, alice: dict[str, str], body: Any, status: int, sentence: str
) -> None:
    answer = client.post(SITES, json=body, headers=alice)

    assert answer.status_code == status
    assert sentence in answer.json()["error"]


def test_it_lists_the_callers_sites_page_by_page(client: TestClient, install: Install, alice: dict[str, str]) -> None:
    for number in range(3):
        install.sites.create(f"site{number}.example", owner_id=install.alice.id)

    first = client.get(SITES, params={"limit": 3}, headers=alice).json()
    second = client.get(SITES, params={"limit": 3, "after": first["meta"]["after"]}, headers=alice).json()

    domains = [site["domain"] for page in (first, second) for site in page["sites"]]
    assert domains == ["example.com", "site0.example", "site1.example", "site2.example"]
    assert first["meta"]["limit"] == 3
    assert second["meta"]["after"] is None
    assert set(first["sites"][0]) == {"domain", "timezone", "public_id"}
    assert client.get(SITES, params={"limit": 1001}, headers=alice).status_code == 400


def test_it_changes_a_site_and_keeps_what_was_not_named(
    client: TestClient, alice: dict[str, str], install: Install
) -> None:
    configuration = {"tracker_script_configuration": {"hash_based_routing": True}}

    moved = client.put(f"{SITES}/example.com", json={"domain": "example.org"}, headers=alice).json()
    changed = client.put(f"{SITES}/example.org", json=configuration, headers=alice).json()

    assert (moved["domain"], moved["timezone"]) == ("example.org", "Europe/Tallinn")
    assert changed["tracker_script_configuration"]["hash_based_routing"] is True
    assert changed["tracker_script_configuration"]["outbound_links"] is True
    assert client.get(f"{SITES}/example.org", headers=alice).json() == changed
    assert client.put(f"{SITES}/example.org", json={}, headers=alice).status_code == 400


def test_it_sets_the_options_of_our_own(client: TestClient, alice: dict[str, str]) -> None:
    options = {
        "monthly_events": 10_000,
        "identity_mode": "consented",
        "retention_days": 750,
        "query_parameters": ["page"],
        "currency": "SEK",
    }

    changed = client.put(f"{SITES}/example.com", json=options, headers=alice).json()

    assert {name: changed[name] for name in options} == options


@pytest.mark.parametrize(
    "options",
    [{"retention_days": "750"}, {"retention_days": -1}, {"query_parameters": [1]}, {"identity_mode": "known"}],
)
def test_it_refuses_options_that_make_no_sense(
    client: TestClient, alice: dict[str, str], options: dict[str, Any]
) -> None:
    assert client.put(f"{SITES}/example.com", json=options, headers=alice).status_code == 400


def test_it_deletes_a_site_and_its_data(
    client: TestClient, alice: dict[str, str], install: Install, deleted: list[Site]
) -> None:
    answer = client.delete(f"{SITES}/example.com", headers=alice)

    assert answer.json() == {"deleted": "true"}
    assert deleted == [install.site]
    assert client.get(f"{SITES}/example.com", headers=alice).json() == {"error": "Site could not be found"}


def test_it_lets_an_admin_change_but_not_delete(
    client: TestClient, bob: dict[str, str], install: Install, deleted: list[Site]
) -> None:
    install.sites.add_member(install.site.id, install.bob.id, Role.ADMIN)

    changed = client.put(f"{SITES}/example.com", json={"timezone": "Europe/Berlin"}, headers=bob)

    assert changed.status_code == 200
    assert client.delete(f"{SITES}/example.com", headers=bob).status_code == 403
    assert deleted == []


def test_it_lets_a_teammate_read_but_not_change(client: TestClient, bob: dict[str, str]) -> None:
    assert client.get(f"{SITES}/example.com", headers=bob).status_code == 200
    assert client.put(f"{SITES}/example.com", json={"domain": "bob.example"}, headers=bob).status_code == 404
    assert client.delete(f"{SITES}/example.com", headers=bob).status_code == 404


def test_it_hides_sites_from_strangers(client: TestClient, alice: dict[str, str]) -> None:
    hidden, unknown = (client.get(f"{SITES}/{name}", headers=alice) for name in ("charlie.example", "no.example"))

    assert (hidden.status_code, hidden.json()) == (unknown.status_code, unknown.json())
    assert hidden.status_code == 404


def test_it_makes_no_sites_with_the_key_of_one_site(client: TestClient, install: Install) -> None:
    key = bearer(install.keys.create(["sites:write"], site_id=install.site.id))

    assert client.get(f"{SITES}/example.com", headers=key).status_code == 200
    assert client.post(SITES, json={"domain": "new.example"}, headers=key).status_code == 403


def test_it_refuses_callers_in_the_words_their_clients_know(client: TestClient, install: Install) -> None:
    no_scope = bearer(install.keys.create(["stats:read"], owner_id=install.alice.id))
    missing = "Missing API key. Please use a valid Plausible API key as a Bearer Token."
    invalid = (
        "Invalid API key. Please make sure you're using a valid API key with access to the resource you've requested."
    )

    answers = [client.get(SITES, headers=headers) for headers in ({}, bearer("ff_wrong"), no_scope)]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert [answer.json()["error"] for answer in answers] == [missing, invalid, invalid]


def test_it_keeps_goals(client: TestClient, alice: dict[str, str]) -> None:
    event = {"site_id": "example.com", "goal_type": "event", "event_name": "Signup"}
    page = {"site_id": "example.com", "goal_type": "page", "page_path": "/thanks", "display_name": "Thanks"}

    signup = client.put(f"{SITES}/goals", json=event, headers=alice).json()
    again = client.put(f"{SITES}/goals", data=event, headers=alice).json()
    client.put(f"{SITES}/goals", json=page, headers=alice)
    listed = client.get(f"{SITES}/goals", params={"site_id": "example.com"}, headers=alice).json()

    assert signup == again
    assert signup == {
        "domain": "example.com",
        "id": signup["id"],
        "goal_type": "event",
        "display_name": "Signup",
        "event_name": "Signup",
        "page_path": None,
        "custom_props": {},
    }
    assert isinstance(signup["id"], str)
    assert [goal["display_name"] for goal in listed["goals"]] == ["Signup", "Thanks"]
    assert listed["meta"] == {"after": None, "before": None, "limit": 100}

    gone = client.request("DELETE", f"{SITES}/goals/{signup['id']}", json={"site_id": "example.com"}, headers=alice)
    assert gone.json() == {"deleted": "true"}
    twice = client.delete(f"{SITES}/goals/{signup['id']}", params={"site_id": "example.com"}, headers=alice)
    assert twice.status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"goal_type": "event", "event_name": "Signup"}, 400),
        ({"site_id": "charlie.example", "goal_type": "event", "event_name": "Signup"}, 404),
        ({"site_id": "example.com", "goal_type": "scroll", "event_name": "Signup"}, 400),
        ({"site_id": "example.com", "goal_type": "event"}, 400),
        ({"site_id": "example.com", "goal_type": "page", "page_path": "thanks"}, 400),
    ],
)
def test_it_refuses_goals_that_make_no_sense(
    client: TestClient, alice: dict[str, str], body: dict[str, str], status: int
) -> None:
    assert client.put(f"{SITES}/goals", json=body, headers=alice).status_code == status


def test_it_names_and_forgets_properties(client: TestClient, alice: dict[str, str], bob: dict[str, str]) -> None:
    site = {"site_id": "example.com"}
    properties = f"{SITES}/custom-props"

    created = [
        client.put(properties, json={**site, "property": name}, headers=alice).json()
        for name in ("plan", "a/b", "plan")
    ]
    listed = client.get(properties, params=site, headers=alice).json()
    shown = client.get(f"{SITES}/example.com", headers=alice).json()["custom_properties"]
    deleted = client.request("DELETE", f"{properties}/a/b", json=site, headers=alice).json()

    assert created == [{"created": True}] * 3
    assert listed == {"custom_properties": [{"property": "plan"}, {"property": "a/b"}]}
    assert shown == ["plan", "a/b"]
    assert deleted == {"deleted": "true"}
    assert client.get(properties, params=site, headers=alice).json() == {"custom_properties": [{"property": "plan"}]}
    assert client.put(properties, json={**site, "property": "x"}, headers=bob).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "", {"site_id": "example.com"}, 400),
        ("PUT", "", {"site_id": "example.com", "property": "x" * 301}, 400),
        ("PUT", "", {"property": "plan"}, 400),
        ("PUT", "", {"site_id": "charlie.example", "property": "plan"}, 404),
        ("DELETE", "/never", {"site_id": "example.com"}, 404),
    ],
)
def test_it_says_what_is_wrong_with_a_property(
    client: TestClient, alice: dict[str, str], method: str, path: str, body: Any, status: int
) -> None:
    answer = client.request(method, f"{SITES}/custom-props{path}", json=body, headers=alice)

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_it_keeps_the_currency_of_a_goal(client: TestClient, alice: dict[str, str]) -> None:
    goal = {"site_id": "example.com", "goal_type": "event", "event_name": "Order", "currency": "usd"}

    made = client.put(f"{SITES}/goals", json=goal, headers=alice).json()
    again = client.put(f"{SITES}/goals", json=goal, headers=alice).json()
    other = client.put(f"{SITES}/goals", json=goal | {"currency": "EUR"}, headers=alice)

    assert made["currency"] == "USD"
    assert again == made
    assert other.status_code == 409
    assert client.put(f"{SITES}/goals", json=goal | {"currency": "money"}, headers=alice).status_code == 400


def test_it_lists_teams_and_their_sites(client: TestClient, alice: dict[str, str], install: Install) -> None:
    shop = install.teams.create("Shop", install.alice.id)
    created = client.post(SITES, json={"domain": "shop.example", "team_id": shop.public_id}, headers=alice)

    teams = client.get(f"{SITES}/teams", headers=alice).json()
    first = client.get(f"{SITES}/teams", params={"limit": 1}, headers=alice).json()
    of_shop = client.get(SITES, params={"team_id": shop.public_id}, headers=alice).json()

    assert created.json()["domain"] == "shop.example"
    assert teams["teams"][-1] == {"id": shop.public_id, "name": "Shop", "api_available": True}
    assert len(teams["teams"]) == 2
    assert (len(first["teams"]), first["meta"]["after"] is not None) == (1, True)
    assert [site["domain"] for site in of_shop["sites"]] == ["shop.example"]


def test_it_makes_no_site_in_a_team_one_may_not_change(
    client: TestClient, bob: dict[str, str], install: Install
) -> None:
    theirs = install.teams.create("Theirs", install.alice.id)
    ours = install.teams.create("Ours", install.alice.id)
    offer = install.invitations.invite(
        Place(team_id=ours.id), "bob@example.com", Role.EDITOR, giver_id=install.alice.id, giver=Role.OWNER
    )
    install.invitations.accept(offer, install.bob.id)

    statuses = {
        team.name: client.post(SITES, json={"domain": "x.example", "team_id": team.public_id}, headers=bob).status_code
        for team in (theirs, ours)
    }

    assert statuses == {"Theirs": 404, "Ours": 403}
    assert client.get(SITES, params={"team_id": theirs.public_id}, headers=bob).status_code == 404


def test_it_invites_finds_and_removes_guests(client: TestClient, alice: dict[str, str], install: Install) -> None:
    def put(email: str, role: str = "editor") -> Any:
        body = {"site_id": "example.com", "email": email, "role": role}
        return client.put(f"{SITES}/guests", data=body, headers=alice).json()

    invited, again, known = put("Dora@example.com"), put("dora@example.com", "viewer"), put("bob@example.com")
    listed = client.get(f"{SITES}/guests", params={"site_id": "example.com"}, headers=alice).json()["guests"]
    removed = [
        client.delete(f"{SITES}/guests/{email}", params={"site_id": "example.com"}, headers=alice).json()
        for email in ("bob@example.com", "dora@example.com", "dora@example.com")
    ]

    assert invited.pop("invitation_url")
    assert invited == {"email": "dora@example.com", "role": "editor", "status": "invited", "accepted": False} == again
    assert known == {"email": "bob@example.com", "role": "viewer", "status": "accepted", "accepted": True}
    assert listed == [known, again]
    assert removed == [{"deleted": "true"}] * 2 + [{"error": "This site has no such guest; they may have left."}]
    assert not install.sites.may_read(install.bob.id, install.site.id)


def test_it_tells_guests_to_those_alone_who_may_change_the_site(
    client: TestClient, alice: dict[str, str], bob: dict[str, str], install: Install
) -> None:
    of_site = bearer(install.keys.create(["sites:write"], site_id=install.site.id))
    body = {"site_id": "example.com", "email": "dora@example.com", "role": "viewer"}

    assert client.get(f"{SITES}/guests", params={"site_id": "example.com"}, headers=bob).status_code == 404
    assert client.put(f"{SITES}/guests", json=body, headers=of_site).status_code == 403
    assert client.put(f"{SITES}/guests", json=body | {"role": "owner"}, headers=alice).status_code == 400
    assert client.put(f"{SITES}/guests", json=body | {"email": "alice@example.com"}, headers=alice).status_code == 409
