"""What a script is told that wants to ask the browser for a passkey: `web/assets/ts/passkeys.ts`."""

from collections.abc import Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from footfall.errors import FootfallError
from footfall.web.language import words_for


def passkey_options(request: Request, begin: Callable[[], str]) -> Response:
    """What ``begin`` gives; an error, too, is told to the script, which shows it to the reader."""
    try:
        return Response(begin(), media_type="application/json")
    except FootfallError as error:
        told = {"code": error.code, "message": words_for(request).of(error.phrase)}
        return JSONResponse({"error": told}, error.status)
