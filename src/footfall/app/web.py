"""The one ASGI application: intake first, then API and pages."""

import asyncio
from collections.abc import Callable
from hmac import compare_digest
from typing import TypeAlias

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.requests import HTTPConnection

from footfall import __version__, query
from footfall.accounts import Attempts, Teams
from footfall.accounts import Caller as KeyCaller
from footfall.api.annotations import annotations_router
from footfall.api.crawlers import crawlers_router as crawlers_api_router
from footfall.api.custom_properties import custom_properties_router
from footfall.api.documentation import DescribedApplication
from footfall.api.errors import ShapedErrorRoute, install_error_handlers
from footfall.api.event_registry import event_registry_router
from footfall.api.goals import goals_router
from footfall.api.imports import imports_router
from footfall.api.keys import bearer_key
from footfall.api.live import live_router
from footfall.api.native import reports_router
from footfall.api.query import Authorize, query_router
from footfall.api.rate import KeyRate, RatedKeys
from footfall.api.rebuild import rebuild_router
from footfall.api.segments import segments_router
from footfall.api.shields import shields_api_router
from footfall.api.sites import sites_router as sites_api_router
from footfall.api.usage import usage_router
from footfall.api.verdicts import verdicts_router
from footfall.api.visitors import visitors_router
from footfall.app.acting import with_actor
from footfall.app.auditing import audit_api_router, audit_pages_router, note_import
from footfall.app.auth import install_auth_router
from footfall.app.control import control_router
from footfall.app.failures import without_messages
from footfall.app.install import Install
from footfall.app.leaving import ending_with_callers
from footfall.app.live_access import live_access
from footfall.app.metrics import CONTENT_TYPE, metrics_text
from footfall.app.people import PeoplePages, people_api_routers
from footfall.app.plans import plan_context
from footfall.app.protocols import protocol_routes
from footfall.app.read_apis import read_api_routers
from footfall.app.refusals import Refusals, noting_refusals, with_refusals
from footfall.app.sharing import shared_link_routers, shared_routers
from footfall.app.signing_in import SigningIn, signing_in
from footfall.app.site_data import delete_site_data, has_events
from footfall.app.site_settings import settings_routers
from footfall.app.verdicts import verdicts_of_site
from footfall.app.vocabulary import vocabulary_of
from footfall.app.ways_in import other_ways_in
from footfall.collect.asgi import CollectApp
from footfall.collect.custom_domain import CustomDomains
from footfall.collect.doors import Doors
from footfall.collect.routes import Route
from footfall.collect.visitor_doors import MAX_REPORTS, REPORT_SECONDS, VisitorDoors
from footfall.domain import Site
from footfall.errors import NotAllowed, NotSignedIn
from footfall.importers.totals import TotalsImporter
from footfall.metadata import note_actor
from footfall.reports.overview import overview
from footfall.spool import damages
from footfall.store import ImportedDays
from footfall.web.assets import static_files
from footfall.web.compression import CompressedPages
from footfall.web.entering import Entering
from footfall.web.error_pages import error_page
from footfall.web.forms import FormTokens
from footfall.web.guard import Guard
from footfall.web.pages.annotations import annotations_pages_router
from footfall.web.pages.crawlers import crawlers_router
from footfall.web.pages.dashboard import DashboardPages, dashboard_router
from footfall.web.pages.filters import filters_router
from footfall.web.pages.privacy import privacy_router
from footfall.web.pages.realtime import realtime_router
from footfall.web.pages.seen import seen_by
from footfall.web.pages.segments import segments_pages_router
from footfall.web.pages.setup import setup_router
from footfall.web.pages.sites import sites_router
from footfall.web.pages.visitor_rights import visitor_rights_router
from footfall.web.rendering import page_templates
from footfall.web.security import PageSecurity


def web_app(install: Install, *, setup_code: str = "") -> CollectApp:
    """Build the application of an open install; ``setup_code`` is asked of whoever sets up from another machine."""
    following = ending_with_callers(pages_and_api(install, setup_code=setup_code))
    refusals = Refusals(install.clock)
    routes, hosts = intake_doors(install, refusals)
    following = with_actor(with_refusals(following, refusals), _client_of(install))
    return CollectApp(routes, without_messages(following), hosts)


