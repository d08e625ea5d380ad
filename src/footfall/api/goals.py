"""`/api/v1/sites/goals` in the shape of Plausible's Sites API: find or create, list, delete."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.paging import AskedPage, page_of
from footfall.api.sites import site_of_caller
from footfall.errors import InvalidInput, NotFound
from footfall.sites import Goal, GoalKind, Goals, SiteDirectory

_PATTERN_FIELDS = {GoalKind.EVENT: "event_name", GoalKind.PAGE: "page_path", GoalKind.SCROLL: "page_path"}


def goals_router(*, sites: SiteDirectory, goals: Goals, keys: Keys) -> APIRouter:
    """Make the routes of goals; include them before those of sites."""
    router = APIRouter(prefix="/api/v1/sites/goals", tags=["goals"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    @router.get("")
    def list_goals(site_id: str, caller: Annotated[Caller, reader], asked: AskedPage) -> dict[str, Any]:
        site = site_of_caller(sites, caller, site_id)
        page = page_of(goals.of_site(site.id), _number, asked)
        return {"goals": [_shown(goal) for goal in page.items], "meta": page.meta}

    @router.put("")
    async def find_or_create_goal(request: Request, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        fields = await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        kind = _kind(text_field(fields, "goal_type"))
        pattern = text_field(fields, _PATTERN_FIELDS[kind])
        display_name = str(fields.get("display_name") or "")
        asked = (_percent(fields), _properties(fields), _currency(fields))
        goal = await run_in_threadpool(goals.add, site.id, kind, pattern, display_name, *asked)
        return {"domain": site.domain} | _shown(goal)

    @router.delete("/{goal_id}")
    async def delete_goal(request: Request, goal_id: str, caller: Annotated[Caller, writer]) -> dict[str, str]:
        fields = dict(request.query_params) | await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        if not goal_id.isascii() or not goal_id.isdigit():
            raise NotFound("This site has no such goal; it may have been deleted already.")
        await run_in_threadpool(goals.delete, site.id, int(goal_id))
        return {"deleted": "true"}

    return router


def _shown(goal: Goal) -> dict[str, Any]:
    threshold = {"scroll_threshold": goal.scroll_percent} if goal.kind is GoalKind.SCROLL else {}
    own = {"currency": goal.currency} if goal.currency else {}  # Plausible's goals have none
    return (
        threshold
        | own
        | {
            "id": str(goal.id),
            "goal_type": goal.kind.value,
            "display_name": goal.display_name,
            "event_name": goal.pattern if goal.kind is GoalKind.EVENT else None,
            "page_path": goal.pattern if goal.kind is not GoalKind.EVENT else None,
            "custom_props": dict(goal.properties),
        }
    )


def _percent(fields: dict[str, Any]) -> int:
    """How far down the page; 0 where nothing was sent."""
    sent = str(fields.get("scroll_threshold") or 0)
    if not (sent.isascii() and sent.isdigit()):
        raise InvalidInput("Parameter `scroll_threshold` must be a number from 1 to 100.", field="scroll_threshold")
    return int(sent[:4])


def _properties(fields: dict[str, Any]) -> dict[str, Any]:
    sent = fields.get("custom_props") or {}
    if not isinstance(sent, dict):
        raise InvalidInput("Parameter `custom_props` must be an object.", field="custom_props")
    return sent


def _currency(fields: dict[str, Any]) -> str:
    return text_field(fields, "currency") if fields.get("currency") else ""


def _kind(text: str) -> GoalKind:
    if text not in set(GoalKind):
        raise InvalidInput(f"Parameter `goal_type` must be one of {', '.join(GoalKind)}.", field="goal_type")
    return GoalKind(text)


def _number(goal: Goal) -> int:
    return goal.id
