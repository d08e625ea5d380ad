"""Annotations on screen: notes on days, written, changed and deleted; the chart shows them as flags."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from footfall.accounts import User
from footfall.errors import FootfallError, InvalidInput, NotAllowed
from footfall.sites import Annotations
from footfall.web.guard import Guard
from footfall.web.links import Links
from footfall.web.pages.dashboard import DashboardPages, view_of
from footfall.web.pages.seen import Seen

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_Text = Annotated[str, Form()]


class _AnnotationsPage:
    """Shows the list after whatever was asked of it."""

    def __init__(self, pages: DashboardPages) -> None:
        self._pages = pages

    def show(self, request: Request, seen: Seen, user: User, error: FootfallError | None = None) -> Response:
        """Show it, newest first, with what went wrong if something did."""
        listed = seen.annotations_of(None)[::-1]
        more = {"error": error, "annotations": listed, "may_edit": request.state.may_edit, "owner_id": user.id}
        head = self._pages.head(seen, view_of(request), 0, self._pages.now())
        return self._pages.render(request, "annotations.html", head | more, error.status if error else 200)

    def back(self, request: Request, seen: Seen, then: str) -> Response:
        """Lead to the dashboard where ``then`` says so, else to the list."""
        links = Links(seen.site.domain, view_of(request))
        return RedirectResponse(links.here() if then == "dashboard" else links.annotations(), 303)


def annotations_pages_router(
    pages: DashboardPages, *, annotations: Annotations, guard: Guard, seen: Callable[..., Seen]
) -> APIRouter:
    """Make `/sites/{domain}/annotations` for the members of a site; those for all are its owners' to change."""
    router = APIRouter(prefix="/sites/{domain}/annotations", include_in_schema=False)
    ThisSeen = Annotated[Seen, Depends(seen)]  # noqa: N806 (a type)
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806
    own_form = [Depends(guard.form)]

    page = _AnnotationsPage(pages)

    @router.get("")
    def list_annotations(request: Request, seen: ThisSeen, user: ThisUser) -> Response:
        return page.show(request, seen, user)

    @router.post("", dependencies=own_form)
    def add_annotation(
        request: Request,
        seen: ThisSeen,
        user: ThisUser,
        text: _Text = "",
        first: _Text = "",
        last: _Text = "",
        is_for_all: Annotated[bool, Form()] = False,
    ) -> Response:
        try:
            if is_for_all and not request.state.may_edit:
                raise NotAllowed("Your role writes notes for yourself alone; ask an editor of this site.")
            annotations.add(seen.site, None if is_for_all else user.id, text, *_days(first, last))
        except FootfallError as error:
            return page.show(request, seen, user, error)
        return page.back(request, seen, "dashboard")

    @router.post("/{annotation_id}", dependencies=own_form)
    def change_annotation(
        request: Request,
        seen: ThisSeen,
        user: ThisUser,
        annotation_id: _Number,
        text: _Text = "",
        first: _Text = "",
        last: _Text = "",
        then: _Text = "",
    ) -> Response:
        is_owner = request.state.may_edit
        try:
            day, end = _days(first, last)
            annotations.update(
                seen.site, annotation_id, user.id, is_owner=is_owner, text=text, first=day, last=end or day
            )
        except FootfallError as error:
            return page.show(request, seen, user, error)
        return page.back(request, seen, then)

    @router.post("/{annotation_id}/delete", dependencies=own_form)
    def delete_annotation(
        request: Request, seen: ThisSeen, user: ThisUser, annotation_id: _Number, then: _Text = ""
    ) -> Response:
        annotations.delete(seen.site, annotation_id, user.id, is_owner=request.state.may_edit)
        return page.back(request, seen, then)

    return router


def _days(first: str, last: str) -> tuple[date, date | None]:
    try:
        return date.fromisoformat(first), date.fromisoformat(last) if last else None
    except ValueError:
        raise InvalidInput("Choose the day this is about.", field="first") from None
