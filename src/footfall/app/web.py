"""The one ASGI application: intake first, then API and pages."""

import asyncio
from collections.abc import Callable
from hmac import compare_digest
from typing import TypeAlias

from fastapi import FastAPI, Request
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.requests import HTTPConnection

from footfall import __version__
from footfall.accounts import Attempts
from footfall.accounts import Caller as KeyCaller
from footfall.api.annotations import annotations_router
from footfall.api.audit_log import audit_log_router
from footfall.api.crawlers import crawlers_router as crawlers_api_router
from footfall.api.custom_properties import custom_properties_router
from footfall.api.errors import install_error_handlers
from footfall.api.goals import goals_router
from footfall.api.keys import bearer_key
from footfall.api.live import live_router
from footfall.api.native import reports_router
from footfall.api.native.rate import KeyRate
from footfall.api.query import query_router
from footfall.api.segments import segments_router
from footfall.api.shields import shields_api_router
from footfall.api.sites import sites_router as sites_api_router
from footfall.api.verdicts import verdicts_router
from footfall.api.visitors import visitors_router
from footfall.app.acting import with_actor
from footfall.app.control import control_router
from footfall.app.failures import without_messages
from footfall.app.install import Install
from footfall.app.live_access import live_access
from footfall.app.metrics import CONTENT_TYPE, metrics_text
from footfall.app.protocols import protocol_routes
from footfall.app.read_apis import read_api_routers
from footfall.app.signing_in import SigningIn, signing_in
from footfall.app.site_data import delete_site_data, has_events
from footfall.app.verdicts import verdicts_of_site
from footfall.app.vocabulary import vocabulary_of
from footfall.collect.asgi import CollectApp
from footfall.collect.doors import Doors
from footfall.collect.routes import Route
from footfall.collect.visitor_doors import MAX_REPORTS, REPORT_SECONDS, VisitorDoors
from footfall.domain import Site
from footfall.errors import NotAllowed, NotSignedIn
from footfall.metadata import note_actor
from footfall.spool import damages
from footfall.web.assets import static_files
from footfall.web.error_pages import error_page
from footfall.web.forms import FormTokens
from footfall.web.guard import Guard
from footfall.web.pages.crawlers import crawlers_router
from footfall.web.pages.dashboard import dashboard_router
from footfall.web.pages.privacy import privacy_router
from footfall.web.pages.refused import refused_section
from footfall.web.pages.session import session_router
from footfall.web.pages.settings_page import SettingsPage
from footfall.web.pages.setup import setup_router
from footfall.web.pages.shields import shields_router, shields_section
from footfall.web.pages.site_settings import general_section, site_settings_router
from footfall.web.pages.sites import sites_router
from footfall.web.pages.visitor_rights import visitor_rights_router
from footfall.web.rendering import page_templates
from footfall.web.security import PageSecurity


def web_app(install: Install, *, setup_code: str = "") -> CollectApp:
    """Build the application of an open install; ``setup_code`` is asked of whoever sets up from another machine."""
    following = pages_and_api(install, setup_code=setup_code)
    return CollectApp(intake_routes(install), without_messages(with_actor(following, _client_of(install))))


