"""Errors as Umami tells them."""

import pytest

from footfall.collect.umami.answers import NoSuchWebsite, error_body, error_response
from footfall.errors import FootfallError, InvalidInput, NotAllowed, NotSignedIn, TooLarge, Unavailable


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("payload.name", ["payload", "name"]),
        ("type", ["type"]),
        ("url", ["payload", "url"]),
        ("props.plan", ["payload", "data", "plan"]),
        ("user_agent", ["payload", "userAgent"]),
        (None, []),
    ],
)
def test_it_points_at_the_field(field: str | None, path: list[str]) -> None:
    at = error_body(InvalidInput("Too long.", field=field))["error"]

    assert (at["message"], at["code"], at["status"]) == ("Bad request", "bad-request", 400)
    for name in path:
        at = at["properties"][name]
    assert at["errors"] == ["Too long."]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoSuchWebsite("Gone."), "bad-request"),
        (NotSignedIn("Gone."), "unauthorized"),
        (NotAllowed("Gone."), "forbidden"),
        (TooLarge("Gone."), "too-large"),
        (Unavailable("Gone."), "unavailable"),
    ],
)
def test_it_names_other_errors(error: FootfallError, code: str) -> None:
    assert error_body(error) == {"error": {"message": "Gone.", "code": code, "status": error.status}}


def test_it_tells_when_to_come_back() -> None:
    assert (b"retry-after", b"5") in error_response(Unavailable("Full.")).headers
