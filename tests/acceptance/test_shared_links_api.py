"""Shared links for programs: as Plausible's clients make them, and by routes of our own."""

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running

WIRE = "/api/v1/sites/shared-links"


@pytest.fixture
def alice(running: Running) -> dict[str, str]:
    owner = running.install.people.accounts.by_email("alice@alice.example")
    assert owner is not None
    return {"Authorization": f"Bearer {running.install.people.keys.create(['sites:write'], owner_id=owner.id)}"}


@pytest.fixture
def charlie(running: Running) -> dict[str, str]:
    stranger = running.install.people.accounts.create_user("charlie@charlie.example", "correct horse battery")
    return {"Authorization": f"Bearer {running.install.people.keys.create(['sites:write'], owner_id=stranger.id)}"}


@pytest.fixture
def own(running: Running) -> str:
    return f"/api/v1/sites/{running.site.public_id}/shared-links"


def test_it_finds_or_makes_a_link_as_plausible_does(running: Running, alice: dict[str, str]) -> None:
    form = {"site_id": "alice.example", "name": "Wordpress"}

    made = running.http.put(WIRE, data=form, headers=alice)
    found = running.http.put(WIRE, json=form, headers=alice)

    (link,) = running.install.belongings.shared_links.of_site(running.site.id)
    assert made.status_code == 200
    expected = {"name": "Wordpress", "url": f"http://testserver/share/alice.example?auth={link.slug}"}
    assert made.json() == found.json() == expected
    assert running.http.get(f"{made.json()['url']}&embed=true&theme=dark").status_code == 200


def test_it_answers_in_plausibles_words(running: Running, alice: dict[str, str], charlie: dict[str, str]) -> None:
    form = {"site_id": "alice.example", "name": "Wordpress"}

    def put(body: dict[str, str], headers: dict[str, str]) -> tuple[int, list[str]]:
        answer = running.http.put(WIRE, json=body, headers=headers)
        return answer.status_code, list(answer.json())

    reading = {"Authorization": f"Bearer {running.key}"}
    assert put(form, {}) == put(form, reading) == (401, ["error"])
    assert put(form, charlie) == put({**form, "site_id": "unknown.example"}, alice) == (404, ["error"])
    assert put({"site_id": "alice.example"}, alice) == put({**form, "name": " "}, alice) == (400, ["error"])
    assert running.install.belongings.shared_links.of_site(running.site.id) == []


def test_it_makes_lists_and_deletes_links(running: Running, alice: dict[str, str], own: str) -> None:
    segment = running.install.belongings.segments.add(
        running.site.id, None, "Mail", [["is", "visit:utm_source", ["mail"]]]
    )
    form = {
        "name": "Agency",
        "password": "let me see it",
        "segment_id": segment.id,
        "expires_at": "2099-12-31T23:59:59+01:00",
    }

    made = running.http.post(own, json=form, headers=alice)
    listed = running.http.get(own, headers=alice).json()
    (link,) = running.install.belongings.shared_links.of_site(running.site.id)
    deleted = running.http.delete(f"{own}/{link.id}", headers=alice)

    assert made.status_code == 201
    assert listed == {"shared_links": [made.json()]}
    assert made.json() == {
        "id": link.id,
        "name": "Agency",
        "url": f"http://testserver/share/alice.example?auth={link.slug}",
        "has_password": True,
        "segment": "Mail",
        "embedded_by": [],
        "expires_at": "2099-12-31T22:59:59+00:00",
    }
    assert "let me see it" not in str(listed)
    assert deleted.json() == {"deleted": "true"}
    assert running.http.get(own, headers=alice).json() == {"shared_links": []}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "a", "password": "short"},
        {"name": "a", "password": 7},
        {"name": "a", "segment_id": 999},
        {"name": "a", "embedded_by": "https://a.example"},
        {"name": "a", "embedded_by": ["https://a.example/path"]},
        {"name": "a", "embedded_by": ["'self'"]},
        {"name": "a", "embedded_by": ["*"], "password": "let me see it"},
        {"name": "a", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "a", "expires_at": "2099-01-01"},
        {"name": "a", "expires_at": 5},
    ],
)
def test_it_says_what_is_wrong(running: Running, alice: dict[str, str], own: str, fields: dict[str, object]) -> None:
    answer = running.http.post(own, json=fields, headers=alice)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_input")


def test_it_is_for_owners_alone(running: Running, charlie: dict[str, str], own: str) -> None:
    link = running.install.belongings.shared_links.add(running.site.id, "Agency")

    def statuses(headers: dict[str, str]) -> list[int]:
        answers: list[httpx.Response] = [
            running.http.get(own, headers=headers),
            running.http.post(own, json={"name": "Mine"}, headers=headers),
            running.http.delete(f"{own}/{link.id}", headers=headers),
        ]
        return [answer.status_code for answer in answers]

    assert statuses({}) == [401] * 3
    assert statuses({"Authorization": f"Bearer {running.key}"}) == [403] * 3  # reads and sends, but manages nothing
    assert statuses(charlie) == [404] * 3
    assert running.install.belongings.shared_links.of_site(running.site.id) == [link]


def test_it_deletes_no_link_of_another_site(running: Running, charlie: dict[str, str]) -> None:
    link = running.install.belongings.shared_links.add(running.site.id, "Agency")
    stranger = running.install.people.accounts.by_email("charlie@charlie.example")
    assert stranger is not None
    other = running.install.sites.create("charlie.example", owner_id=stranger.id)

    answer = running.http.delete(f"/api/v1/sites/{other.public_id}/shared-links/{link.id}", headers=charlie)

    assert answer.status_code == 404
    assert running.install.belongings.shared_links.of_site(running.site.id) == [link]
