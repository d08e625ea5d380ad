"""The front doors of other products, built around the one intake."""

from collections.abc import Callable

from footfall.app.install import Install
from footfall.collect.doors import Caller
from footfall.collect.goatcounter import GoatCounterApi, GoatCounterDoors, RequestRate, SiteOfRequest
from footfall.collect.plausible.door import PlausibleDoor
from footfall.collect.routes import Route
from footfall.collect.umami import CacheTokens, UmamiDoors, Websites
from footfall.identity import Identity


def protocol_routes(install: Install, check_key: Callable[[str, str], Caller]) -> list[Route]:
    """The paths that clients of other products know."""
    plausible = PlausibleDoor(
        install.intake, install.sites, install.applier, check_key=check_key, proxies=install.proxies
    )
    umami = UmamiDoors(
        install.intake,
        Websites(install.sites),
        Identity(install.salts, install.secrets.visitor_key),
        CacheTokens(install.secrets.session_key),
        check_key=check_key,
        proxies=install.proxies,
    )
    sites = SiteOfRequest(install.sites)
    goatcounter = GoatCounterDoors(install.intake, sites, proxies=install.proxies)
    goatcounter_api = GoatCounterApi(install.intake, sites, RequestRate(install.clock), check_key=check_key)
    return [*plausible.routes(), *umami.routes(), *goatcounter.routes(), *goatcounter_api.routes()]
