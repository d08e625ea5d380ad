"""The pages of people: their account, teams, invitations, the links sent to them; teams and guests for programs."""

from functools import cached_property

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.templating import Jinja2Templates

from footfall.accounts import Invitations, Place, Teams, User
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
from footfall.web.in_person import InPerson
from footfall.web.inviting import Inviting
from footfall.web.pages.account import account_router
from footfall.web.pages.account_end import AccountEnd, account_end_router
from footfall.web.pages.account_page import AccountPage
from footfall.web.pages.invitations import invitations_router
from footfall.web.pages.language_choice import language_choice_router
from footfall.web.pages.link_pages import LinkPages
from footfall.web.pages.new_password import new_password_router
from footfall.web.pages.own_sessions import own_sessions_router
from footfall.web.pages.plans import plans_router
from footfall.web.pages.registration import registration_router
from footfall.web.pages.second_factor import second_factor_router
from footfall.web.pages.second_factor_changes import BothFactors, second_factor_changes_router
from footfall.web.pages.second_factor_page import SecondFactorPage
from footfall.web.pages.second_step import SecondStepPage, second_step_router
from footfall.web.pages.session import session_router
from footfall.web.pages.sign_in_page import SignInPage
from footfall.web.pages.team_changes import team_changes_router
from footfall.web.pages.team_page import TeamAccess, TeamPage
from footfall.web.pages.team_people import team_people_router
from footfall.web.pages.team_second_factor import team_second_factor_router
from footfall.web.pages.teams import teams_router


def inviting(install: Install) -> Inviting:
    """What inviting takes, of an install."""
    invitations = Invitations(install.database, install.clock)
    return Inviting(invitations, Post(install.settings), install.settings.base_url)


