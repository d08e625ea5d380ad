"""`/api/v1/sites/PUBLIC_ID/annotations`: what happened on a day, for a person or for all members of a site."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.holders import edit_check, holder, kind_of
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.errors import InvalidInput, NotAllowed
from footfall.sites import Annotation, Annotations, SiteDirectory

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_From = Annotated[str, Query(alias="from", description="The first day, as YYYY-MM-DD.")]
_To = Annotated[str, Query(alias="to", description="The last day, as YYYY-MM-DD.")]


def annotations_router(*, sites: SiteDirectory, annotations: Annotations, keys: Keys) -> APIRouter:
    """Make the routes of annotations; a key that reads statistics may keep those of its person."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/annotations", tags=["annotations"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "stats:read", SITES_WORDS))
    may_edit = edit_check(keys, sites)

    @router.get("")
    def list_annotations(
        public_id: str, caller: Annotated[Caller, reader], first: _From = "", last: _To = ""
    ) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        days = (_date("from", first) if first else date.min, _date("to", last) if last else date.max)
        found = annotations.of_site(site, caller.owner_id, days)
        return {"annotations": [_shown(annotation) for annotation in found]}

    @router.post("")
    async def add_annotation(request: Request, public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        fields = await read_body(request)
        text, owner_id = text_field(fields, "text"), holder(text_field(fields, "type", "personal"), caller)
        first, last = _date("from", text_field(fields, "from")), _day(fields, "to")
        if owner_id is None and not await run_in_threadpool(may_edit, request, site):
            raise NotAllowed(
                "An annotation for all members needs the scope sites:write, and the right to edit the site."
            )
        return _shown(await run_in_threadpool(annotations.add, site, owner_id, text, first, last))

    @router.put("/{annotation_id}")
    async def change_annotation(
        request: Request, public_id: str, annotation_id: _Number, caller: Annotated[Caller, reader]
    ) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        fields = await read_body(request)
        text = text_field(fields, "text") if "text" in fields else None
        first, last = _day(fields, "from"), _day(fields, "to")
        if text is None and first is None and last is None:
            raise InvalidInput("Send a new text, from or to.")

        def change() -> Annotation:
            return annotations.update(
                site,
                annotation_id,
                caller.owner_id,
                is_owner=may_edit(request, site),
                text=text,
                first=first,
                last=last,
            )

        return _shown(await run_in_threadpool(change))

    @router.delete("/{annotation_id}")
    def delete_annotation(
        request: Request, public_id: str, annotation_id: _Number, caller: Annotated[Caller, reader]
    ) -> dict[str, str]:
        site = site_of_caller_by_id(sites, caller, public_id)
        annotations.delete(site, annotation_id, caller.owner_id, is_owner=may_edit(request, site))
        return {"deleted": "true"}

    return router


def _day(fields: dict[str, Any], name: str) -> date | None:
    return _date(name, text_field(fields, name)) if fields.get(name) is not None else None


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"Parameter `{name}` is a day, as YYYY-MM-DD.", field=name) from error


def _shown(annotation: Annotation) -> dict[str, Any]:
    return {
        "id": annotation.id,
        "text": annotation.text,
        "type": kind_of(annotation.owner_id),
        "from": annotation.first.isoformat(),
        "to": annotation.last.isoformat(),
    }
