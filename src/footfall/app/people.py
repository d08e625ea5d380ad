"""The pages of people: their account, teams, invitations, and the links sent to them."""

from fastapi import APIRouter
from starlette.templating import Jinja2Templates

from footfall.accounts import Invitations, Links, Sessions, Teams
from footfall.app.install import Install
from footfall.app.signing_in import SigningIn
from footfall.app.site_data import delete_site_data
from footfall.mail import Post
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting
from footfall.web.pages.account import account_router
from footfall.web.pages.invitations import invitations_router
from footfall.web.pages.language_choice import language_choice_router
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
        language_choice_router(accounts, guard),
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
