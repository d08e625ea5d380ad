"""`/api/v1/sites/PUBLIC_ID/event-registry`: from the events that were sent to the words of the owner."""

from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running

from footfall.settings import Settings

VIEW = {"name": "pageview", "url": "https://alice.example/", "visitor": "Ada"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"event_names_per_site": 2, "property_keys_per_site": 3})


class Registry:
    """The registry of Alice's site, with a key for each right."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.path = f"/api/v1/sites/{running.site.public_id}/event-registry"
        self.owner = running.install.people.keys.create(["sites:write", "stats:read"], site_id=running.site.id)

    def call(self, method: str, path: str = "", *, key: str = "", **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key or self.owner}"}
        return self.running.http.request(method, self.path + path, headers=headers, **options)

    def read(self) -> Any:
        answer = self.call("GET")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def report(self, **parameters: str) -> httpx.Response:
        path = f"/api/v1/sites/{self.running.site.public_id}/properties"
        headers = {"Authorization": f"Bearer {self.owner}"}
        return self.running.http.get(path, params={"period": "today", **parameters}, headers=headers)


@pytest.fixture
def registry(running: Running) -> Registry:
    running.send(
        VIEW | {"props": {"author": "Bo"}},
        VIEW | {"name": "Signup", "props": {"plan": "pro", "seats": "3"}},
        VIEW | {"name": "Signup", "props": {"plan": "free", "seats": "10"}},
        VIEW | {"name": "Order"},
    )
    return Registry(running)


def test_it_lists_names_and_properties(registry: Registry) -> None:
    told = registry.read()

    signup, order = told["events"]
    assert (signup["name"], signup["count"], signup["description"]) == ("Signup", 2, "")
    assert signup["properties"] == [{"key": "plan", "type": "text"}, {"key": "seats", "type": "number"}]
    assert signup["first_seen_at"] <= signup["last_seen_at"]
    assert (order["name"], order["properties"]) == ("Order", [])
    assert [one["key"] for one in told["properties"]] == ["author", "plan", "seats"]
    assert told["properties"][0] == {"key": "author", "display_name": "author", "allowed": False, "hidden": False}


def test_it_keeps_the_event_where_its_name_is_one_too_many(registry: Registry) -> None:
    sent = registry.running.send(VIEW | {"name": "Third", "props": {"plan": "pro", "fourth": "x"}})

    told = registry.read()
    assert sent.json()["accepted"] == 1
    assert {one["name"]: one["count"] for one in told["events"]} == {"Signup": 2, "Order": 1, "(other)": 1}
    assert [one["code"] for one in told["warnings"]] == ["too_many_names", "too_many_keys"]
    assert ({"plan": "pro"},) in registry.running.rows("props")


def test_it_makes_room(registry: Registry) -> None:
    registry.running.install.belongings.registry.write_down()

    assert registry.call("DELETE", "/events", params={"name": "Order"}).json() == {"deleted": "true"}
    registry.running.send(VIEW | {"name": "Third"})

    assert "Third" in {one["name"] for one in registry.read()["events"]}
    assert registry.call("DELETE", "/events", params={"name": "Order"}).status_code == 404
    assert registry.call("DELETE", "/properties", params={"key": "plan"}).json() == {"deleted": "true"}


def test_it_takes_the_words_of_the_owner(registry: Registry) -> None:
    registry.running.install.belongings.registry.write_down()
    described = registry.call("PUT", "/events", json={"name": "Signup", "description": "Made an account"})
    renamed = registry.call("PUT", "/properties", json={"key": "plan", "display_name": "Plan", "allowed": True})

    assert described.json() == {"name": "Signup", "description": "Made an account"}
    assert renamed.json() == {"key": "plan", "display_name": "Plan", "allowed": True, "hidden": False}
    told = registry.read()
    assert told["events"][0]["description"] == "Made an account"
    assert renamed.json() in told["properties"]
    assert registry.running.install.sites.all()[0].custom_properties == ("plan",)


def test_it_shows_properties_as_the_owner_wants(registry: Registry) -> None:
    registry.running.install.belongings.registry.write_down()
    registry.call("PUT", "/properties", json={"key": "plan", "display_name": "Tariff"})
    registry.call("PUT", "/properties", json={"key": "seats", "hidden": True})

    listed = registry.report().json()

    assert [(row["property"], row["key"]) for row in listed["results"]] == [("author", "author"), ("Tariff", "plan")]
    assert listed["meta"]["total_rows"] == 2
    assert {row["value"] for row in registry.report(property="Tariff").json()["results"]} >= {"pro", "free"}
    refused = registry.report(property="seats")
    assert (refused.status_code, refused.json()["error"]["field"]) == (400, "property")


def test_it_is_changed_by_owners_alone(registry: Registry) -> None:
    other = registry.running.install.sites.create("charlie.example")
    reader = registry.running.install.people.keys.create(["stats:read"], site_id=registry.running.site.id)
    stranger = registry.running.install.people.keys.create(["stats:read", "sites:write"], site_id=other.id)

    assert registry.call("GET", key=reader).status_code == 200
    assert registry.call("PUT", "/events", key=reader, json={"name": "Signup"}).status_code == 403
    assert registry.call("GET", key=stranger).status_code == 404
    assert registry.call("PUT", "/properties", key=stranger, json={"key": "plan"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/events", {"name": "pageview"}, "name"),
        ("/events", {}, "name"),
        ("/events", {"name": "Signup", "description": "x" * 1001}, "description"),
        ("/properties", {"key": "plan", "hidden": "yes"}, "hidden"),
        ("/properties", {"key": "plan", "display_name": 7}, "display_name"),
    ],
)
def test_it_names_the_field_that_is_wrong(registry: Registry, path: str, body: dict[str, Any], field: str) -> None:
    answer = registry.call("PUT", path, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_it_answers_nothing_about_a_hidden_property(registry: Registry) -> None:
    registry.call("PUT", "/properties", json={"key": "seats", "hidden": True})
    domain, http = registry.running.site.domain, registry.running.http
    headers = {"Authorization": f"Bearer {registry.owner}"}
    segment = [["is", "event:props:seats", ["3"]]]
    number = registry.running.install.belongings.segments.add(registry.running.site.id, None, "Threes", segment).id

    def ask(**more: Any) -> httpx.Response:
        question = {"site_id": domain, "metrics": ["visitors"], "date_range": "day", **more}
        return http.post("/api/v2/query", json=question, headers=headers)

    def read(path: str, **parameters: str) -> httpx.Response:
        return http.get(path, params={"site_id": domain, "period": "day", **parameters}, headers=headers)

    refused = (
        ask(dimensions=["event:props:seats"]),
        ask(filters=segment),
        ask(filters=[["not", ["has_done", segment[0]]]]),
        ask(filters=[["is", "segment", [number]]]),
        read("/api/v1/stats/breakdown", property="event:props:seats"),
        read("/api/v1/stats/aggregate", filters="event:props:seats==3"),
        registry.report(filter="property.seats:is:3"),
    )

    assert [answer.status_code for answer in refused] == [400] * len(refused)
    assert "#/dimensions/0: The owner of this site has hidden the property `seats`." in refused[0].text
    assert ask(dimensions=["event:props:plan"]).status_code == 200


def test_it_leaves_hidden_properties_out_of_exports_and_lists(registry: Registry) -> None:
    site, http = registry.running.site, registry.running.http
    registry.call("PUT", "/properties", json={"key": "seats", "hidden": True})
    path = f"/api/v1/sites/{site.public_id}/export/events?period=today&format="

    files = [http.get(path + form, headers={"Authorization": f"Bearer {registry.owner}"}) for form in ("csv", "jsonl")]

    assert [(b"pro" in file.content, b"seats" in file.content) for file in files] == [(True, False)] * 2
    assert registry.running.install.belongings.registry.hidden(site.id) == {"seats"}
