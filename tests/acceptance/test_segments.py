"""Segments by key: Alice owns the site, Bob keeps his own, Charlie finds nothing."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.people import Install, bearer

from footfall.api.errors import install_error_handlers
from footfall.api.segments import segments_router
from footfall.sites import GoalKind

ESTONIA = [["is", "visit:country", ["EE"]]]


@pytest.fixture
def client(install: Install) -> TestClient:
    app = FastAPI()
    app.include_router(
        segments_router(sites=install.sites, segments=install.segments, goals=install.goals, keys=install.api_keys)
    )
    install_error_handlers(app)
    return TestClient(app)


@pytest.fixture
def path(install: Install) -> str:
    return f"/api/v1/sites/{install.site.public_id}/segments"


@pytest.fixture
def alice(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["stats:read", "sites:write"], owner_id=install.alice.id))


@pytest.fixture
def bob(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["stats:read"], owner_id=install.bob.id))


def add(client: TestClient, path: str, who: dict[str, str], **fields: Any) -> Any:
    return client.post(path, json={"name": "Baltics", "filters": ESTONIA, **fields}, headers=who)


def names(client: TestClient, path: str, who: dict[str, str]) -> list[str]:
    return [segment["name"] for segment in client.get(path, headers=who).json()["segments"]]


def test_it_keeps_a_segment_for_its_person(
    client: TestClient, path: str, alice: dict[str, str], bob: dict[str, str]
) -> None:
    made = add(client, path, bob).json()

    assert made == {"id": made["id"], "name": "Baltics", "type": "personal", "filters": ESTONIA}
    assert client.get(path, headers=bob).json() == {"segments": [made]}
    assert names(client, path, alice) == []
    assert client.delete(f"{path}/{made['id']}", headers=alice).status_code == 404
    assert client.delete(f"{path}/{made['id']}", headers=bob).json() == {"deleted": "true"}
    assert names(client, path, bob) == []


def test_it_shows_a_segment_of_the_site_to_all_members(
    client: TestClient, path: str, alice: dict[str, str], bob: dict[str, str]
) -> None:
    made = add(client, path, alice, name="Ours", type="site").json()

    assert names(client, path, bob) == ["Ours"]
    assert add(client, path, bob, type="site").status_code == 403
    assert client.delete(f"{path}/{made['id']}", headers=bob).status_code == 403
    assert client.delete(f"{path}/{made['id']}", headers=alice).status_code == 200


def test_it_gives_the_key_of_a_site_no_person(client: TestClient, path: str, install: Install, bob: Any) -> None:
    key = bearer(install.keys.create(["stats:read"], site_id=install.site.id))
    add(client, path, bob)

    assert names(client, path, key) == []
    assert add(client, path, key).status_code == 403


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999999"])
def test_it_refuses_what_is_no_number(client: TestClient, path: str, bob: dict[str, str], number: str) -> None:
    answer = client.delete(f"{path}/{number}", headers=bob)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("segment_id: ")


def test_it_hides_the_site_from_strangers(client: TestClient, path: str, install: Install) -> None:
    charlie = bearer(install.keys.create(["stats:read"], owner_id=install.charlie.id))

    assert client.get(path, headers=charlie).status_code == 404
    assert add(client, path, charlie).status_code == 404
    assert client.get(path).status_code == 401


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Parameter `name` is required."),
        ({"name": "x" * 201}, "Enter a name, at most 200 characters."),
        ({"type": "team"}, "Parameter `type` must be one of personal, site."),
        ({"filters": []}, "A segment needs at least one filter."),
        ({"filters": None}, "#/filters: Type mismatch. Expected Array but got Null."),
        ({"filters": [["is", "event:goal", ["Nope"]]]}, "The goal `Nope` is not configured"),
        ({"filters": [["is", "segment", [1]]]}, "#/filters/0: The segment 1 does not exist"),
    ],
)
def test_it_says_what_is_wrong(
    client: TestClient, path: str, bob: dict[str, str], fields: dict[str, Any], message: str
) -> None:
    answer = add(client, path, bob, **fields)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(message)


def test_it_takes_filters_on_goals_of_the_site(
    client: TestClient, path: str, bob: dict[str, str], install: Install
) -> None:
    install.goals.add(install.site.id, GoalKind.EVENT, "Signup")

    assert add(client, path, bob, filters=[["is", "event:goal", ["Signup"]]]).status_code == 200