class PeoplePages:
    """The routes of all those pages, in the groups in which people meet them."""

    def __init__(
        self, install: Install, templates: Jinja2Templates, guard: Guard, bounds: SigningIn, ways: OtherWaysIn
    ) -> None:
        self._install = install
        self._people = install.people
        self._templates = templates
        self._guard = guard
        self._bounds = bounds
        self._ways = ways
        self._teams = Teams(install.database, install.clock)
        self._invitations = Invitations(install.database, install.clock)
        self._post = Post(install.settings)
        self._entering = Entering(self._people.accounts, self._people.entrance)
        self._in_person = InPerson(self._people.accounts, bounds.threads, bounds.attempts)

    @cached_property
    def _is_open(self) -> bool:
        return self._install.settings.registration == "open"

    @cached_property
    def _sign_in(self) -> SignInPage:
        return sign_in_page(self._ways, self._templates, is_open=self._is_open)

    @cached_property
    def _account(self) -> AccountPage:
        install = self._install
        return AccountPage(
            accounts=self._people.accounts,
            sessions=self._people.sessions,
            factors=self._people.second_factors,
            links=self._people.links,
            teams=self._teams,
            keys=self._people.keys,
            sites=install.sites,
            post=self._post,
            sections=self._ways.sections(),
            templates=self._templates,
        )

    def routers(self) -> tuple[APIRouter, ...]:
        """All of them; the first that fits a path answers."""
        return (
            *self._of_signing_in(),
            *self._of_other_ways_in(),
            *self._of_teams(),
            *self._of_newcomers(),
            *self._of_account(),
            *self._of_second_factor(),
        )

    def _of_signing_in(self) -> tuple[APIRouter, ...]:
        bounds = self._bounds
        return (
            session_router(
                accounts=self._people.accounts,
                entering=self._entering,
                threads=bounds.threads,
                guard=self._guard,
                attempts=bounds.attempts,
                client_of=bounds.client_of,
                page=self._sign_in,
            ),
            second_step_router(
                entering=self._entering,
                passkeys=self._ways.passkeys,
                attempts=bounds.attempts,
                client_of=bounds.client_of,
                page=SecondStepPage(self._people.second_factors, self._ways.passkeys, self._templates),
                sign_in=self._sign_in,
            ),
        )

    def _of_other_ways_in(self) -> tuple[APIRouter, ...]:
        install = self._install
        return other_ways_in_routers(
            self._ways,
            self._bounds,
            accounts=self._people.accounts,
            in_person=self._in_person,
            invitations=self._invitations,
            sites=install.sites,
            post=self._post,
            note_refusal=lambda name: self._people.audit_log.note("session refused", None, by=name),
            is_open=self._is_open,
            entering=self._entering,
            guard=self._guard,
            sign_in=self._sign_in,
            account=self._account,
            templates=self._templates,
        )

    def _of_teams(self) -> tuple[APIRouter, ...]:
        install, guard, teams = self._install, self._guard, self._teams
        accounts, has_plans = self._people.accounts, install.settings.has_plans
        usage_of = install.allowances.usage.of_team if has_plans else None
        page = TeamPage(teams, install.sites, inviting(install), self._templates, usage_of)
        access = TeamAccess(teams, guard)
        return (
            plans_router(
                plans=install.allowances.plans,
                usage=install.allowances.usage,
                metering=install.allowances.metering,
                is_install_owner=accounts.is_owner,
                guard=guard,
                templates=self._templates,
            ),
            teams_router(
                teams=teams,
                sites=install.sites,
                page=page,
                access=access,
                guard=guard,
                templates=self._templates,
                gives_plans=lambda user_id: has_plans and accounts.is_owner(user_id),
            ),
            team_changes_router(teams=teams, sites=install.sites, page=page, access=access, guard=guard),
            team_people_router(teams=teams, inviting=inviting(install), page=page, access=access, guard=guard),
            team_second_factor_router(
                teams=teams, factors=self._people.second_factors, page=page, access=access, guard=guard
            ),
        )

    def _of_newcomers(self) -> tuple[APIRouter, ...]:
        install, bounds = self._install, self._bounds
        link_pages = LinkPages(
            accounts=self._people.accounts,
            entering=self._entering,
            links=self._people.links,
            post=self._post,
            attempts=bounds.attempts,
            client_of=bounds.client_of,
            base_url=install.settings.base_url,
            is_open=self._is_open,
            templates=self._templates,
        )
        return (
            invitations_router(
                invitations=self._invitations,
                sites=install.sites,
                accounts=self._people.accounts,
                entering=self._entering,
                threads=bounds.threads,
                attempts=bounds.attempts,
                providers=[one for one in self._ways.asking.providers if one.lets_new_people_in],
                guard=self._guard,
                templates=self._templates,
            ),
            new_password_router(link_pages, bounds.threads),
            registration_router(link_pages, bounds.threads),
        )

    def _of_account(self) -> tuple[APIRouter, ...]:
        install, guard, in_person, page = self._install, self._guard, self._in_person, self._account
        end = AccountEnd(self._people.accounts, self._teams, install.sites, delete_site_data(install))
        return (
            language_choice_router(self._people.accounts, guard),
            account_router(
                links=self._people.links,
                in_person=in_person,
                post=self._post,
                base_url=install.settings.base_url,
                guard=guard,
                page=page,
            ),
            own_sessions_router(sessions=self._people.sessions, in_person=in_person, guard=guard, page=page),
            account_end_router(end=end, in_person=in_person, guard=guard, page=page),
        )

    def _of_second_factor(self) -> tuple[APIRouter, ...]:
        install, guard, in_person = self._install, self._guard, self._in_person
        factors, passkeys, sites = self._people.second_factors, self._ways.passkeys, install.sites
        page = SecondFactorPage(
            accounts=self._people.accounts,
            factors=factors,
            passkeys=passkeys,
            teams=self._teams,
            sites=sites,
            post=self._post,
            templates=self._templates,
        )
        return (
            second_factor_router(
                factors=factors,
                in_person=in_person,
                refresh=sites.refresh,
                base_url=install.settings.base_url,
                guard=guard,
                page=page,
            ),
            second_factor_changes_router(
                factors=factors,
                passkeys=passkeys,
                both=BothFactors(in_person, factors, passkeys, self._bounds.attempts),
                refresh=sites.refresh,
                guard=guard,
                page=page,
            ),
        )


def people_api_routers(install: Install, keys: Keys) -> tuple[APIRouter, APIRouter]:
    """The routes by which programs list teams, and invite guests; include them before those of sites."""
    offers = inviting(install)

    async def invite(request: Request, user_id: int, site: Site, email: str, role: Role) -> str:
        user = User(user_id, await run_in_threadpool(install.people.accounts.email_of, user_id))
        giver = install.sites.role(user_id, site.id) or Role.VIEWER
        place = Place(site_id=site.id)
        invited = await offers.invite(request, user, giver, place, site.domain, email, role)
        return "" if invited.was_sent else invited.url

    return (
        teams_api_router(teams=Teams(install.database, install.clock), keys=keys),
        guests_router(sites=install.sites, invitations=offers.invitations, invite=invite, keys=keys),
    )
