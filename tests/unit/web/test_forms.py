import pytest
from starlette.requests import Request

from footfall.errors import NotAllowed
from footfall.web.forms import FormTokens

TOKENS = FormTokens("secret")


def carrying(token: str) -> Request:
    return Request({"type": "http", "method": "POST", "path": "/", "headers": [(b"x-form-token", token.encode())]})


async def test_it_takes_every_token_it_made_for_the_session() -> None:
    first, second = TOKENS.of("session"), TOKENS.of("session")

    assert first != second
    for token in (first, second):
        await TOKENS.check(carrying(token), "session")


@pytest.mark.parametrize("token", [TOKENS.of("other"), FormTokens("key").of("session"), "", "00", "0" * 128, "x" * 128])
async def test_it_refuses_all_others(token: str) -> None:
    with pytest.raises(NotAllowed):
        await TOKENS.check(carrying(token or "none"), "session")
