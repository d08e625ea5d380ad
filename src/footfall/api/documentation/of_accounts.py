"""Operations of people: making an account, signing in and out."""

from typing import Any

from footfall.api.documentation.operation import Operation
from footfall.api.documentation.shapes import Credentials, EndedSession, SignInState, WantedAccount

_TAG = "accounts"
_FORM_TOKEN = "7d3c0f5a9e2b4c6d8f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b8c0d1e"  # noqa: S105 (an example)
_EMAIL = "alice@example.com"
_PASSWORD = "correct horse battery"  # noqa: S105 (an example)
_USER: dict[str, Any] = {
    "email": _EMAIL,
    "owns_install": True,
    "has_second_factor": True,
    "teams": [{"public_id": "m2x7c9k4q1ab", "name": "Shop", "role": "owner", "requires_second_factor": True}],
}
_SIGNED_IN: dict[str, Any] = {"state": "signed_in", "user": _USER, "form_token": _FORM_TOKEN}
_SIGNED_OUT: dict[str, Any] = {"state": "signed_out", "user": None, "form_token": None}

OF_ACCOUNTS = (
    Operation(
        "POST /api/v1/auth/register",
        "register",
        _TAG,
        "Make an account, as far as this install lets people",
        SignInState,
        _SIGNED_IN,
        refusals=(400, 403, 404, 409, 413, 429, 503),
        body=WantedAccount,
        body_example={"email": _EMAIL, "password": _PASSWORD},
    ),
    Operation(
        "POST /api/v1/auth/login",
        "login",
        _TAG,
        "Sign in, in one step or, where a code is needed, in two",
        SignInState,
        _SIGNED_IN,
        refusals=(400, 401, 403, 413, 429, 503),
        body=Credentials,
        body_example={"email": _EMAIL, "password": _PASSWORD, "code": "492039"},
    ),
    Operation(
        "POST /api/v1/auth/logout",
        "logout",
        _TAG,
        "End the session",
        SignInState,
        _SIGNED_OUT,
        refusals=(400, 403, 413),
        body=EndedSession,
        body_example={"form_token": _FORM_TOKEN},
    ),
    Operation(
        "GET /api/v1/auth/me",
        "me",
        _TAG,
        "Who is signed in",
        SignInState,
        _SIGNED_IN,
        refusals=(401,),
        by_session=True,
    ),
)
