"""Segments on screen: the filters of a view saved under a name, renamed and deleted."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from footfall.accounts import User
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput, NotAllowed
from footfall.query import check_filters
from footfall.reports.dimensions import SEGMENT
from footfall.reports.view import Filter, View
from footfall.sites import Segment, Segments
from footfall.web.guard import Guard
from footfall.web.links import Links
from footfall.web.pages.dashboard import DashboardPages, view_of
from footfall.web.pages.seen import Seen

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class _SegmentsPage:
    """Shows the list after whatever was asked of it."""

    def __init__(self, pages: DashboardPages) -> None:
        self._pages = pages

    def show(self, request: Request, seen: Seen, user: User, error: FootfallError | None = None) -> Response:
        """Show it, with what went wrong if something did."""
        context = {
            "error": error,
            "may_edit": request.state.may_edit,
            "owner_id": user.id,
            "suggested_name": request.query_params.get("name", ""),
        }
        head = self._pages.head(seen, view_of(request), 0, self._pages.now())
        return self._pages.render(request, "segments.html", head | context, error.status if error else 200)


def segments_pages_router(
    pages: DashboardPages, *, segments: Segments, guard: Guard, seen: Callable[..., Seen]
) -> APIRouter:
    """Make `/sites/{domain}/segments` for the members of a site; those for all are its owners' to change."""
    router = APIRouter(prefix="/sites/{domain}/segments", include_in_schema=False)
    ThisSeen = Annotated[Seen, Depends(seen)]  # noqa: N806 (a type)
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806
    own_form = [Depends(guard.form)]

    page = _SegmentsPage(pages)

    @router.get("")
    async def list_segments(request: Request, seen: ThisSeen, user: ThisUser) -> Response:
        return page.show(request, seen, user)

    @router.post("", dependencies=own_form)
    async def save_segment(
        request: Request,
        seen: ThisSeen,
        user: ThisUser,
        name: Annotated[str, Form()] = "",
        is_for_all: Annotated[bool, Form()] = False,
    ) -> Response:
        view = view_of(request)
        try:
            filters = check_filters(_unfolded(view, seen.segments), tuple(seen.goals))
            if is_for_all and not request.state.may_edit:
                raise NotAllowed("Your role saves segments for yourself alone; ask an editor of this site.")
            owner_id = None if is_for_all else user.id
            saved = await run_in_threadpool(segments.add, seen.site.id, owner_id, name, filters)
        except FootfallError as error:
            return page.show(request, seen, user, error)
        return RedirectResponse(_through(seen.site, view, saved), 303)

    @router.post("/{segment_id}/name", dependencies=own_form)
    async def rename_segment(
        request: Request, seen: ThisSeen, user: ThisUser, segment_id: _Number, name: Annotated[str, Form()] = ""
    ) -> Response:
        try:
            await run_in_threadpool(
                segments.rename, seen.site.id, segment_id, user.id, name, is_owner=request.state.may_edit
            )
        except FootfallError as error:
            return page.show(request, seen, user, error)
        return RedirectResponse(Links(seen.site.domain, view_of(request)).segments(), 303)

    @router.post("/{segment_id}/delete", dependencies=own_form)
    async def delete_segment(request: Request, seen: ThisSeen, user: ThisUser, segment_id: _Number) -> Response:
        is_owner = request.state.may_edit
        await run_in_threadpool(segments.delete, seen.site.id, segment_id, user.id, is_owner=is_owner)
        kept = [one for one in view_of(request).filters if one != Filter(SEGMENT, str(segment_id))]
        return RedirectResponse(Links(seen.site.domain, view_of(request).with_filters(kept)).segments(), 303)

    return router


def _unfolded(view: View, seen: list[Segment]) -> list[Any]:
    """The filters of a view with those of its segments in their place: a segment cannot hold another."""
    held = {str(one.id): one.filters for one in seen}
    filters: list[Any] = []
    for group in view.groups:
        if group.dimension != SEGMENT:
            filters += group.as_query()
            continue
        for value in group.values:
            if value not in held:
                raise InvalidInput("One of these segments is gone; remove it first.", field="filters")
            filters += held[value]
    return filters


def _through(site: Site, view: View, saved: Segment) -> str:
    """The same view, through the segment in place of the filters it holds."""
    return Links(site.domain, view).segment(saved.id)
