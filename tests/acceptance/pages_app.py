"""The pages of people and sites as one small app, with what other rooms give them as plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient
from tests.people import PASSWORD, Install, quick_passwords

from footfall.accounts import Attempts, HashingThreads
from footfall.api.auth import auth_router
from footfall.api.errors import install_error_handlers
from footfall.api.registering import Registering
from footfall.app.signing_in import SigningIn
from footfall.app.ways_in import other_ways_in, other_ways_in_routers, sign_in_page
from footfall.domain import Site
from footfall.mail import Post
from footfall.reports.event_registry import ListedEvent, ListedRegistry, TypedKey
from footfall.reports.overview import SiteSummary
from footfall.settings import Settings
from footfall.sites import EventRegistry, Kind
from footfall.web.browsers import Browsers
from footfall.web.entering import Entering
from footfall.web.error_pages import error_page
from footfall.web.forms import FormTokens
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.inviting import Inviting
from footfall.web.pages.account import account_router
from footfall.web.pages.account_end import AccountEnd, account_end_router
from footfall.web.pages.account_page import AccountPage
from footfall.web.pages.custom_domain import custom_domain_reader
from footfall.web.pages.danger import Stored, danger_reader, danger_router
from footfall.web.pages.event_registry import EventRegistryPage, event_registry_pages_router
from footfall.web.pages.export import export_reader, export_router
from footfall.web.pages.first_visit import first_visit_router
from footfall.web.pages.goals import goals_reader, goals_settings_router
from footfall.web.pages.invitations import invitations_router
from footfall.web.pages.language_choice import language_choice_router
from footfall.web.pages.link_pages import LinkPages
from footfall.web.pages.new_password import new_password_router
from footfall.web.pages.new_site import NewSitePage, new_site_router
from footfall.web.pages.own_sessions import own_sessions_router
from footfall.web.pages.refused import refused_reader
from footfall.web.pages.registration import link_sender, registration_router
from footfall.web.pages.second_factor import second_factor_router
from footfall.web.pages.second_factor_changes import BothFactors, second_factor_changes_router
from footfall.web.pages.second_factor_page import SecondFactorPage
from footfall.web.pages.second_step import SecondStepPage, second_step_router
from footfall.web.pages.session import session_router
from footfall.web.pages.settings_page import SettingsPage
from footfall.web.pages.setup import check_setup_code, setup_router
from footfall.web.pages.shared_links import links_reader, shared_links_router
from footfall.web.pages.shields import shields_reader, shields_router
from footfall.web.pages.site_keys import keys_reader, keys_router
from footfall.web.pages.site_people import people_reader, site_people_router
from footfall.web.pages.site_settings import option_readers, site_settings_router
from footfall.web.pages.sites import sites_router
from footfall.web.pages.team_changes import team_changes_router
from footfall.web.pages.team_page import TeamAccess, TeamPage
from footfall.web.pages.team_people import team_people_router
from footfall.web.pages.team_second_factor import team_second_factor_router
from footfall.web.pages.teams import teams_router
from footfall.web.rendering import page_templates
from footfall.web.security import PageSecurity

SETUP_CODE = "ABCD-EFGH"
HERE = ("127.0.0.1", 50_000)
ELSEWHERE = ("203.0.113.9", 50_000)


@dataclass
class PagesApp:
    """The app, and what its sites have received, refused or lost."""

    install: Install
    threads: HashingThreads
    visited: set[int] = field(default_factory=set)
    deleted: list[Site] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)
    events: int = 0
    refused: list[str] = field(default_factory=list)  # providers whose word was not taken
    settings: Settings = field(default_factory=Settings)  # of mail and registration

    @cached_property
    def registry(self) -> EventRegistry:
        return EventRegistry(self.install.database, self.install.clock, most_names=2, most_keys=2)

    def __post_init__(self) -> None:
        install = self.install
        templates = page_templates()
        form_tokens = FormTokens("secret")
        guard = Guard(install.accounts, install.sites, form_tokens)
        templates.context_processors.append(guard.page_context)
        attempts = Attempts(install.clock, limit=5, window_seconds=600)
        shared: dict[str, Any] = {"templates": templates}
        hashing: dict[str, Any] = {"accounts": install.accounts, "threads": self.threads, "attempts": attempts}
        people: dict[str, Any] = shared | hashing
        entered: dict[str, Any] = people | {"entering": Entering(install.accounts, install.entrance)}
        owned: dict[str, Any] = shared | {"sites": install.sites, "guard": guard}
        on_sites: dict[str, Any] = {"sites": install.sites, "guard": guard}
        post = Post(self.settings)
        inviting = Inviting(install.invitations, post, self.settings.base_url)
        own: dict[str, Any] = {"post": post, "base_url": self.settings.base_url}
        by_link: dict[str, Any] = own | {"links": install.links}
        is_open = self.settings.registration == "open"
        self.app = FastAPI()
        self.app.include_router(setup_router(**entered, setup_code=SETUP_CODE))
        bounds = SigningIn(self.threads, attempts, client_of)
        ways = other_ways_in(install.database, install.clock, self.settings, bounds, bytes(32))
        sign_in = sign_in_page(ways, templates, is_open=is_open)
        by_password = {name: entered[name] for name in ("accounts", "entering", "threads", "attempts")}
        self.app.include_router(session_router(**by_password, guard=guard, client_of=client_of, page=sign_in))
        self.app.include_router(
            second_step_router(
                entering=entered["entering"],
                passkeys=ways.passkeys,
                attempts=attempts,
                client_of=client_of,
                page=SecondStepPage(install.factors, ways.passkeys, templates),
                sign_in=sign_in,
            )
        )
        self.app.include_router(new_site_router(**on_sites, page=NewSitePage(install.teams, templates)))
        self.app.include_router(sites_router(**owned, summaries_of=self._summaries))
        self.app.include_router(first_visit_router(guard=guard, templates=templates, has_events=self._has_events))
        team_page = TeamPage(install.teams, install.sites, inviting, templates)
        team: dict[str, Any] = {"teams": install.teams, "page": team_page, "access": TeamAccess(install.teams, guard)}
        self.app.include_router(teams_router(**owned, **team))
        self.app.include_router(team_changes_router(**on_sites, **team))
        self.app.include_router(team_people_router(**team, inviting=inviting, guard=guard))
        self.app.include_router(
            invitations_router(**entered, **on_sites, invitations=install.invitations, providers=ways.asking.providers)
        )
        strangers: dict[str, Any] = {
            "accounts": install.accounts,
            "entering": entered["entering"],
            "attempts": attempts,
            "client_of": client_of,
            "is_open": is_open,
        }
        link_pages = LinkPages(**shared, **by_link, **strangers)
        self.app.include_router(language_choice_router(install.accounts, guard))
        self.app.include_router(new_password_router(link_pages, self.threads))
        self.app.include_router(registration_router(link_pages, self.threads))
        account = AccountPage(
            **shared,
            accounts=install.accounts,
            sessions=install.sessions,
            factors=install.factors,
            links=install.links,
            teams=install.teams,
            keys=install.keys,
            sites=install.sites,
            post=post,
            sections=ways.sections(),
        )
        in_person = InPerson(install.accounts, self.threads, attempts)
        on_account: dict[str, Any] = {"in_person": in_person, "guard": guard, "page": account}
        end = AccountEnd(install.accounts, install.teams, install.sites, self._delete_site_data)
        self.app.include_router(account_router(**by_link, **on_account))
        self.app.include_router(own_sessions_router(**on_account, sessions=install.sessions))
        self.app.include_router(account_end_router(**on_account, end=end))
        for router in other_ways_in_routers(
            ways,
            bounds,
            accounts=install.accounts,
            in_person=in_person,
            invitations=install.invitations,
            sites=install.sites,
            post=post,
            note_refusal=self.refused.append,
            is_open=is_open,
            entering=entered["entering"],
            guard=guard,
            sign_in=sign_in,
            account=account,
            templates=templates,
        ):
            self.app.include_router(router)
        factor_page = SecondFactorPage(
            **shared,
            accounts=install.accounts,
            factors=install.factors,
            passkeys=ways.passkeys,
            teams=install.teams,
            sites=install.sites,
            post=post,
        )
        on_factor: dict[str, Any] = {
            "factors": install.factors,
            "refresh": install.sites.refresh,
            "guard": guard,
            "page": factor_page,
        }
        both = BothFactors(in_person, install.factors, ways.passkeys, attempts)
        self.app.include_router(second_factor_router(**on_factor, in_person=in_person, base_url=self.settings.base_url))
        self.app.include_router(second_factor_changes_router(**on_factor, passkeys=ways.passkeys, both=both))
        self.app.include_router(team_second_factor_router(**team, factors=install.factors, guard=guard))
        registering = Registering(
            **hashing,
            links=install.links,
            invitations=install.invitations,
            sites=install.sites,
            client_of=client_of,
            check_setup=lambda request, code: check_setup_code(request, code, SETUP_CODE, attempts),
            send_link=link_sender(install.accounts, install.links, post, link_pages.url),
            is_open=is_open,
        )
        self.app.include_router(
            auth_router(
                **hashing,
                entrance=install.entrance,
                factors=install.factors,
                teams=install.teams,
                registering=registering,
                browsers=Browsers(entered["entering"], form_tokens),
                client_of=client_of,
            )
        )
        page = SettingsPage(
            templates,
            {
                **option_readers(),
                "goals": goals_reader(install.goals),
                "shields": shields_reader(install.shields, client_of),
                "custom_domain": custom_domain_reader({}, self.settings.base_url),
                "refused": refused_reader(lambda site: self.verdicts),
                "links": links_reader(install.shared_links, install.segments, install.clock, ""),
                "people": people_reader(install.teams, install.sites, inviting),
                "keys": keys_reader(install.keys),
                "export": export_reader(self),
                "reset": danger_reader(self),
            },
        )
        managed: dict[str, Any] = {"guard": guard, "page": page}
        for router in (
            shields_router(**managed, shields=install.shields, client_of=client_of),
            goals_settings_router(**managed, goals=install.goals),
            site_people_router(**managed, sites=install.sites, inviting=inviting),
            keys_router(**managed, keys=install.keys),
            shared_links_router(
                **managed,
                links=install.shared_links,
                segments=install.segments,
                passwords=quick_passwords(),
                threads=self.threads,
            ),
            danger_router(
                **managed,
                sites=install.sites,
                data=self,
                inviting=inviting,
                delete_site_data=self._delete_site_data,
            ),
            export_router(guard=guard, export_events=self._events_of),
            event_registry_pages_router(
                **on_sites, registry=self.registry, page=EventRegistryPage(page, self._listed_of)
            ),
            site_settings_router(**managed, sites=install.sites),
        ):
            self.app.include_router(router)
        self.app.add_middleware(PageSecurity)
        install_error_handlers(self.app, page=error_page(templates))

    def browser(self, client: tuple[str, int] = HERE, url: str = "http://localhost") -> TestClient:
        return TestClient(self.app, base_url=url, client=client, follow_redirects=False)

    def browser_of(self, email: str) -> TestClient:
        browser = self.browser()
        answer = browser.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 303
        return browser

    def stored(self, site: Site) -> Stored:
        return Stored(self.events, date(2026, 1, 31) if self.events else None, 2, 0, 1, 3)

    def reset(self, site: Site) -> int:
        erased, self.events = self.events, 0
        return erased

    async def _summaries(self, sites: Sequence[Site]) -> list[SiteSummary]:
        return [SiteSummary(site, 2, 1200, 1000, (1, 2, 3)) for site in sites]

    async def _events_of(self, site: Site, form: str, headers: dict[str, str]) -> Response:
        return Response(f"{site.domain} as {form}", headers=headers)

    async def _listed_of(self, site: Site) -> ListedRegistry:
        at = datetime(2026, 1, 31, tzinfo=UTC)
        said = {one.name: one.description for one in self.registry.names(site.id)}
        signup = ListedEvent("Signup", said.get("Signup", ""), at, at, 27, (TypedKey("plan", "text"),))
        return ListedRegistry((signup,), tuple(self.registry.properties(site.id)), (Kind.NAME,))

    async def _has_events(self, site: Site) -> bool:
        return site.id in self.visited

    async def _delete_site_data(self, site: Site) -> None:
        self.deleted.append(site)


def without_token(page: str) -> str:
    """A page to compare with another: no two have the same token."""
    return re.sub(r'name="form_token" value="[0-9a-f]+"', "", page)


def form_token(page: Any) -> str:
    """The token in the first form of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{128})"', page.text)
    assert found is not None
    return found[1]


def client_of(request: Request) -> str:
    return request.client.host if request.client else ""
