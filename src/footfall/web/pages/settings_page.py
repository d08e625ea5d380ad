"""The one page of a site's settings; each of its sections brings what its template reads."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.domain import Site
from footfall.errors import FootfallError

Section = Callable[[Request, Site], Mapping[str, Any]]


class SettingsPage:
    """Shows the page after whatever was asked of it."""

    def __init__(self, templates: Jinja2Templates, *sections: Section) -> None:
        self._templates = templates
        self._sections = sections

    def show(
        self, request: Request, site: Site, section: str = "general", error: FootfallError | None = None, **extra: Any
    ) -> Response:
        """Show the page, with what went wrong in ``section`` if something did."""
        context: dict[str, Any] = {"site": site, "section": section, "error": error}
        for read in self._sections:
            context |= read(request, site)
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "site_settings/settings.html", context | extra, status)

    def saved(self, site: Site, section: str) -> Response:
        """Lead back to the page, which says that ``section`` was saved."""
        return RedirectResponse(f"/sites/{site.domain}/settings?saved={section}#{section}", 303)
