"""What is refused for want of a right stands in the log one by one, without anything that was sent, up to a bound."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from tests.acceptance.doors.requests import Asked
from tests.acceptance.doors.test_access import CALLERS
from tests.acceptance.doors.world import World

from footfall.app.log_lines import JsonLines
from footfall.app.refusals import Refusals, noting_refusals
from footfall.errors import NotSignedIn
from footfall.metadata import Actor, acting

LOGGER = "footfall.app.refusals"


@pytest.fixture
def refused_by(world: World, caplog: pytest.LogCaptureFixture) -> Callable[..., list[dict[str, Any]]]:
    """Asks, and gives what the log says of it."""
    caplog.set_level(logging.INFO, LOGGER)

    def refused_by(caller: str, operation: str, asked: Asked | None = None) -> list[dict[str, Any]]:
        caplog.clear()
        world.ask(operation, CALLERS[caller](world, world.site), world.site, asked)
        lines = [JsonLines().format(record) for record in caplog.records if record.name == LOGGER]
        assert not any(sent in line for line in lines for sent in (world.site.domain, "example.com", "203.0.113.9"))
        return [json.loads(line)["refusal"] for line in lines]

    return refused_by


def test_it_tells_who_was_refused_what(world: World, refused_by: Callable[..., list[dict[str, Any]]]) -> None:
    [by_role] = refused_by("viewer", "POST /sites/{domain}/settings/retention", Asked(form={"retention_days": "1"}))
    [by_key] = refused_by("read-key", "GET /api/v1/sites/{public_id}/imports")
    [unknown] = refused_by("stranger", "GET /api/v1/sites")
    [elsewhere] = refused_by("charlie", "GET /sites/{domain}/settings")

    assert by_role["asked"] == "POST /sites/{domain}/settings/retention"
    assert (by_role["status"], by_role["actor"], by_role["user"]) == (403, "session", world.bob.id)
    assert by_role["network"] == "203.0.113.0/24"
    assert len(by_role["via"]) == 12
    assert (by_key["status"], by_key["actor"], by_key["asked"]) == (403, "key", "GET /api/v1/sites/{public_id}/imports")
    assert (unknown["status"], unknown["actor"], unknown["user"]) == (401, "nobody", None)
    assert (elsewhere["status"], elsewhere["user"]) == (404, world.charlie.id)


def test_it_says_nothing_of_what_is_allowed_or_not_there(
    refused_by: Callable[..., list[dict[str, Any]]],
) -> None:
    assert refused_by("owner", "GET /sites/{domain}/settings") == []
    assert refused_by("stranger", "GET /nothing-here") == []
    assert refused_by("stranger", "GET /sites/{domain}/settings") == []  # sent to sign in


def test_it_leaves_a_bounded_number_of_lines(world: World, caplog: pytest.LogCaptureFixture) -> None:
    refusals = Refusals(world.clock)
    for number in range(1000):
        with acting(Actor("nobody", network=f"10.0.{number % 50}.0/24")):
            refusals.note("GET /sites", 401)

    assert len(caplog.records) == 60
    world.clock.move(seconds=61)
    with acting(Actor("nobody")):
        refusals.note("GET /sites", 401)
    assert "left_out 940" in caplog.records[-1].message


def test_it_does_not_let_one_network_hide_the_others(world: World, caplog: pytest.LogCaptureFixture) -> None:
    refusals = Refusals(world.clock)
    for network in ["10.0.0.0/24"] * 100 + ["10.0.1.0/24"]:
        with acting(Actor("nobody", network=network)):
            refusals.note("GET /sites", 401)

    assert [record.fields["refusal"]["network"] for record in caplog.records][-2:] == ["10.0.0.0/24", "10.0.1.0/24"]  # type: ignore[attr-defined]
    assert len(caplog.records) == 21


def test_it_tells_of_keys_that_intake_refuses(world: World, caplog: pytest.LogCaptureFixture) -> None:
    check = noting_refusals(world.install.people.keys.check, Refusals(world.clock))

    with pytest.raises(NotSignedIn):
        check("ff_wrong", "events:write")

    assert caplog.records[-1].message == "refused: asked intake as events:write, status 401"
    own = world.install.people.keys.create(["events:write"], site_id=world.site.id)
    bearer = check(own, "events:write")
    assert [bearer.may_use(one.id) for one in (world.site, world.other_site)] == [True, False]
    assert caplog.records[-1].message == "refused: asked intake as events:write, status 403"
