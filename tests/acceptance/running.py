"""A running install as the outside sees it, with Alice, her site, and a key that may send events."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
from tests.people import PASSWORD, ManualClock

from footfall.app import Install, open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.domain import Site
from footfall.metadata import Clock
from footfall.settings import Settings
from footfall.store import Statement

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
_numbers = itertools.count(1)


@dataclass
class Running:
    """An install as the outside sees it."""

    install: Install
    http: httpx.Client
    site: Site
    key: str

    def send(self, *events: dict[str, Any], wait: bool = True, **headers: str) -> httpx.Response:
        """Send a keyed batch to Alice's site."""
        return self.http.post(
            "/api/v1/events" + ("?wait=true" if wait else ""),
            json={"site": self.site.domain, "events": list(events)},
            headers={"Authorization": f"Bearer {self.key}", **headers},
        )

    def visit(self, name: str = "pageview", url: str = "https://alice.example/", **more: Any) -> httpx.Response:
        """Send what the tracker would."""
        headers = more.pop("headers", {})
        body = {"site": self.site.public_id, "name": name, "url": url, **more}
        return self.http.post("/api/v1/event", json=body, headers={"User-Agent": FIREFOX, **headers})

    def rows(self, columns: str, table: str = "events") -> list[tuple[Any, ...]]:
        """What the store holds of Alice's site, sorted."""
        sql = f"SELECT {columns} FROM {table} {'FINAL' if table == 'visits' else ''} WHERE site_id = {{site:UInt32}}"
        return self.install.storage.reader.run(Statement("test", f"{sql} ORDER BY ALL", {"site": self.site.id}))

    def settle(self) -> None:
        """Wait until everything acknowledged can be queried."""
        marker = {"name": "settled", "url": "https://settle.example/", "visitor": "settle", "id": f"{next(_numbers)}"}
        other = self.install.sites.by_domain("settle.example") or self.install.sites.create("settle.example")
        token = self.install.secrets.local_token
        answer = self.http.post(
            "/api/v1/events?wait=true",
            json={"site": other.domain, "events": [marker]},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 202


@contextmanager
def running_by(settings: Settings, clock: ManualClock) -> Iterator[Running]:
    """An install whose clock is set by hand; a second one on the same folder finds the same site."""
    with open_install(settings, clock) as install:
        site = install.sites.by_domain("alice.example") or install.sites.create("alice.example", "Europe/Berlin")
        transport = InProcessTransport(web_app(install))
        with httpx.Client(transport=transport, base_url="http://testserver") as client:
            yield Running(install, client, site, key="")


@contextmanager
def open_running(settings: Settings, clock: Clock) -> Iterator[Running]:
    """A new install with Alice, who owns it and its site, and a key that sends events and asks for figures."""
    with open_install(settings, clock) as install:
        alice = install.people.accounts.create_owner("alice@alice.example", PASSWORD)
        site = install.sites.create("alice.example", "Europe/Berlin", alice.id)
        key = install.people.keys.create(["events:write", "stats:read"], site_id=site.id)
        transport = InProcessTransport(web_app(install))
        with httpx.Client(transport=transport, base_url="http://testserver") as client:
            yield Running(install, client, site, key)
