"""The pages of people and sites as one small app, with what other rooms give them as plain values."""

import re
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from tests.people import PASSWORD, Install

from footfall.accounts import Attempts, HashingThreads
from footfall.api.errors import install_error_handlers
from footfall.domain import Site
from footfall.web.error_pages import error_page
from footfall.web.forms import FormTokens
from footfall.web.guard import Guard
from footfall.web.pages.refused import refused_section
from footfall.web.pages.session import session_router
from footfall.web.pages.settings_page import SettingsPage
from footfall.web.pages.setup import setup_router
from footfall.web.pages.shields import shields_router, shields_section
from footfall.web.pages.site_settings import general_section, site_settings_router
from footfall.web.pages.sites import sites_router
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

    def __post_init__(self) -> None:
        install = self.install
        templates = page_templates()
        guard = Guard(install.accounts, install.sites, FormTokens("secret"))
        templates.context_processors.append(guard.page_context)
        attempts = Attempts(install.clock, limit=5, window_seconds=600)
        shared: dict[str, Any] = {"templates": templates}
        people: dict[str, Any] = shared | {"accounts": install.accounts, "threads": self.threads, "attempts": attempts}
        owned: dict[str, Any] = shared | {"sites": install.sites, "guard": guard}
        self.app = FastAPI()
        self.app.include_router(setup_router(**people, setup_code=SETUP_CODE))
        self.app.include_router(session_router(**people, guard=guard, client_of=lambda request: "one client"))
        self.app.include_router(sites_router(**owned, has_events=self._has_events))
        page = SettingsPage(
            templates,
            general_section(install.keys),
            shields_section(install.shields, client_of),
            refused_section(lambda site: self.verdicts),
        )
        managed: dict[str, Any] = {"guard": guard, "page": page}
        self.app.include_router(shields_router(**managed, shields=install.shields, client_of=client_of))
        self.app.include_router(
            site_settings_router(
                **managed, sites=install.sites, keys=install.keys, delete_site_data=self._delete_site_data
            )
        )
        self.app.add_middleware(PageSecurity)
        install_error_handlers(self.app, page=error_page(templates))

    def browser(self, client: tuple[str, int] = HERE, url: str = "http://localhost") -> TestClient:
        return TestClient(self.app, base_url=url, client=client, follow_redirects=False)

    def browser_of(self, email: str) -> TestClient:
        browser = self.browser()
        answer = browser.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 303
        return browser

    async def _has_events(self, site: Site) -> bool:
        return site.id in self.visited

    async def _delete_site_data(self, site: Site) -> None:
        self.deleted.append(site)


def form_token(page: Any) -> str:
    """The token in the first form of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page.text)
    assert found is not None
    return found[1]


def client_of(request: Request) -> str:
    return request.client.host if request.client else ""
