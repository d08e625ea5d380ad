"""The plans of all teams, for whoever owns the install."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import User
from footfall.domain.plans import PLANS, Month
from footfall.errors import InvalidInput, NotAllowed
from footfall.plans import Metering, TeamPlans, Usage
from footfall.web.guard import Guard


def plans_router(
    *,
    plans: TeamPlans,
    usage: Usage,
    metering: Metering,
    is_install_owner: Callable[[int], bool],
    guard: Guard,
    templates: Jinja2Templates,
) -> APIRouter:
    """Make `/plans`; on an install without plans it is not there."""
    router = APIRouter(prefix="/plans", include_in_schema=False)

    def owner(user: Annotated[User, Depends(guard.user)]) -> User:
        plans.require_plans()
        if not is_install_owner(user.id):
            raise NotAllowed("Only the owner of this install sees and changes the plans of teams.")
        return user

    of_owner = [Depends(owner)]

    def show(request: Request, error: InvalidInput | None = None) -> Response:
        views = usage.views_by_team(Month.at(metering.clock()))
        context = {
            "teams": [(team, views.get(team.id, 0)) for team in plans.all()],
            "plans": tuple(PLANS.values()),
            "error": error,
        }
        return templates.TemplateResponse(request, "plans/list.html", context, error.status if error else 200)

    @router.get("", dependencies=of_owner)
    def list_plans(request: Request) -> Response:
        return show(request)

    @router.post("/{public_id}", dependencies=[*of_owner, Depends(guard.form)])
    def change_plan(request: Request, public_id: str, plan: Annotated[str, Form()] = "") -> Response:
        try:
            plans.give(public_id, plan)
        except InvalidInput as error:
            return show(request, error)
        metering.judge()  # what is dropped, or dropped no more, now and not within a minute
        return RedirectResponse("/plans?saved=plan", 303)

    return router
