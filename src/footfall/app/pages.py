"""The pages for people who sign in, and for those a site is shared with."""

from fastapi import APIRouter, FastAPI
from starlette.templating import Jinja2Templates

from footfall import query
from footfall.accounts import Teams
from footfall.api.errors import install_error_handlers
from footfall.app.auditing import audit_pages_router
from footfall.app.install import Install
from footfall.app.people import PeoplePages
from footfall.app.plans import plan_context
from footfall.app.sharing import shared_routers
from footfall.app.signing_in import SigningIn
from footfall.app.site_data import has_events
from footfall.app.site_settings import settings_routers
from footfall.app.ways_in import other_ways_in
from footfall.reports.overview import overview
from footfall.web.entering import Entering
from footfall.web.error_pages import error_page
from footfall.web.forms import FormTokens
from footfall.web.guard import Guard
from footfall.web.pages.annotations import annotations_pages_router
from footfall.web.pages.crawlers import crawlers_router
from footfall.web.pages.dashboard import DashboardPages, dashboard_router
from footfall.web.pages.filters import filters_router
from footfall.web.pages.first_visit import first_visit_router
from footfall.web.pages.new_site import NewSitePage, new_site_router
from footfall.web.pages.privacy import privacy_router
from footfall.web.pages.realtime import realtime_router
from footfall.web.pages.seen import seen_by
from footfall.web.pages.segments import segments_pages_router
from footfall.web.pages.setup import setup_router
from footfall.web.pages.sites import sites_router
from footfall.web.pages.visitor_rights import visitor_rights_router
from footfall.web.rendering import page_templates


def add_pages(app: FastAPI, install: Install, bounds: SigningIn, setup_code: str) -> None:
    """Add all of them, and the page that errors have; ``setup_code`` is asked of whoever sets up from elsewhere."""
    templates = page_templates()
    guard = Guard(install.people.accounts, install.sites, FormTokens(install.secrets.session_key))
    templates.context_processors.append(guard.page_context)
    if install.settings.has_plans:
        notice = plan_context(install.sites, install.allowances.metering, install.settings, install.clock)
        templates.context_processors.append(notice)
    install_error_handlers(app, page=error_page(templates))
    handle_key = install.secrets.key_for("passkeys")
    ways = other_ways_in(install.database, install.clock, install.settings, bounds, handle_key)
    for router in (
        _setup_router(install, templates, bounds, setup_code),
        *_list_routers(install, templates, guard),
        *PeoplePages(install, templates, guard, bounds, ways).routers(),
        *settings_routers(install, templates, guard, bounds),
        audit_pages_router(install, templates, guard),
        visitor_rights_router(rights=install.rights, guard=guard),
        privacy_router(sites=install.sites, templates=templates),
        *_dashboard_routers(install, templates, guard),
        *shared_routers(install, templates, guard, bounds),
    ):
        app.include_router(router)


def _setup_router(install: Install, templates: Jinja2Templates, bounds: SigningIn, setup_code: str) -> APIRouter:
    accounts = install.people.accounts
    return setup_router(
        accounts=accounts,
        entering=Entering(accounts, install.people.entrance),
        threads=bounds.threads,
        templates=templates,
        attempts=bounds.attempts,
        setup_code=setup_code,
    )


def _list_routers(install: Install, templates: Jinja2Templates, guard: Guard) -> tuple[APIRouter, ...]:
    """The list of sites, and what leads to a new site's first visit."""
    sites, reader = install.sites, install.storage.reader
    new_site = NewSitePage(Teams(install.database, install.clock), templates)
    return (
        sites_router(sites=sites, guard=guard, templates=templates, summaries_of=overview(reader, install.clock)),
        new_site_router(sites=sites, guard=guard, page=new_site),
        first_visit_router(
            guard=guard, templates=templates, has_events=has_events(reader), base_url=install.settings.base_url
        ),
    )


def _dashboard_routers(install: Install, templates: Jinja2Templates, guard: Guard) -> tuple[APIRouter, ...]:
    """The dashboard of a site, and the pages that lie beside it."""
    sites, belongings, reader = install.sites, install.belongings, install.storage.reader
    seen = seen_by(
        sites,
        belongings.segments,
        belongings.goals,
        belongings.annotations,
        belongings.registry,
        current_user=guard.user,
        current_site=guard.site,
    )
    pages = DashboardPages(
        reader,
        templates,
        install.clock,
        over_time=query.ask_over_time,
        rebuild_of=install.rebuilder.under_way,
        watched=install.live.current_visitors,
    )
    return (
        crawlers_router(sites=sites, reader=reader, guard=guard, templates=templates, clock=install.clock),
        dashboard_router(pages, seen=seen, current_site=guard.site),
        filters_router(pages, seen=seen),
        segments_pages_router(pages, segments=belongings.segments, guard=guard, seen=seen),
        annotations_pages_router(pages, annotations=belongings.annotations, guard=guard, seen=seen),
        realtime_router(pages, reader, seen=seen),
    )
