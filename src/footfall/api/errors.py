"""Errors on the wire: the one place where ``footfall.errors`` become answers.

Our own routes answer ``{"error": {"code", "message", "field"}}``, those made for Plausible's clients
``{"error": "text"}``.
"""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from footfall.errors import FootfallError, InvalidInput, NotFound
from footfall.texts import Phrase

ErrorPage = Callable[[Request, FootfallError], Response]
_REFUSED = {405: Phrase("This address does not take this kind of request (method not allowed).")}


def json_error(error: FootfallError) -> JSONResponse:
    """Answer with ``error`` in our own shape."""
    body = {"code": error.code, "message": error.message}
    if error.field:
        body["field"] = error.field
    return JSONResponse({"error": body}, error.status, headers_of_error(error))


def text_error(error: FootfallError) -> JSONResponse:
    """Answer with ``error`` as Plausible's clients expect it."""
    return JSONResponse({"error": error.message}, error.status, headers_of_error(error))


class ShapedErrorRoute(APIRoute):
    """A route that tells its errors in a shape of its own: give a subclass to ``APIRouter(route_class=…)``.

    Where the requests of a key were counted, each answer tells how many are left.
    """

    @staticmethod
    def shape(error: FootfallError) -> Response:
        """Answer with ``error``."""
        return json_error(error)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route's handler."""
        handle = super().get_route_handler()

        async def handle_with_errors(request: Request) -> Response:
            try:
                answer = await handle(request)
            except RequestValidationError as error:
                answer = self.shape(invalid_input(error))
            except FootfallError as error:
                answer = self.shape(error)
            if (allowance := getattr(request.state, "allowance", None)) is not None:
                answer.headers.update(allowance.headers())
            return answer

        return handle_with_errors


class TextErrorRoute(ShapedErrorRoute):
    """A route whose errors are ``{"error": "text"}``."""

    shape = staticmethod(text_error)


def install_error_handlers(app: FastAPI, *, page: ErrorPage | None = None) -> None:
    """Translate every error ``app`` raises; outside ``/api/`` they are shown by ``page``, where one is given."""

    async def on_error(request: Request, raised: Exception) -> Response:
        if isinstance(raised, HTTPException) and raised.status_code < 400:
            return redirection(request, raised)
        error = _as_known(raised)
        is_for_programs = request.url.path.startswith("/api/")
        return json_error(error) if page is None or is_for_programs else page(request, error)

    for kind in (FootfallError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, on_error)


def redirection(request: Request, error: HTTPException) -> Response:
    """Send the browser elsewhere; htmx follows redirects within its request, so it is told by its own header."""
    headers = dict(error.headers or {})
    if "hx-request" in request.headers and "location" in headers:
        return Response(status_code=204, headers={"hx-redirect": headers["location"]})
    return Response(status_code=error.status_code, headers=headers)


def invalid_input(error: RequestValidationError) -> InvalidInput:
    """Make one sentence of the first thing that failed validation; pages say a plainer one."""
    first = error.errors()[0]
    names = [str(part) for part in first["loc"][1:]]
    field = ".".join(names)
    invalid = InvalidInput(f"{field or 'The body'}: {first['msg']}.", field=field or None)
    invalid.phrase = Phrase("What was sent as “{field}” cannot be read; go back and correct it.", field=field or "…")
    return invalid


def _as_known(raised: Exception) -> FootfallError:
    if isinstance(raised, FootfallError):
        return raised
    if isinstance(raised, RequestValidationError):
        return invalid_input(raised)
    if not isinstance(raised, HTTPException):
        return FootfallError(Phrase("Something went wrong here; try again later, or see the log."))
    status = raised.status_code
    if status == NotFound.status:
        return NotFound(Phrase("There is nothing at this address."))
    reason = HTTPStatus(status).phrase.lower()
    known = FootfallError(_REFUSED.get(status) or Phrase("This request cannot be answered ({reason}).", reason=reason))
    known.status = status
    return known


def headers_of_error(error: FootfallError) -> dict[str, str]:
    """When to try again, or how to say who one is."""
    if error.retry_after_seconds:
        return {"retry-after": str(error.retry_after_seconds)}
    return {"www-authenticate": "Bearer"} if error.status == 401 else {}
