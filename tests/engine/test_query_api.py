from datetime import UTC, datetime

import pytest
from fastapi import FastAPI, Request
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from footfall.api.query import query_router
from footfall.domain import Site
from footfall.errors import NotAllowed, NotSignedIn
from footfall.query import Vocabulary
from footfall.store import Reader

NOW_MS = int(datetime(2024, 11, 20, 12, tzinfo=UTC).timestamp()) * 1000
ALICES = Site(id=3_000_000, public_id="alice1234567", domain="alice.example", timezone="Europe/Berlin")
BOBS = Site(id=3_000_001, public_id="bob123456789", domain="bob.example")
VISITORS = {"site_id": "alice.example", "metrics": ["visitors"], "date_range": "7d"}


class TwoSites:
    def by_domain(self, domain: str) -> Site | None:
        return next((site for site in (ALICES, BOBS) if site.domain == domain), None)

    def by_public_id(self, public_id: str) -> Site | None:
        return next((site for site in (ALICES, BOBS) if site.public_id == public_id), None)


def alice_only(request: Request, scope: str, site: Site) -> int | None:
    if request.headers.get("authorization") != "Bearer alice":
        raise NotSignedIn("Missing API key. Please use a valid API key as a Bearer Token.")
    if (scope, site) != ("stats:read", ALICES):
        raise NotAllowed("This key may not read this site.")
    return None


@pytest.fixture
def client(reader: Reader) -> TestClient:
    app = FastAPI()
    app.include_router(query_router(reader, TwoSites(), alice_only, lambda: NOW_MS, lambda site, user_id: Vocabulary()))
    return TestClient(app, headers={"authorization": "Bearer alice"})


@pytest.mark.parametrize("site_id", ["alice.example", "alice1234567"])
def test_it_answers_in_the_v2_shape(client: TestClient, site_id: str) -> None:
    answer = client.post("/api/v2/query", json={**VISITORS, "site_id": site_id})

    assert answer.status_code == 200
    assert answer.headers["footfall-tables"] == "visits"
    assert answer.json() == {
        "results": [{"metrics": [0], "dimensions": []}],
        "meta": {},
        "query": {
            "site_id": site_id,
            "metrics": ["visitors"],
            "date_range": ["2024-11-13T00:00:00+01:00", "2024-11-19T23:59:59+01:00"],
            "filters": [],
            "dimensions": [],
            "order_by": [["visitors", "desc"]],
            "include": {
                "imports": False,
                "time_labels": False,
                "total_rows": False,
                "trim_relative_date_range": False,
            },
            "pagination": {"limit": 10000, "offset": 0},
        },
    }


def test_it_accepts_its_own_echo(client: TestClient) -> None:
    answer = client.post("/api/v2/query", json={**VISITORS, "date_range": "all", "dimensions": ["time"]}).json()

    assert client.post("/api/v2/query", json=answer["query"]).json() == answer


@pytest.mark.parametrize("path", ["/api/v2/query/schema.json", "/api/docs/query/schema.json"])
def test_it_serves_the_schema_that_its_own_echo_fits(client: TestClient, path: str) -> None:
    echo = client.post("/api/v2/query", json=VISITORS).json()["query"]

    Draft202012Validator(client.get(path, headers={"authorization": ""}).json()).validate(echo)


def test_it_points_at_what_is_wrong(client: TestClient) -> None:
    answer = client.post("/api/v2/query", json={**VISITORS, "metrics": ["baa"]})

    assert (answer.status_code, answer.json()) == (400, {"error": '#/metrics/0: Invalid metric "baa"'})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 100_000, b"\xff"])
def test_it_refuses_what_is_no_query(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v2/query", content=body)

    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_it_asks_for_the_site(client: TestClient) -> None:
    answer = client.post("/api/v2/query", json={"metrics": ["visitors"], "date_range": "7d"})

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Missing site ID.")


def test_it_keeps_sites_apart(client: TestClient) -> None:
    nobody = {"authorization": "Bearer nobody"}

    assert client.post("/api/v2/query", json=VISITORS, headers=nobody).status_code == 401
    assert client.post("/api/v2/query", json={**VISITORS, "site_id": "bob.example"}).status_code == 403
    assert client.post("/api/v2/query", json={**VISITORS, "site_id": "nowhere.example"}).status_code == 401


def test_it_bounds_the_body(client: TestClient) -> None:
    assert client.post("/api/v2/query", content=b" " * 1_000_001).status_code == 413
