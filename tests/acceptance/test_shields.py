"""Shields on a site's settings page and in the API: Alice keeps out, Bob may look by key, Charlie finds nothing."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.acceptance.pages_app import PagesApp, form_token
from tests.people import Install

from footfall.api.errors import install_error_handlers
from footfall.api.shields import shields_api_router
from footfall.domain import DropReason, Site
from footfall.sites import ShieldKind
from footfall.web.pages.refused import SENTENCES

SETTINGS = "/sites/example.com/settings"


def test_it_adds_shields_and_takes_them_away(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(alice.get(SETTINGS))}

    added = alice.post(f"{SETTINGS}/shields", data={"kind": "country", "value": "de"} | token)
    alice.post(f"{SETTINGS}/shields", data={"kind": "page", "value": "/admin/**", "label": "Back office"} | token)
    page = alice.get(added.headers["location"])

    assert added.headers["location"] == f"{SETTINGS}/shields?saved=shields#shields"
    assert all(text in page.text for text in ("🇩🇪 Germany", "/admin/**", "Back office", "Saved."))
    shield = pages.install.shields.of_site(pages.install.site.id)[0]
    assert alice.post(f"{SETTINGS}/shields/{shield.id}/remove", data=token).status_code == 303
    assert "Germany" not in alice.get(f"{SETTINGS}/shields").text


def test_it_keeps_out_ones_own_address_by_one_click(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")
    page = alice.get(f"{SETTINGS}/shields")
    assert "You come from 127.0.0.1." in page.text

    answer = alice.post(f"{SETTINGS}/shields/own-address", data={"form_token": form_token(page)})

    assert answer.status_code == 303
    shields = pages.install.shields.of_site(pages.install.site.id)
    assert [(shield.hint, shield.label) for shield in shields] == [("127.0.x.x/32", "My own address")]


def test_it_keeps_out_the_whole_network_of_ones_own_ipv6_address(pages: PagesApp) -> None:
    alice = pages.browser(client=("2001:db8:1:2:3::4", 50_000))
    alice.post("/sign-in", data={"email": "alice@example.com", "password": "correct horse battery"})

    alice.post(f"{SETTINGS}/shields/own-address", data={"form_token": form_token(alice.get(SETTINGS))})

    assert [shield.hint for shield in pages.install.shields.of_site(pages.install.site.id)] == ["2001:db8:x/64"]


def test_it_says_what_is_wrong_and_keeps_what_was_typed(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")
    typed = {"kind": "hostname", "value": "not a host", "label": "Test"}

    answer = alice.post(f"{SETTINGS}/shields", data=typed | {"form_token": form_token(alice.get(SETTINGS))})

    assert answer.status_code == 400
    assert "Enter a host" in answer.text
    assert 'value="not a host"' in answer.text
    assert re.search(r'<option value="hostname" selected>', answer.text)


def test_it_is_for_owners_only(pages: PagesApp) -> None:
    bob, charlie = pages.browser_of("bob@example.com"), pages.browser_of("charlie@example.com")

    def answer(browser: TestClient) -> int:
        token = {"form_token": form_token(browser.get("/sites/new"))}
        return browser.post(f"{SETTINGS}/shields/own-address", data=token).status_code

    assert (answer(bob), answer(charlie)) == (403, 404)
    assert pages.browser_of("alice@example.com").post(f"{SETTINGS}/shields/own-address").status_code == 403
    assert pages.install.shields.of_site(pages.install.site.id) == []


def test_it_removes_no_shield_of_another_site(pages: PagesApp) -> None:
    shield = pages.install.shields.add(pages.install.other_site.id, ShieldKind.COUNTRY, "DE")
    alice = pages.browser_of("alice@example.com")

    answer = alice.post(f"{SETTINGS}/shields/{shield.id}/remove", data={"form_token": form_token(alice.get(SETTINGS))})

    assert answer.status_code == 404
    assert pages.install.shields.of_site(pages.install.other_site.id) == [shield]


def test_it_says_what_was_refused(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")
    assert "Nothing in the last 30 days." in alice.get(f"{SETTINGS}/shields").text

    pages.verdicts = {"accepted": 12_345, "bot": 7, "shield_country": 1_200}
    page = alice.get(f"{SETTINGS}/shields").text

    assert "12,345 events" in page
    assert page.index(SENTENCES["shield_country"]) < page.index(SENTENCES["bot"])
    assert "1,200" in page
    assert SENTENCES["quota"] not in page


def test_it_has_a_sentence_for_every_outcome() -> None:
    assert SENTENCES.keys() == {*DropReason, "rejected"}


@pytest.fixture
def client(install: Install) -> TestClient:
    app = FastAPI()
    app.include_router(shields_api_router(sites=install.sites, shields=install.shields, keys=install.api_keys))
    install_error_handlers(app)
    return TestClient(app)


def path_of(site: Site) -> str:
    return f"/api/v1/sites/{site.public_id}/shields"


def bearer(install: Install, *scopes: str, owner_id: int) -> dict[str, str]:
    return {"authorization": f"Bearer {install.keys.create(list(scopes), owner_id=owner_id)}"}


def test_it_is_kept_by_api(client: TestClient, install: Install, tmp_path: Path) -> None:
    alice = bearer(install, "sites:write", owner_id=install.alice.id)
    path = path_of(install.site)
    body = {"kind": "address", "value": "203.0.113.7", "label": "Office"}

    added = client.post(path, json=body, headers=alice).json()
    again = client.post(path, json=body, headers=alice).json()

    assert added == again == {"id": added["id"], "kind": "address", "value": "203.0.x.x/32", "label": "Office"}
    assert client.get(path, headers=alice).json() == {"shields": [added]}
    assert client.get("/api/v1/sites/example.com/shields", headers=alice).json() == {"shields": [added]}
    assert client.delete(f"{path}/{added['id']}", headers=alice).json() == {"deleted": "true"}
    assert client.delete(f"{path}/{added['id']}", headers=alice).status_code == 404
    assert client.get(path, headers=alice).json() == {"shields": []}


def test_it_lets_a_teammate_read_only_and_strangers_nothing(client: TestClient, install: Install) -> None:
    bob = bearer(install, "sites:read", owner_id=install.bob.id)
    charlie = bearer(install, "sites:write", owner_id=install.charlie.id)
    body = {"kind": "country", "value": "DE"}

    assert client.get(path_of(install.site), headers=bob).status_code == 200
    assert client.post(path_of(install.site), json=body, headers=bob).status_code == 401
    assert client.get(path_of(install.site), headers=charlie).status_code == 404
    assert client.post(path_of(install.site), json=body, headers=charlie).status_code == 404
    assert client.get(path_of(install.site)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "planet", "value": "Mars"},
        {"kind": "country"},
        {"kind": "country", "value": 5},
        {"kind": "country", "value": "Germany"},
        {"kind": "address", "value": "203.0.113.7", "label": "203.0.113.7"},
    ],
)
def test_it_refuses_what_makes_no_sense(client: TestClient, install: Install, body: dict[str, object]) -> None:
    alice = bearer(install, "sites:write", owner_id=install.alice.id)

    answer = client.post(path_of(install.site), json=body, headers=alice)

    assert answer.status_code == 400
    assert isinstance(answer.json()["error"], str)
