"""Errors as people see them: what happened, and the way out."""

from collections.abc import Callable

from fastapi import Request, Response
from starlette.templating import Jinja2Templates

from footfall.errors import FootfallError, Unavailable
from footfall.texts import Phrase

_TITLES = {
    401: Phrase("Please sign in"),
    403: Phrase("Not allowed"),
    404: Phrase("Not found"),
    429: Phrase("Too many attempts"),
    503: Phrase("Not possible just now"),
}


def error_page(templates: Jinja2Templates) -> Callable[[Request, FootfallError], Response]:
    """Make what ``install_error_handlers`` shows outside the API."""

    def page(request: Request, error: FootfallError) -> Response:
        headers = {"retry-after": str(error.retry_after_seconds)} if isinstance(error, Unavailable) else None
        context = {"title": _TITLES.get(error.status, Phrase("That did not work")), "message": error.phrase}
        return templates.TemplateResponse(request, "error.html", context, error.status, headers)

    return page