def pages_and_api(install: Install, *, setup_code: str = "") -> FastAPI:
    """Build what is not intake."""
    app = FastAPI(title="Footfall", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    check_key = _key_check(install)
    _add_operations(app, install, check_key)
    bounds = signing_in(install)
    _add_api(app, install, check_key, bounds)
    _add_pages(app, install, bounds, setup_code)
    app.mount("/static", GZipMiddleware(static_files()))
    app.add_middleware(PageSecurity)
    return app


def intake_routes(install: Install) -> list[Route]:
    """The routes of every front door; where two patterns fit a path, the earlier one answers."""
    check_key = _key_check(install)
    native = Doors(install.intake, install.sites, install.applier, check_key=check_key, proxies=install.proxies)
    visitors = VisitorDoors(
        install.sites,
        install.lasting_ids,
        install.profiles,
        install.consents,
        check_key=check_key,
        proxies=install.proxies,
        attempts=Attempts(install.clock, limit=MAX_REPORTS, window_seconds=REPORT_SECONDS),
    )
    return [*protocol_routes(install, check_key), *visitors.routes(), *native.routes()]


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
        return install.keys.check(key_text, scope)

    return check


def _add_api(app: FastAPI, install: Install, check_key: Callable[[str, str], _AnyCaller], bounds: SigningIn) -> None:
    def authorize(request: Request, scope: str, site: Site) -> int | None:
        key = bearer_key(request)
        if key is None:
            raise NotSignedIn("Missing API key. Please use a valid Plausible API key as a Bearer Token.")
        caller = check_key(key, scope)
        if not caller.may_use(site.id):
            raise NotAllowed("This API key does not reach this site.")
        return caller.owner_id

    app.include_router(query_router(install.reader, install.sites, authorize, install.clock, vocabulary_of(install)))
    for router in read_api_routers(install, check_key, authorize, bounds):
        app.include_router(router)
    app.include_router(
        segments_router(sites=install.sites, segments=install.segments, goals=install.goals, keys=install.keys)
    )
    app.include_router(annotations_router(sites=install.sites, annotations=install.annotations, keys=install.keys))
    app.include_router(visitors_router(install.sites, install.rights, authorize))
    app.include_router(goals_router(sites=install.sites, goals=install.goals, keys=install.keys))
    app.include_router(custom_properties_router(sites=install.sites, keys=install.keys))
    app.include_router(
        crawlers_api_router(sites=install.sites, keys=install.keys, reader=install.reader, clock=install.clock)
    )
    rate_of_keys = KeyRate()
    app.include_router(live_router(install.live, live_access(install), rate_of_keys))
    app.include_router(
        reports_router(
            reader=install.reader,
            sites=install.sites,
            goals=install.goals,
            names=install.names,
            check_key=check_key,
            clock=install.clock,
            rate=rate_of_keys,
            note_export=lambda site, name: install.audit_log.note(f"{name} exported", site.id),
        )
    )
    app.include_router(audit_log_router(sites=install.sites, keys=install.keys, log=install.audit_log))
    delete = delete_site_data(install)
    app.include_router(shields_api_router(sites=install.sites, shields=install.shields, keys=install.keys))
    counts_of = verdicts_of_site(install)
    app.include_router(verdicts_router(sites=install.sites, counts_of=counts_of, keys=install.keys))
    app.include_router(sites_api_router(sites=install.sites, keys=install.keys, delete_site_data=delete))


def _add_pages(app: FastAPI, install: Install, bounds: SigningIn, setup_code: str) -> None:
    templates = page_templates()
    guard = Guard(install.accounts, install.sites, FormTokens(install.secrets.session_key))
    templates.context_processors.append(guard.page_context)
    install_error_handlers(app, page=error_page(templates))
    threads, attempts, client_of = bounds
    app.include_router(
        setup_router(
            accounts=install.accounts, threads=threads, templates=templates, attempts=attempts, setup_code=setup_code
        )
    )
    app.include_router(
        session_router(
            accounts=install.accounts,
            threads=threads,
            templates=templates,
            guard=guard,
            attempts=attempts,
            client_of=client_of,
        )
    )
    app.include_router(
        sites_router(
            sites=install.sites,
            guard=guard,
            templates=templates,
            has_events=has_events(install.reader),
            base_url=install.settings.base_url,
        )
    )
    settings_page = SettingsPage(
        templates,
        general_section(install.keys),
        shields_section(install.shields, client_of),
        refused_section(verdicts_of_site(install)),
    )
    app.include_router(
        shields_router(shields=install.shields, guard=guard, page=settings_page, client_of=client_of),
    )
    app.include_router(
        site_settings_router(
            sites=install.sites,
            keys=install.keys,
            guard=guard,
            page=settings_page,
            delete_site_data=delete_site_data(install),
        )
    )
    app.include_router(visitor_rights_router(rights=install.rights, guard=guard))
    app.include_router(privacy_router(sites=install.sites, templates=templates))
    app.include_router(
        crawlers_router(
            sites=install.sites, reader=install.reader, guard=guard, templates=templates, clock=install.clock
        )
    )
    app.include_router(
        dashboard_router(
            install.sites,
            install.reader,
            templates,
            current_user=guard.user,
            current_site=guard.site,
            clock=install.clock,
        )
    )


def _add_operations(app: FastAPI, install: Install, check_key: Callable[[str, str], _AnyCaller]) -> None:
    app.include_router(control_router(install))

    def require_owner(key_text: str) -> None:
        caller = check_key(key_text, "admin")
        if not isinstance(caller, _LocalCaller) and not install.accounts.is_owner(caller.owner_id):
            raise NotAllowed("Only a key of the person who owns this install may ask for this.")

    @app.get("/health", tags=["operations"])
    async def health() -> dict[str, str]:
        """Tell that the process lives."""
        return {"status": "ok"}

    @app.get("/ready", tags=["operations"])
    async def ready() -> JSONResponse:
        """Tell whether events are taken, how many wait for the store, and whether the store takes them."""
        waiting, _ = await asyncio.to_thread(install.spool.depth)
        store = "failing; events wait in the spool" if install.applier.is_failing else "ok"
        spool = "a damaged file was set aside; see footfall check" if damages(install.settings.data_dir) else "ok"
        return JSONResponse({"status": "ok", "waiting": waiting, "store": store, "spool": spool})

    @app.get("/metrics", tags=["operations"], response_class=PlainTextResponse)
    async def metrics(request: Request) -> Response:
        """Tell where events went and what each step costs, for Prometheus.

        Needs the key, with the scope admin, of the person who owns the install: the figures are of all sites.
        """
        await asyncio.to_thread(require_owner, bearer_key(request) or "")
        return Response(await asyncio.to_thread(metrics_text, install), media_type=CONTENT_TYPE)
