"""Every route programs may call and every error code stands on a page of docs/reference."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.docs.pages import DOCS, page, rows, section

from footfall import errors
from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.metadata.clock import system_clock
from footfall.settings import Settings

REFERENCE = "\n".join(path.read_text() for path in (DOCS / "reference").glob("*.md"))
INTAKE = (
    *("POST /api/v1/event", "POST /api/v1/events", "GET /js/PUBLIC_ID.js", "GET /px/PUBLIC_ID.gif"),
    *("POST /api/v1/consent", "POST /api/v1/identify", "GET /js/opt-out.js", "GET /js/embed.host.js"),
    *("POST /api/event", "GET /js/script.js, GET /js/pa-PUBLIC_ID.js", "GET /api/health"),
    *("POST /api/send", "POST /api/batch", "GET /script.js"),
    *("GET /count, POST /count", "POST /api/v0/count", "GET /count.js"),
)
IN_PROCESS_ONLY = (errors.SettingsError, errors.DatabaseAway, errors.DataFolderInUse)
PLACEHOLDERS = {
    "{path}": "PATH",
    "{name}": "PROPERTY",
    "{website_id}": "ID",
    "{site}": "SITE",
    "{domain}": "DOMAIN",
    "{goal_id}": "ID",
    "{public_id}": "PUBLIC_ID",
    "{shield_id}": "ID",
    "{link_id}": "ID",
    "{segment_id}": "ID",
    "{annotation_id}": "ID",
    "{email}": "EMAIL",
    "{import_id}": "ID",
    "{session_id}": "SESSION",
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with (
        open_install(Settings(data_dir=tmp_path, max_memory_mb=800), system_clock) as install,
        httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://testserver") as client,
    ):
        yield client


def all_errors(base: type[errors.FootfallError] = errors.FootfallError) -> list[type[errors.FootfallError]]:
    return [base, *(found for each in base.__subclasses__() for found in all_errors(each))]


def written(path: str) -> str:
    return re.sub(r"{\w+}", lambda found: PLACEHOLDERS[found[0]], path)


def test_it_documents_every_route(client: httpx.Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]

    routes = [f"{method.upper()} {written(path)}" for path, methods in paths.items() for method in methods]

    assert [route for route in routes if route not in REFERENCE] == []


@pytest.mark.parametrize("route", INTAKE)
def test_it_documents_the_routes_of_intake(route: str) -> None:
    assert section(page("reference/api.md"), f"## {route}")


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.code)
def test_it_documents_every_error(error: type[errors.FootfallError]) -> None:
    text = section(page("reference/api.md"), "## Errors")
    statuses = {code: status for status, code, *_ in rows(text)}

    if error in IN_PROCESS_ONLY:
        assert f"`{error.code}`" in text
    else:
        assert statuses[error.code] == str(error.status)
