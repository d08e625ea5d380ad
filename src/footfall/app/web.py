"""The one ASGI application: intake first, then API and pages."""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from footfall import __version__
from footfall.accounts import Attempts
from footfall.api.documentation import DescribedApplication
from footfall.app.acting import with_actor
from footfall.app.api import api_routers
from footfall.app.auth import install_auth_router
from footfall.app.callers import key_check
from footfall.app.control import control_router
from footfall.app.failures import without_messages
from footfall.app.install import Install
from footfall.app.leaving import ending_with_callers
from footfall.app.operations import operations_router
from footfall.app.pages import add_pages
from footfall.app.protocols import protocol_routes
from footfall.app.refusals import Refusals, noting_refusals, with_refusals
from footfall.app.signing_in import signing_in
from footfall.collect.asgi import CollectApp
from footfall.collect.custom_domain import CustomDomains
from footfall.collect.doors import Doors
from footfall.collect.routes import Route
from footfall.collect.visitor_doors import MAX_REPORTS, REPORT_SECONDS, VisitorDoors
from footfall.web.assets import static_files
from footfall.web.compression import CompressedPages
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
    check_key = key_check(install)
    app.include_router(control_router(install))
    app.include_router(operations_router(install, check_key))
    bounds = signing_in(install)
    app.include_router(install_auth_router(install, bounds, setup_code))
    for router in api_routers(install, check_key, bounds):
        app.include_router(router)
    add_pages(app, install, bounds, setup_code)
    app.mount("/static", static_files())
    app.add_middleware(CompressedPages)
    app.add_middleware(PageSecurity)
    return app


def intake_routes(install: Install) -> list[Route]:
    """The routes of every front door; where two patterns fit a path, the earlier one answers."""
    return intake_doors(install, Refusals(install.clock))[0]


def intake_doors(install: Install, refusals: Refusals) -> tuple[list[Route], CustomDomains]:
    """The same, and what is at the hosts that belong to one site each."""
    check_key = noting_refusals(key_check(install), refusals)
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
