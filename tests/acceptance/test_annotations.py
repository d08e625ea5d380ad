"""Annotations by key: Alice owns the site, Bob keeps his own, Charlie finds nothing."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.people import Install, bearer

from footfall.api.annotations import annotations_router
from footfall.api.errors import install_error_handlers


@pytest.fixture
def client(install: Install) -> TestClient:
    app = FastAPI()
    app.include_router(annotations_router(sites=install.sites, annotations=install.annotations, keys=install.api_keys))
    install_error_handlers(app)
    return TestClient(app)


@pytest.fixture
def path(install: Install) -> str:
    return f"/api/v1/sites/{install.site.public_id}/annotations"


@pytest.fixture
def alice(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["stats:read", "sites:write"], owner_id=install.alice.id))


@pytest.fixture
def bob(install: Install) -> dict[str, str]:
    return bearer(install.keys.create(["stats:read"], owner_id=install.bob.id))


def add(client: TestClient, path: str, who: dict[str, str], **fields: Any) -> Any:
    return client.post(path, json={"text": "Release", "from": "2026-05-01", **fields}, headers=who)


def texts(client: TestClient, path: str, who: dict[str, str]) -> list[str]:
    return [one["text"] for one in client.get(path, headers=who).json()["annotations"]]


def test_it_keeps_an_annotation_for_its_person(
    client: TestClient, path: str, alice: dict[str, str], bob: dict[str, str]
) -> None:
    made = add(client, path, bob).json()
    one = f"{path}/{made['id']}"

    assert made == {
        "id": made["id"],
        "text": "Release",
        "type": "personal",
        "from": "2026-05-01",
        "to": "2026-05-01",
    }
    assert client.get(path, headers=bob).json() == {"annotations": [made]}
    assert texts(client, path, alice) == []
    assert client.put(one, json={"text": "Hers"}, headers=alice).status_code == 404
    assert client.put(one, json={"to": "2026-05-03"}, headers=bob).json() == made | {"to": "2026-05-03"}
    assert client.delete(one, headers=alice).status_code == 404
    assert client.delete(one, headers=bob).json() == {"deleted": "true"}
    assert texts(client, path, bob) == []


def test_it_shows_an_annotation_of_the_site_to_all_members(
    client: TestClient, path: str, install: Install, alice: dict[str, str], bob: dict[str, str]
) -> None:
    made = add(client, path, alice, type="site").json()
    of_site = bearer(install.keys.create(["stats:read"], site_id=install.site.id))

    assert texts(client, path, bob) == texts(client, path, of_site) == ["Release"]
    assert add(client, path, bob, type="site").status_code == 403
    assert add(client, path, of_site).status_code == 403
    assert client.put(f"{path}/{made['id']}", json={"text": "Mine"}, headers=bob).status_code == 403
    assert client.delete(f"{path}/{made['id']}", headers=bob).status_code == 403
    assert client.put(f"{path}/{made['id']}", json={"text": "Sale"}, headers=alice).json()["text"] == "Sale"
    assert client.delete(f"{path}/{made['id']}", headers=alice).status_code == 200


def test_it_lists_those_of_some_days(client: TestClient, path: str, bob: dict[str, str]) -> None:
    add(client, path, bob, text="May", to="2026-05-31")
    add(client, path, bob, text="April", **{"from": "2026-04-01"})

    assert texts(client, f"{path}?from=2026-05-31", bob) == ["May"]
    assert texts(client, f"{path}?to=2026-04-30", bob) == ["April"]
    assert texts(client, path, bob) == ["April", "May"]


def test_it_hides_the_site_from_strangers(client: TestClient, path: str, install: Install) -> None:
    charlie = bearer(install.keys.create(["stats:read"], owner_id=install.charlie.id))

    assert client.get(path, headers=charlie).status_code == 404
    assert add(client, path, charlie).status_code == 404
    assert client.get(path).status_code == 401


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": ""}, "Parameter `text` is required."),
        ({"text": 7}, "Parameter `text` must be text."),
        ({"text": "x" * 501}, "Enter a text, at most 500 characters."),
        ({"type": "team"}, "Parameter `type` must be one of personal, site."),
        ({"from": "yesterday"}, "Parameter `from` is a day, as YYYY-MM-DD."),
        ({"from": "10000-01-01"}, "Parameter `from` is a day, as YYYY-MM-DD."),
        ({"to": "2026-02-30"}, "Parameter `to` is a day, as YYYY-MM-DD."),
        ({"to": "2026-04-30"}, "An annotation ends on its first day or later."),
    ],
)
def test_it_says_what_is_wrong(
    client: TestClient, path: str, bob: dict[str, str], fields: dict[str, Any], message: str
) -> None:
    answer = add(client, path, bob, **fields)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(message)


@pytest.mark.parametrize("text", ["x\\ud800", "x\\u0000"])
def test_it_refuses_what_no_database_takes(client: TestClient, path: str, bob: dict[str, str], text: str) -> None:
    body = f'{{"text": "{text}", "from": "2026-05-01"}}'

    answer = client.post(path, content=body, headers=bob)

    assert answer.status_code == 400
    assert "which is no text" in answer.json()["error"]


def test_it_asks_for_something_to_change(client: TestClient, path: str, bob: dict[str, str]) -> None:
    made = add(client, path, bob).json()

    answer = client.put(f"{path}/{made['id']}", json={}, headers=bob)

    assert (answer.status_code, answer.json()) == (400, {"error": "Send a new text, from or to."})
