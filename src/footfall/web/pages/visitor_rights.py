"""What an owner does for a visitor who asks: hand out what is stored, or erase it. A section of the site's settings."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Form, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, StreamingResponse

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import section_url


class Rights(Protocol):
    """What is done for a visitor; `app` brings it."""

    def visitor_ids(self, site: Site, *, user: str = "", visitor: str = "") -> list[int]:
        """Every id of the visitor meant."""

    def export(self, site: Site, visitor_ids: Sequence[int]) -> Iterator[bytes]:
        """Everything stored about a visitor, one JSON object a line."""

    def erase(self, site: Site, visitor_ids: Sequence[int]) -> dict[str, Any]:
        """Erase a visitor."""

    def erase_days(self, site: Site, first: date, last: date) -> dict[str, Any]:
        """Erase the events of local days."""


def visitor_rights_router(*, rights: Rights, guard: Guard) -> APIRouter:
    """Make the routes below a site's settings, for its owners."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    # Posted, so that whom it is about stands in no address and no log of a proxy.
    @router.post("/visitors/export", dependencies=own_form)
    def export(site: ThisSite, user: Annotated[str, Form()] = "", visitor: Annotated[str, Form()] = "") -> Response:
        lines = rights.export(site, rights.visitor_ids(site, user=user.strip(), visitor=visitor.strip()))
        attachment = {"content-disposition": 'attachment; filename="visitor.jsonl"', "cache-control": "no-store"}
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=attachment)

    @router.post("/visitors/erase", dependencies=own_form)
    async def erase(
        site: ThisSite,
        user: Annotated[str, Form()] = "",
        visitor: Annotated[str, Form()] = "",
        confirmed: Annotated[str, Form()] = "",
    ) -> Response:
        _check_confirmed(confirmed)
        visitor_ids = rights.visitor_ids(site, user=user.strip(), visitor=visitor.strip())
        return _done(site, "visitors", await run_in_threadpool(rights.erase, site, visitor_ids))

    @router.post("/days/erase", dependencies=own_form)
    async def erase_days(
        site: ThisSite,
        first: Annotated[date, Form()],
        last: Annotated[date, Form()],
        confirmed: Annotated[str, Form()] = "",
    ) -> Response:
        _check_confirmed(confirmed)
        return _done(site, "erase_days", await run_in_threadpool(rights.erase_days, site, first, last))

    return router


def _check_confirmed(confirmed: str) -> None:
    if not confirmed:
        raise InvalidInput("Tick that it is to be erased for good.", field="confirmed")


def _done(site: Site, form: str, erased: dict[str, Any]) -> Response:
    query = f"erased={erased['erased_events']}" + ("&copies=left" if erased["copies_left"] else "")
    return RedirectResponse(f"{section_url(site, form)}?{query}#{form}", 303)
