"""The pages of people: their account, teams, invitations, the links sent to them; teams and guests for programs."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.templating import Jinja2Templates

from footfall.accounts import Invitations, Links, Place, Sessions, Teams, User
from footfall.api.guests import guests_router
from footfall.api.keys import Keys
from footfall.api.teams import teams_api_router
from footfall.app.install import Install
from footfall.app.signing_in import SigningIn
from footfall.app.site_data import delete_site_data
from footfall.domain import Site
from footfall.domain.roles import Role
from footfall.mail import Post
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting
from footfall.web.pages.account import account_router
from footfall.web.pages.invitations import invitations_router
from footfall.web.pages.link_pages import LinkPages
from footfall.web.pages.new_password import new_password_router
from footfall.web.pages.registration import registration_router
from footfall.web.pages.team_page import TeamAccess, TeamPage
from footfall.web.pages.team_people import team_people_router
from footfall.web.pages.teams import teams_router


def inviting(install: Install) -> Inviting:
    """What inviting takes, of an install."""
    invitations = Invitations(install.database, install.clock)
    return Inviting(invitations, Post(install.settings), install.settings.base_url)


def people_routers(
    install: Install, templates: Jinja2Templates, guard: Guard, bounds: SigningIn
) -> tuple[APIRouter, ...]:
    """The routes of all those pages."""
    database, clock, settings = install.database, install.clock, install.settings
    accounts, sites, threads, attempts = install.accounts, install.sites, bounds.threads, bounds.attempts
    teams, links, post = Teams(database, clock), Links(database, clock), Post(settings)
    page, access = TeamPage(teams, sites, inviting(install), templates), TeamAccess(teams, guard)
    link_pages = LinkPages(
        accounts=accounts,
        links=links,
        post=post,
        attempts=attempts,
        client_of=bounds.client_of,
        base_url=settings.base_url,
        is_open=settings.registration == "open",
        templates=templates,
    )
    return (
        teams_router(teams=teams, sites=sites, page=page, access=access, guard=guard, templates=templates),
        team_people_router(teams=teams, inviting=inviting(install), page=page, access=access, guard=guard),
        invitations_router(
            invitations=Invitations(database, clock),
            sites=sites,
            accounts=accounts,
            threads=threads,
            attempts=attempts,
            guard=guard,
            templates=templates,
        ),
        new_password_router(link_pages, threads),
        registration_router(link_pages, threads),
        account_router(
            accounts=accounts,
            sessions=Sessions(database, clock),
            links=links,
            teams=teams,
            keys=install.keys,
            sites=sites,
            threads=threads,
            attempts=attempts,
            post=post,
            base_url=settings.base_url,
            delete_site_data=delete_site_data(install),
            guard=guard,
            templates=templates,
        ),
    )


def people_api_routers(install: Install, keys: Keys) -> tuple[APIRouter, APIRouter]:
    """The routes by which programs list teams, and invite guests; include them before those of sites."""
    offers = inviting(install)

    async def invite(request: Request, user_id: int, site: Site, email: str, role: Role) -> str:
        user = User(user_id, await run_in_threadpool(install.accounts.email_of, user_id))
        giver = install.sites.role(user_id, site.id) or Role.VIEWER
        place = Place(site_id=site.id)
        invited = await offers.invite(request, user, giver, place, site.domain, email, role)
        return "" if invited.was_sent else invited.url

    return (
        teams_api_router(teams=Teams(install.database, install.clock), keys=keys),
        guests_router(sites=install.sites, invitations=offers.invitations, invite=invite, keys=keys),
    )
