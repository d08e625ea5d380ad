"""One error, two shapes on the wire."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, HTTPException, Response
from fastapi.testclient import TestClient

from footfall.api.errors import TextErrorRoute, install_error_handlers
from footfall.errors import FootfallError, InvalidInput, NotSignedIn, Unavailable

ERRORS: dict[str, Exception] = {
    "invalid": InvalidInput("Say when.", field="date"),
    "unknown": NotSignedIn("Send a key."),
    "away": Unavailable("The disk is full.", retry_after_seconds=7),
    "elsewhere": HTTPException(303, headers={"location": "/sign-in"}),
}


@pytest.fixture
def client() -> TestClient:
    app, text = FastAPI(), APIRouter(route_class=TextErrorRoute)

    @app.get("/api/own/{name}")
    @text.get("/api/text/{name}")
    @app.get("/page/{name}")
    def fail(name: str, count: int = 0) -> None:
        raise ERRORS[name]

    app.include_router(text)
    install_error_handlers(app, page=lambda request, error: Response(error.message, error.status))
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/api/own/invalid", 400, {"error": {"code": "invalid_input", "message": "Say when.", "field": "date"}}),
        ("/api/own/unknown", 401, {"error": {"code": "not_signed_in", "message": "Send a key."}}),
        ("/api/text/invalid", 400, {"error": "Say when."}),
        ("/api/nowhere", 404, {"error": {"code": "not_found", "message": "There is nothing at this address."}}),
    ],
)
def test_it_answers_in_the_shape_of_the_route(client: TestClient, path: str, status: int, body: Any) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.json()) == (status, body)


def test_it_names_the_field_that_failed_validation(client: TestClient) -> None:
    own, text = client.get("/api/own/invalid?count=x").json(), client.get("/api/text/invalid?count=x").json()

    assert own["error"]["field"] == "count"
    assert text["error"].startswith("count: ")


def test_it_says_when_to_come_back(client: TestClient) -> None:
    assert client.get("/api/own/away").headers["retry-after"] == "7"
    assert client.get("/api/own/unknown").headers["www-authenticate"] == "Bearer"


def test_it_shows_people_a_page(client: TestClient) -> None:
    answer = client.get("/page/invalid")

    assert (answer.status_code, answer.text) == (400, "Say when.")


def test_it_leads_elsewhere(client: TestClient) -> None:
    assert client.get("/page/elsewhere").headers["location"] == "/sign-in"
    assert client.get("/page/elsewhere", headers={"hx-request": "true"}).headers["hx-redirect"] == "/sign-in"


def test_it_has_a_status_for_every_error() -> None:
    assert all(400 <= kind.status < 600 for kind in FootfallError.__subclasses__())