def pages_and_api(install: Install, *, setup_code: str = "") -> FastAPI:
    """Build what is not intake."""
    app = DescribedApplication(
        title="Footfall", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    check_key = _key_check(install)
    _add_operations(app, install, check_key)
    bounds = signing_in(install)
    app.include_router(install_auth_router(install, bounds, setup_code))
    _add_api(app, install, check_key, bounds)
    _add_pages(app, install, bounds, setup_code)
    app.mount("/static", static_files())
    app.add_middleware(CompressedPages)
    app.add_middleware(PageSecurity)
    return app


def intake_routes(install: Install) -> list[Route]:
    """The routes of every front door; where two patterns fit a path, the earlier one answers."""
    return intake_doors(install, Refusals(install.clock))[0]


def intake_doors(install: Install, refusals: Refusals) -> tuple[list[Route], CustomDomains]:
    """The same, and what is at the hosts that belong to one site each."""
    check_key = noting_refusals(_key_check(install), refusals)
    native = Doors(install.intake, install.sites, install.storage.applier, check_key=check_key, proxies=install.proxies)
    visitors = VisitorDoors(
        install.sites,
        install.visitors.lasting_ids,
        install.visitors.profiles,
        install.visitors.consents,
        check_key=check_key,
        proxies=install.proxies,
        attempts=Attempts(install.clock, limit=MAX_REPORTS, window_seconds=REPORT_SECONDS),
    )
    hosts = CustomDomains(
        install.sites.by_custom_domain,
        install.sites.by_public_id,
        native,
        visitors,
        install.seen_hosts,
        install.clock,
    )
    routes = [*protocol_routes(install, check_key), *visitors.routes(), *native.routes(), *hosts.routes()]
    return routes, hosts


def _client_of(install: Install) -> Callable[[HTTPConnection], str]:
    def client_of(connection: HTTPConnection) -> str:
        peer = connection.client.host if connection.client else ""
        return install.proxies.client(peer, connection.headers.get("x-forwarded-for", ""))

    return client_of


class _LocalCaller:
    """The command line on this machine: it may use every site, and is no person."""

    owner_id = None

    def may_use(self, site_id: int) -> bool:
        """Tell yes."""
        return True


_AnyCaller: TypeAlias = KeyCaller | _LocalCaller


def _key_check(install: Install) -> Callable[[str, str], _AnyCaller]:
    token = install.secrets.local_token.encode()

    def check(key_text: str, scope: str) -> _AnyCaller:
        if compare_digest(key_text.encode(), token):
            note_actor("command", None, "")
            return _LocalCaller()
        return install.people.keys.check(key_text, scope)

    return check


def _add_api(app: FastAPI, install: Install, check_key: Callable[[str, str], _AnyCaller], bounds: SigningIn) -> None:
    own_rate, hourly_rate = KeyRate.by_the_minute(), KeyRate.by_the_hour(install.settings.rate_per_key)
    own_keys, keys = RatedKeys(install.people.keys, own_rate), RatedKeys(install.people.keys, hourly_rate)
    authorize = _authorizer(check_key, hourly_rate)
    app.include_router(
        query_router(install.storage.reader, install.sites, authorize, install.clock, vocabulary_of(install))
    )
    for router in read_api_routers(install, check_key, authorize, bounds, hourly_rate):
        app.include_router(router)
    app.include_router(
        segments_router(
            sites=install.sites, segments=install.belongings.segments, goals=install.belongings.goals, keys=keys
        )
    )
    app.include_router(annotations_router(sites=install.sites, annotations=install.belongings.annotations, keys=keys))
    app.include_router(visitors_router(install.sites, install.rights, _authorizer(check_key, own_rate)))
    app.include_router(goals_router(sites=install.sites, goals=install.belongings.goals, keys=keys))
    app.include_router(custom_properties_router(sites=install.sites, keys=keys))
    app.include_router(
        crawlers_api_router(sites=install.sites, keys=own_keys, reader=install.storage.reader, clock=install.clock)
    )
    app.include_router(
        event_registry_router(
            sites=install.sites, registry=install.belongings.registry, keys=own_keys, reader=install.storage.reader
        )
    )
    for router in shared_link_routers(install, bounds, own_keys=own_keys, keys=keys):
        app.include_router(router)
    app.include_router(live_router(install.live, live_access(install), own_rate))
    app.include_router(
        reports_router(
            reader=install.storage.reader,
            sites=install.sites,
            vocabulary_of=vocabulary_of(install),
            registry=install.belongings.registry,
            names=install.names,
            check_key=check_key,
            clock=install.clock,
            rate=own_rate,
            note_export=lambda site, name: install.people.audit_log.note(f"{name} exported", site.id),
        )
    )
    importer = TotalsImporter(ImportedDays(install.storage.engine), install.clock)
    app.include_router(
        imports_router(
            sites=install.sites,
            importer=importer,
            authorize=_authorizer(check_key, own_rate),
            note=note_import(install.people.audit_log),
        )
    )
    app.include_router(
        usage_router(
            teams=Teams(install.database, install.clock),
            plans=install.allowances.plans,
            usage=install.allowances.usage,
            keys=own_keys,
        )
    )
    app.include_router(audit_api_router(install, keys))
    delete = delete_site_data(install)
    app.include_router(shields_api_router(sites=install.sites, shields=install.belongings.shields, keys=keys))
    app.include_router(rebuild_router(sites=install.sites, state_of=install.rebuilder.state, keys=keys))
    counts_of = verdicts_of_site(install)
    app.include_router(verdicts_router(sites=install.sites, counts_of=counts_of, keys=keys))
    for router in people_api_routers(install, keys):
        app.include_router(router)
    teams = Teams(install.database, install.clock)
    app.include_router(sites_api_router(sites=install.sites, teams=teams, keys=keys, delete_site_data=delete))


def _authorizer(check_key: Callable[[str, str], _AnyCaller], rate: KeyRate) -> Authorize:
    """Make what lets callers with a key in, and counts their requests."""

    def authorize(request: Request, scope: str, site: Site) -> int | None:
        key = bearer_key(request)
        if key is None:
            raise NotSignedIn("Missing API key. Please use a valid Plausible API key as a Bearer Token.")
        caller = check_key(key, scope)
        rate.count(request)
        if not caller.may_use(site.id):
            raise NotAllowed("This API key does not reach this site.")
        return caller.owner_id

    return authorize


def _add_pages(app: FastAPI, install: Install, bounds: SigningIn, setup_code: str) -> None:
    templates = page_templates()
    guard = Guard(install.people.accounts, install.sites, FormTokens(install.secrets.session_key))
    templates.context_processors.append(guard.page_context)
    if install.settings.has_plans:
        notice = plan_context(install.sites, install.allowances.metering, install.settings, install.clock)
        templates.context_processors.append(notice)
    install_error_handlers(app, page=error_page(templates))
    app.include_router(
        setup_router(
            accounts=install.people.accounts,
            entering=Entering(install.people.accounts, install.people.entrance),
            threads=bounds.threads,
            templates=templates,
            attempts=bounds.attempts,
            setup_code=setup_code,
        )
    )
    app.include_router(
        sites_router(
            sites=install.sites,
            teams=Teams(install.database, install.clock),
            guard=guard,
            templates=templates,
            has_events=has_events(install.storage.reader),
            summaries_of=overview(install.storage.reader, install.clock),
            base_url=install.settings.base_url,
        )
    )
    handle_key = install.secrets.key_for("passkeys")
    ways = other_ways_in(install.database, install.clock, install.settings, bounds, handle_key)
    for router in PeoplePages(install, templates, guard, bounds, ways).routers():
        app.include_router(router)
    for router in settings_routers(install, templates, guard, bounds):
        app.include_router(router)
    app.include_router(audit_pages_router(install, templates, guard))
    app.include_router(visitor_rights_router(rights=install.rights, guard=guard))
    app.include_router(privacy_router(sites=install.sites, templates=templates))
    app.include_router(
        crawlers_router(
            sites=install.sites, reader=install.storage.reader, guard=guard, templates=templates, clock=install.clock
        )
    )
    seen = seen_by(
        install.sites,
        install.belongings.segments,
        install.belongings.goals,
        install.belongings.annotations,
        install.belongings.registry,
        current_user=guard.user,
        current_site=guard.site,
    )
    pages = DashboardPages(
        install.storage.reader,
        templates,
        install.clock,
        over_time=query.ask_over_time,
        rebuild_of=install.rebuilder.under_way,
        watched=install.live.current_visitors,
    )
    for router in (
        dashboard_router(pages, seen=seen, current_site=guard.site),
        filters_router(pages, seen=seen),
        segments_pages_router(pages, segments=install.belongings.segments, guard=guard, seen=seen),
        annotations_pages_router(pages, annotations=install.belongings.annotations, guard=guard, seen=seen),
        realtime_router(pages, install.storage.reader, seen=seen),
        *shared_routers(install, templates, guard, bounds),
    ):
        app.include_router(router)


def _add_operations(app: FastAPI, install: Install, check_key: Callable[[str, str], _AnyCaller]) -> None:
    app.include_router(control_router(install))
    router = APIRouter(tags=["operations"], route_class=ShapedErrorRoute)

    def require_owner(key_text: str) -> None:
        caller = check_key(key_text, "admin")
        if not isinstance(caller, _LocalCaller) and not install.people.accounts.is_owner(caller.owner_id):
            raise NotAllowed("Only a key of the person who owns this install may ask for this.")

    @router.get("/health")
    async def health() -> dict[str, str]:
        """Tell that the process lives."""
        return {"status": "ok"}

    @router.get("/custom-domain", include_in_schema=False)
    def custom_domain(domain: str = "") -> Response:
        """Tell a proxy that makes certificates as hosts are asked for whether a site has this one."""
        known = domain.lower() in install.sites.by_custom_domain()
        return Response(status_code=204 if known else 404)

    @router.get("/ready")
    async def ready() -> JSONResponse:
        """Tell whether events are taken, how many wait for the store, and whether store and database answer."""
        waiting, _ = await asyncio.to_thread(install.storage.spool.depth)
        answers = await asyncio.to_thread(install.database.answers)
        database = "ok" if answers else "away; events are taken for the sites known, for a day; nobody can sign in"
        store = "failing; events wait in the spool" if install.storage.applier.is_failing else "ok"
        spool = "a damaged file was set aside; see footfall check" if damages(install.settings.data_dir) else "ok"
        state = {"status": "ok", "waiting": waiting, "store": store, "spool": spool, "database": database}
        return JSONResponse(state)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics(request: Request) -> Response:
        """Tell where events went and what each step costs, for Prometheus.

        Needs the key, with the scope admin, of the person who owns the install: the figures are of all sites.
        """
        await asyncio.to_thread(require_owner, bearer_key(request) or "")
        return Response(await asyncio.to_thread(metrics_text, install), media_type=CONTENT_TYPE)

    app.include_router(router)
