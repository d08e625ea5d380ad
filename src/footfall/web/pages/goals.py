"""The section of a site's settings in which its owner says what visitors should do."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import Goal, GoalKind, Goals
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Reader, SettingsPage

CONDITIONS = 3


class Kind(NamedTuple):
    """A kind of goal as people see it."""

    title: str
    hint: str


KINDS = {
    GoalKind.EVENT: Kind(Phrase("Event"), Phrase("Something your page reports, such as Signup.")),
    GoalKind.PAGE: Kind(Phrase("Page"), Phrase("A view of a page, or of any page that fits a pattern.")),
    GoalKind.SCROLL: Kind(Phrase("Scrolling"), Phrase("Reading down to a part of the page.")),
}


class TypedGoal(NamedTuple):
    """What stands in the form."""

    kind: str = GoalKind.EVENT
    event: str = ""
    page: str = ""
    percent: str = "75"
    display_name: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    id: int = 0  # of the goal that is changed; 0: a new one

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The conditions, and room for more."""
        return (*self.conditions, *[("", "")] * CONDITIONS)[:CONDITIONS]


def goals_reader(goals: Goals) -> Reader:
    """What the section's template shows; `?edit=ID` opens a goal in the form."""

    def read(request: Request, site: Site) -> dict[str, Any]:
        listed = goals.of_site(site.id)
        wanted = request.query_params.get("edit", "")
        chosen = next((goal for goal in listed if str(goal.id) == wanted), None)
        typed = _typed(chosen) if chosen else TypedGoal()
        return {"goals": [(goal, said(goal)) for goal in listed], "goal_kinds": KINDS, "typed_goal": typed}

    return read


def said(goal: Goal) -> str:
    """A goal in words."""
    if goal.kind is GoalKind.SCROLL:
        return Phrase("{percent}% of {pages}", percent=goal.scroll_percent, pages=goal.pattern)
    if not goal.properties:
        return goal.pattern
    conditions = ", ".join(f"{key} = {value}" for key, value in goal.properties)
    return Phrase("{event}, where {conditions}", event=goal.pattern, conditions=conditions)


def goals_settings_router(*, goals: Goals, guard: Guard, page: SettingsPage) -> APIRouter:
    """Make `/sites/{domain}/settings/goals` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings/goals", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    def keep(request: Request, site: Site, typed: TypedGoal) -> Response:
        try:
            said_by_form = _read(typed)
            if typed.id:
                goals.change(site.id, typed.id, *said_by_form)
            else:
                goals.add(site.id, *said_by_form)
        except FootfallError as error:
            return page.show(request, site, "goals", error, typed_goal=typed)
        return page.saved(site, "goals")

    @router.post("", dependencies=own_form)
    async def add_goal(request: Request, site: ThisSite) -> Response:
        return await run_in_threadpool(keep, request, site, _filled_in(await request.form()))

    @router.post("/{goal_id}", dependencies=own_form)
    async def change_goal(request: Request, site: ThisSite, goal_id: int) -> Response:
        typed = _filled_in(await request.form())._replace(id=goal_id)
        return await run_in_threadpool(keep, request, site, typed)

    @router.post("/{goal_id}/delete", dependencies=own_form)
    def delete_goal(site: ThisSite, goal_id: int) -> Response:
        goals.delete(site.id, goal_id)
        return page.saved(site, "goals")

    return router


def _filled_in(form: FormData) -> TypedGoal:
    def text(name: str) -> str:
        return str(form.get(name) or "").strip()

    names, values = form.getlist("property"), form.getlist("value")
    conditions = [(str(name).strip(), str(value).strip()) for name, value in zip(names, values, strict=False)]
    kept = tuple(pair for pair in conditions if any(pair))[:CONDITIONS]
    return TypedGoal(text("kind"), text("event"), text("page"), text("percent"), text("display_name"), kept)


def _read(typed: TypedGoal) -> tuple[GoalKind, str, str, int, dict[str, Any]]:
    if typed.kind not in set(GoalKind):
        raise InvalidInput("Choose what the goal is.", field="kind")
    kind = GoalKind(typed.kind)
    if kind is GoalKind.EVENT:
        return kind, typed.event, typed.display_name, 0, dict(typed.conditions)
    percent = int(typed.percent) if typed.percent.isascii() and typed.percent.isdigit() else 0
    return kind, typed.page, typed.display_name, percent if kind is GoalKind.SCROLL else 0, {}


def _typed(goal: Goal) -> TypedGoal:
    is_event = goal.kind is GoalKind.EVENT
    return TypedGoal(
        kind=goal.kind,
        event=goal.pattern if is_event else "",
        page="" if is_event else goal.pattern,
        percent=str(goal.scroll_percent or 75),
        display_name=goal.display_name,
        conditions=goal.properties,
        id=goal.id,
    )
