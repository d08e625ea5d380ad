"""A site's own host: there are its script and its intake, and nothing else, whatever path is asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, relpath
from typing import Protocol

from footfall.collect import http
from footfall.collect.doors import ONLY_SITE, Doors
from footfall.collect.http import Receive, Response, Scope
from footfall.collect.javascript import javascript
from footfall.collect.routes import Door, Methods, Route, read_by
from footfall.collect.script import tracker_script
from footfall.collect.visitor_doors import VisitorDoors
from footfall.domain import Site
from footfall.errors import NotFound
from footfall.sites.custom_domain import ORDINARY_INTAKE, intake_path, script_path

PREFIX = "/first-party/"
"""Below this and its public id a site has the same paths at every host, for proxies that cannot keep the host."""

_HOST = b"\r\nhost:"
_PEEKED_BYTES = 2_048


class Hosts(Protocol):
    """Which hosts belong to one site alone, and what is there."""

    def of_headers(self, headers: Iterable[tuple[bytes, bytes]]) -> Site | None:
        """The site whose own host a request names; of several hosts one is enough."""

    def of_start(self, data: bytes) -> Site | None:
        """The same, of what of a request has arrived first."""

    def methods(self, site: Site, path: str) -> Methods:
        """What may be done at a path there."""


class _NoHosts:
    """No site has a host of its own."""

    def of_headers(self, headers: Iterable[tuple[bytes, bytes]]) -> Site | None:
        return None

    def of_start(self, data: bytes) -> Site | None:
        return None

    def methods(self, site: Site, path: str) -> Methods:
        return {}


NO_HOSTS: Hosts = _NoHosts()


@dataclass
class Seen:
    """When a site's own host was last asked, in milliseconds; 0: not since the start."""

    script_ms: int = 0
    event_ms: int = 0


class CustomDomains:
    """Looks hosts up among the sites, and opens the doors of the one that is meant."""

    def __init__(
        self,
        hosts: Callable[[], Mapping[str, Site]],
        by_public_id: Callable[[str], Site | None],
        native: Doors,
        visitors: VisitorDoors,
        seen: dict[int, Seen],
        clock: Callable[[], int],
    ) -> None:
        self._hosts = hosts
        self._by_public_id = by_public_id
        self._native = native
        self._visitors = visitors
        self._seen = seen
        self._clock = clock
        self._tables: dict[int, tuple[Site, dict[str, Methods]]] = {}

    def routes(self) -> tuple[Route, ...]:
        """The paths below which every site has its own, whatever the host."""
        below = f"{PREFIX}*"
        return (Route(below, {**read_by(self._below("GET")), "POST": self._below("POST")}),)

    def of_headers(self, headers: Iterable[tuple[bytes, bytes]]) -> Site | None:
        """The site whose own host a request names."""
        hosts = self._hosts()
        if not hosts:
            return None
        for name, value in headers:
            if name == b"host" and (site := hosts.get(host_name(value))) is not None:
                return site
        return None

    def of_start(self, data: bytes) -> Site | None:
        """The same, of what of a request has arrived first; None where its host has not."""
        hosts = self._hosts()
        if not hosts:
            return None
        start = data[:_PEEKED_BYTES]
        at = start.lower().find(_HOST)
        return hosts.get(host_name(start[at + len(_HOST) :].partition(b"\r\n")[0])) if at >= 0 else None

    def methods(self, site: Site, path: str) -> Methods:
        """What may be done at a path of a site's own host; all else is not there, for every method."""
        if path in (script_path(site), _ordinary_script(site)):
            self._seen_of(site).script_ms = self._clock()
        elif path in (intake_path(site), ORDINARY_INTAKE):
            self._seen_of(site).event_ms = self._clock()
        return self._table(site).get(path) or _NOTHING

    def _below(self, method: str) -> Door:
        async def answer(scope: Scope, receive: Receive) -> Response:
            public_id, _, path = str(scope["path"]).removeprefix(PREFIX).partition("/")
            site = self._by_public_id(public_id)
            door = self._table(site).get(f"/{path}", _NOTHING).get(method) if site else None
            if door is None:
                raise _not_here()
            return await door(scope, receive)

        return answer

    def _table(self, site: Site) -> dict[str, Methods]:
        """Its paths, made once for what the site is just now."""
        made = self._tables.get(site.id)
        if made is None or made[0] is not site:
            made = self._tables[site.id] = (site, self._made_table(site))
        return made[1]

    def _made_table(self, site: Site) -> dict[str, Methods]:
        """Those it has chosen, and those it had before it chose them."""
        event, picture = self._at_home(site, self._native.event), self._picture(site)
        table: dict[str, Methods] = {f"/px/{site.public_id}.gif": {"GET": picture}}
        for path in (ORDINARY_INTAKE, intake_path(site)):
            folder = path.rpartition("/")[0]
            table[f"{folder}/consent"] = {"POST": self._at_home(site, self._visitors.consent)}
            table[f"{folder}/identify"] = {"POST": self._at_home(site, self._visitors.identify)}
        for path in (ORDINARY_INTAKE, intake_path(site)):
            table[path] = {"POST": event, "GET": picture}
        for path in (_ordinary_script(site), script_path(site)):
            table[path] = {**table.get(path, {}), **read_by(_script(site, path))}
        return table

    def _at_home(self, site: Site, door: Door) -> Door:
        async def answer(scope: Scope, receive: Receive) -> Response:
            scope[ONLY_SITE] = site.id
            return await door(scope, receive)

        return answer

    def _picture(self, site: Site) -> Door:
        async def picture(scope: Scope, receive: Receive) -> Response:
            return await self._native.view_of_picture(site, scope)

        return picture

    def _seen_of(self, site: Site) -> Seen:
        return self._seen.setdefault(site.id, Seen())


def _script(site: Site, path: str) -> Door:
    """The script at a path; it finds its intake from there, in whatever folder a proxy puts both."""
    endpoint = relpath(intake_path(site), dirname(path))

    async def script(scope: Scope, receive: Receive) -> Response:
        return javascript(http.headers_of(scope), tracker_script(site, endpoint))

    return script


def _ordinary_script(site: Site) -> str:
    return f"/js/{site.public_id}.js"


@lru_cache(maxsize=1024)
def host_name(value: bytes) -> str:
    """The name in a ``Host`` header: without port and final dot, in lower case."""
    return value.strip().lower().partition(b":")[0].rstrip(b".").decode("latin-1")


def _not_here() -> NotFound:
    return NotFound("There is nothing at this address.")


async def _nothing(scope: Scope, receive: Receive) -> Response:
    raise _not_here()


_NOTHING: Methods = dict.fromkeys(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"), _nothing)
