"""The OpenAPI description says everything of every operation, and its examples are what it says."""

from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from jsonschema import Draft202012Validator

from footfall.api.documentation import OPERATIONS
from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.metadata.clock import system_clock
from footfall.settings import Settings

NEVER_REFUSES = {"health", "ready", "query_schema", "query_schema_for_plausible"}
BRINGS_NOTHING = {"umami_verify", "umami_logout"}
IDS = [row.name for row in OPERATIONS]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("openapi") / "data", max_memory_mb=800)
    with (
        open_install(settings, system_clock) as install,
        httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://testserver") as client,
    ):
        yield client.get("/api/openapi.json").json()


def operation_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    row = OPERATIONS[IDS.index(name)]
    operation: dict[str, Any] = document["paths"][row.path][row.method]
    return operation


def check(document: dict[str, Any], content: dict[str, Any]) -> None:
    """The example is there, and is what the schema says."""
    schema = content["schema"] | {"components": document["components"]}
    Draft202012Validator(schema).validate(content["example"])


def takes_a_body(name: str) -> bool:
    """Whatever brings something brings it in the body, but for the few that need nothing."""
    method = OPERATIONS[IDS.index(name)].method
    return method in ("post", "put", "patch") and name not in BRINGS_NOTHING


def first(content: dict[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = next(iter(content.values()))
    return media


def test_it_has_a_row_for_every_operation(document: dict[str, Any]) -> None:
    described = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}

    assert described - {row.route for row in OPERATIONS} == set()
    assert len(set(IDS)) == len(IDS) == len(described)


@pytest.mark.parametrize("name", IDS)
def test_it_says_what_an_operation_does_and_answers(document: dict[str, Any], name: str) -> None:
    operation = operation_of(document, name)
    status, answer = next(iter(operation["responses"].items()))

    assert operation["summary"]
    assert operation["operationId"] == name
    assert operation["tags"]
    assert status in ("200", "201", "202")
    check(document, first(answer["content"]))


@pytest.mark.parametrize("name", IDS)
def test_it_says_how_an_operation_tells_errors(document: dict[str, Any], name: str) -> None:
    responses = operation_of(document, name)["responses"]
    refusals = {status: answer for status, answer in responses.items() if status >= "400"}

    assert bool(refusals) == (name not in NEVER_REFUSES)
    for answer in refusals.values():
        assert answer["description"]
        check(document, answer["content"]["application/json"])
    if operation_of(document, name)["security"]:
        assert "401" in refusals


@pytest.mark.parametrize("name", IDS)
def test_it_says_what_an_operation_takes(document: dict[str, Any], name: str) -> None:
    operation = operation_of(document, name)

    for parameter in operation["parameters"]:
        assert parameter["description"]
        Draft202012Validator(parameter["schema"]).validate(parameter["example"])
    body = operation.get("requestBody")
    assert (body is not None) == takes_a_body(name)
    if body is not None:
        check(document, first(body["content"]))


def test_it_names_the_scope_of_every_key(document: dict[str, Any]) -> None:
    scopes = {row.scope for row in OPERATIONS if row.scope}

    assert scopes == {"events:write", "stats:read", "sites:read", "sites:write", "admin"}
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
