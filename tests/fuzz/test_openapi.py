"""Requests that Schemathesis makes up from the OpenAPI description: each answer is one the description names.

Some requests fit the description, some break it. Meanwhile events of another site come in, and all are kept.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2 as httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.acceptance.running import FIREFOX, Running

from footfall.accounts import User
from footfall.api.documentation import OPERATIONS
from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.metadata.clock import system_clock
from footfall.settings import Settings

EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "10"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ALICE = "alice.example"
BOB = "bob.example"
PATHS = {"public_id": ALICE, "site": ALICE, "website_id": ALICE, "path": "blog/hello.json", "name": "plan"}
"""What makes a request reach something; the domain in a path is made up, for a site may be deleted by it."""
ASKED = [row for row in OPERATIONS if row.name != "live_events"]
"""Those whose answers end."""
UNBREAKABLE = {"health", "ready", "query_schema", "query_schema_for_plausible", "badge"}
"""They take nothing, or any text."""
CASES = [
    *((row, GenerationMode.POSITIVE) for row in ASKED),
    *((row, GenerationMode.NEGATIVE) for row in ASKED if row.name not in UNBREAKABLE),
]


class Asked(NamedTuple):
    """An install with a site that is asked about, and one whose events must not suffer."""

    running: Running
    alice: User
    schema: Any
    statuses: Counter[tuple[str, int]]

    def key(self) -> str:
        """A key of its own for each operation, which so stays within what a key may ask."""
        return self.running.install.people.keys.create(["admin"], owner_id=self.alice.id)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder: Path = tmp_path_factory.mktemp("openapi") / "data"
    options = Settings(data_dir=folder, apply_interval_ms=10, max_memory_mb=800, rate_per_client=0)
    with open_install(options, system_clock) as install:
        alice = install.people.accounts.create_owner("alice@alice.example", "correct horse battery")
        install.sites.create(ALICE, "Europe/Berlin", alice.id)
        bob = install.sites.create(BOB, owner_id=alice.id)
        key = install.people.keys.create(["events:write"], site_id=bob.id)
        transport = InProcessTransport(web_app(install))
        with httpx.Client(transport=transport, base_url="http://testserver") as client:
            running = Running(install, client, bob, key)
            schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
            yield Asked(running, alice, schema, Counter())


def kept(asked: Asked) -> int:
    asked.running.settle()
    return len(asked.running.rows("event_id"))


@pytest.mark.parametrize(("row", "mode"), CASES, ids=lambda value: getattr(value, "name", None))
def test_it_answers_as_described(asked: Asked, row: Any, mode: GenerationMode) -> None:
    operation = asked.schema[row.path][row.method.upper()]
    key, events = asked.key(), kept(asked)
    view = {"name": "pageview", "url": f"https://{BOB}/", "user_agent": FIREFOX, "visitor": f"{row.name} {mode}"}

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Case[Any]) -> None:
        answer = send(asked.running.http, reaching(case), key)
        asked.statuses[row.name, answer.status_code // 100] += 1
        case.validate_response(answer, checks=CHECKS)

    assert asked.running.send(view, wait=False).json()["accepted"] == 1
    answers()
    assert asked.running.send(view, wait=False).json()["accepted"] == 1

    assert kept(asked) == events + 2


def test_it_was_answered_well_and_badly(asked: Asked) -> None:
    """What the test above has asked reached the operations, and what was broken was refused."""
    answered = {name for name, kind in asked.statuses if kind == 2}
    refused = {name for name, kind in asked.statuses if kind == 4}

    assert len(answered) > 40
    assert len(refused) > 40


def reaching(case: Case[Any]) -> Case[Any]:
    """The request, about a site that is there where it would be about one that is not."""
    for name in case.path_parameters or {}:
        case.path_parameters[name] = PATHS.get(name, case.path_parameters[name])
    for part in (case.query, case.body):
        if isinstance(part, dict) and isinstance(part.get("site_id"), str):
            part["site_id"] = ALICE
    return case


def send(client: httpx.Client, case: Case[Any], key: str) -> httpx.Response:
    sent = case.as_transport_kwargs(base_url="http://testserver", headers={"Authorization": f"Bearer {key}"})
    content = sent.get("data")
    return client.request(
        sent["method"],
        sent["url"],
        params=sent.get("params"),
        headers=sent["headers"],
        content=content if isinstance(content, bytes | str) else None,
        **({"json": sent["json"]} if "json" in sent else {}),
    )
