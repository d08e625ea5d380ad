"""The front doors of other products, built around the one intake."""

from collections.abc import Callable

from footfall.app.install import Install
from footfall.collect.desk import Desk
from footfall.collect.doors import Caller
from footfall.collect.goatcounter import GoatCounterApi, GoatCounterDoors, RequestRate
from footfall.collect.plausible.door import PlausibleDoor
from footfall.collect.routes import Route
from footfall.collect.umami import CacheTokens, UmamiDoors
from footfall.identity import Identity


def protocol_routes(install: Install, check_key: Callable[[str, str], Caller]) -> list[Route]:
    """The paths that clients of other products know."""
    desk = Desk(install.intake, install.sites, install.proxies, check_key)
    plausible = PlausibleDoor(desk, is_store_failing=lambda: install.storage.applier.is_failing)
    identity = Identity(install.visitors.salts, install.secrets.visitor_key)
    umami = UmamiDoors(desk, identity, install.visitors.lasting_ids, CacheTokens(install.secrets.session_key))
    goatcounter = GoatCounterDoors(desk)
    goatcounter_api = GoatCounterApi(desk, RequestRate(install.clock))
    return [*plausible.routes(), *umami.routes(), *goatcounter.routes(), *goatcounter_api.routes()]
