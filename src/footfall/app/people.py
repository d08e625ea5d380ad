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
from footfall.app.ways_in import OtherWaysIn, other_ways_in_routers, sign_in_page
from footfall.domain import Site
from footfall.domain.roles import Role
from footfall.mail import Post
from footfall.web.entering import Entering
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting
from footfall.web.pages.account import account_router
from footfall.web.pages.account_page import AccountPage
from footfall.web.pages.invitations import invitations_router
from footfall.web.pages.language_choice import language_choice_router
from footfall.web.pages.link_pages import LinkPages
from footfall.web.pages.new_password import new_password_router
from footfall.web.pages.plans import plans_router
from footfall.web.pages.registration import registration_router
from footfall.web.pages.second_factor import second_factor_router
from footfall.web.pages.session import session_router
from footfall.web.pages.team_page import TeamAccess, TeamPage
from footfall.web.pages.team_people import team_people_router
from footfall.web.pages.team_second_factor import team_second_factor_router
from footfall.web.pages.teams import teams_router


def inviting(install: Install) -> Inviting:
    """What inviting takes, of an install."""
    invitations = Invitations(install.database, install.clock)
    return Inviting(invitations, Post(install.settings), install.settings.base_url)


def account_page(install: Install, ways: OtherWaysIn, templates: Jinja2Templates) -> AccountPage:
    """The page of one's own account."""
    database, clock = install.database, install.clock
    return AccountPage(
        accounts=install.accounts,
        sessions=Sessions(database, clock),
        factors=install.second_factors,
        links=Links(database, clock),
        teams=Teams(database, clock),
        keys=install.keys,
        sites=install.sites,
        post=Post(install.settings),
        sections=ways.sections(),
        templates=templates,
    )


def people_routers(
    install: Install, templates: Jinja2Templates, guard: Guard, bounds: SigningIn, ways: OtherWaysIn
) -> tuple[APIRouter, ...]:
    """The routes of all those pages."""
    database, clock, settings = install.database, install.clock, install.settings
    accounts, sites, threads, attempts = install.accounts, install.sites, bounds.threads, bounds.attempts
    teams, links, post = Teams(database, clock), Links(database, clock), Post(settings)
    usage_of = install.usage.of_team if settings.has_plans else None
    page, access = TeamPage(teams, sites, inviting(install), templates, usage_of), TeamAccess(teams, guard)
    account, entering = account_page(install, ways, templates), Entering(accounts, install.entrance)
    factors, is_open = install.second_factors, settings.registration == "open"
    sign_in = sign_in_page(ways, templates, is_open=is_open)
    link_pages = LinkPages(
        accounts=accounts,
        entering=entering,
        links=links,
        post=post,
        attempts=attempts,
        client_of=bounds.client_of,
        base_url=settings.base_url,
        is_open=is_open,
        templates=templates,
    )
    return (
        session_router(
            accounts=accounts,
            entering=entering,
            threads=threads,
            guard=guard,
            attempts=attempts,
            client_of=bounds.client_of,
            page=sign_in,
            templates=templates,
        ),
        *other_ways_in_routers(
            ways,
            bounds,
            accounts=accounts,
            invitations=Invitations(database, clock),
            sites=sites,
            post=post,
            note_refusal=lambda name: install.audit_log.note("session refused", None, by=name),
            is_open=is_open,
            entering=entering,
            guard=guard,
            sign_in=sign_in,
            account=account,
            templates=templates,
        ),
        plans_router(
            plans=install.plans,
            usage=install.usage,
            metering=install.metering,
            is_install_owner=accounts.is_owner,
            guard=guard,
            templates=templates,
        ),
        teams_router(
            teams=teams,
            sites=sites,
            page=page,
            access=access,
            guard=guard,
            templates=templates,
            gives_plans=lambda user_id: settings.has_plans and accounts.is_owner(user_id),
        ),
        team_people_router(teams=teams, inviting=inviting(install), page=page, access=access, guard=guard),
        team_second_factor_router(teams=teams, factors=factors, page=page, access=access, guard=guard),
        invitations_router(
            invitations=Invitations(database, clock),
            sites=sites,
            accounts=accounts,
            entering=entering,
            threads=threads,
            attempts=attempts,
            providers=[one for one in ways.asking.providers if one.lets_new_people_in],
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
            sites=sites,
            threads=threads,
            attempts=attempts,
            post=post,
            base_url=settings.base_url,
            delete_site_data=delete_site_data(install),
            guard=guard,
            page=account,
        ),
        second_factor_router(
            accounts=accounts,
            factors=factors,
            teams=teams,
            sites=sites,
            threads=threads,
            attempts=attempts,
            post=post,
            base_url=settings.base_url,
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
