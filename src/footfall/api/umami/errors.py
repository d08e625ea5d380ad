"""Errors as Umami's clients read them: ``{"error": {"message", "code", "status"}}``."""

from fastapi.responses import JSONResponse

from footfall.api.errors import ShapedErrorRoute, headers_of_error
from footfall.collect.umami.answers import code_of
from footfall.errors import FootfallError


def umami_error(error: FootfallError) -> JSONResponse:
    """Answer with ``error``."""
    return JSONResponse({"error": {"message": error.message, **code_of(error)}}, error.status, headers_of_error(error))


class UmamiRoute(ShapedErrorRoute):
    """A route with errors in that shape."""

    shape = staticmethod(umami_error)
