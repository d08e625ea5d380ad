"""An install with people who may do different things, and requests to it without a socket between."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec
from fastapi.routing import iter_route_contexts
from pyotp import TOTP
from tests.acceptance.doors.requests import ASKED, DAY, Asked
from tests.authenticator import Authenticator
from tests.people import PASSWORD, ManualClock

from footfall.accounts import Invitations, LinkedAccounts, Passkeys, Place, RelyingParty, Team, Teams, User
from footfall.app import Install, open_install, web_app
from footfall.app.web import intake_routes, pages_and_api
from footfall.collect.umami import website_id
from footfall.domain import Site
from footfall.domain.goal import GoalKind
from footfall.openid import Person
from footfall.settings import Settings
from footfall.sites import Role, ShieldKind
from footfall.web.forms import FormTokens

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
ANSWER_SECONDS = 60
_PARTY = RelyingParty("localhost", "http://localhost:8000")
_STREAMS = ("/live", "/live/events")
_SAFE = ("GET", "WS")
_OF_TEAMS = ("/teams/", "/api/v1/teams/", "/plans/")
_PARAMETER = re.compile(r"\{(\w+)(?::path)?\}|\*")
# What stands in a path besides what the world knows of the site.
_CONSTANTS = {
    "email": "bob@example.com",
    "import_id": "1",
    "name": "plan",
    "panel": "pages",
    "provider": "none",
    "section": "keys",
    "session_id": "0f0e2a52-7f3e-4c6b-9d0b-1d2a3c4b5e6f",
    "path": "TOTAL.json",
    "token": "none",
    "*": "x",
}


class Answer(NamedTuple):
    """What came back; of a stream only how it began."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def outcome(self) -> str:
        """As the table writes it: the status, or ``in`` for whoever was sent to sign in."""
        return "in" if self.headers.get("location", "").startswith("/sign-in") else str(self.status)


@dataclass
class World:
    """The install; ``site`` is Alice's, Adam manages it, Erin edits, Bob views it, Charlie has one of his own."""

    install: Install
    clock: ManualClock
    runner: asyncio.Runner
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    remembered: dict[str, dict[str, str]] = field(default_factory=dict)
    """Headers of each caller to ``site``, for requests that change nothing."""

    def __post_init__(self) -> None:
        self.app = web_app(self.install)
        self.teams = Teams(self.install.database, self.clock)
        self.invitations = Invitations(self.install.database, self.clock)
        accounts = self.install.people.accounts
        # Ended by time before anybody else came.
        self.alice = accounts.create_owner("alice@example.com", PASSWORD)
        self.expired_token = accounts.open_session(self.alice.id)
        self.clock.move(days=31)
        self.bob = accounts.create_user("bob@example.com", PASSWORD)
        self.erin = accounts.create_user("erin@example.com", PASSWORD)
        self.adam = accounts.create_user("adam@example.com", PASSWORD)
        self.charlie = accounts.create_user("charlie@example.com", PASSWORD)
        self.house = self.team_of_all()
        self.other_team = self.teams.create("Others", self.alice.id)
        self.other_site = self.install.sites.create("charlie.example", owner_id=self.charlie.id)
        self.site = self.new_site()

    def new_site(self) -> Site:
        sites = self.install.sites
        options: dict[str, Any] = {
            "identity_mode": "identified",
            "public_counter": True,
            "public_dashboard": True,
            "custom_properties": ["plan"],
        }
        return sites.create(f"site-{next(self.numbers)}.example", team_id=self.house.id, **options)

    def values(self, site: Site, path: str) -> dict[str, str]:
        """What the braces of a path and of a request stand for; things of a site are made when asked for."""
        install, belongings, first = self.install, self.install.belongings, self.clock
        # What happens to a site of its own happens to a team of its own, too.
        own_team = self.house if site is self.site or "{domain}" in path else None
        team = (own_team or self.team_of_all()) if path.startswith(_OF_TEAMS) else None
        if "event-registry" in path or "/settings/events/" in path:
            belongings.registry.describe(site.id, "Signup", "An account was made")
            belongings.registry.change_property(site.id, "plan", display_name="Plan")
        if "/guests/" in path:
            install.sites.add_member(site.id, self.bob.id, Role.VIEWER)
        makers: dict[str, Callable[[], int]] = {
            "goal_id": lambda: belongings.goals.add(site.id, GoalKind.EVENT, "Signup").id,
            "shield_id": lambda: belongings.shields.add(site.id, ShieldKind.PAGE, "/x").id,
            "segment_id": lambda: belongings.segments.add(site.id, None, "Home", [["is", "event:page", ["/"]]]).id,
            "annotation_id": lambda: belongings.annotations.add(site, None, "Launch", date.fromisoformat(DAY)).id,
            "link_id": lambda: belongings.shared_links.add(site.id, f"For friend {next(self.numbers)}").id,
            "passkey_id": self._passkey_id,
            "linked_id": self._linked_id,
            "key_id": lambda: self._key_id(site),
            "user_id": lambda: self.bob.id,
            "invitation_id": lambda: self._invitation_id(Place(team_id=team.id) if team else Place(site_id=site.id)),
        }
        made = {name: str(make()) for name, make in makers.items() if f"{{{name}}}" in path}
        return made | {
            "domain": site.domain,
            "site": site.domain,
            "public_id": team.public_id if team else site.public_id,
            "website_id": website_id(site),
            "other_team": self.other_team.public_id,
            "slug": self._slug(site) if path.startswith("/share") else "",
            "number": f"{next(self.numbers)}-{first() % 1000}",
        }

    def team_of_all(self) -> Team:
        """A team of Alice's, in which Adam is an admin, Erin an editor and Bob a viewer."""
        team = self.teams.create(f"Team {next(self.numbers)}", self.alice.id)
        for user, role in ((self.bob, Role.VIEWER), (self.erin, Role.EDITOR), (self.adam, Role.ADMIN)):
            self.invitations.accept(self._invite(Place(team_id=team.id), user.email, role), user.id)
        return team

    def _invite(self, place: Place, email: str, role: Role = Role.VIEWER) -> str:
        return self.invitations.invite(place, email, role, giver_id=self.alice.id, giver=Role.OWNER)

    def _invitation_id(self, place: Place) -> int:
        self._invite(place, "dora@example.com")
        return self.invitations.open_at(place)[0].id

    def _slug(self, site: Site) -> str:
        link = self.install.belongings.shared_links.named(
            site.id, "For all"
        ) or self.install.belongings.shared_links.add(site.id, "For all")
        return link.slug

    @cached_property
    def passkeys(self) -> Passkeys:
        """Those of the pages."""
        return Passkeys(self.install.database, self.clock, _PARTY, self.install.secrets.key_for("passkeys"))

    def passkey_of(self, user: User) -> tuple[Authenticator, str]:
        """A passkey that is not added yet, and what adds it."""
        return Authenticator(_PARTY.origin, _PARTY.id).create(self.passkeys.ask_to_add(user))

    def second_factor_of(self, user: User) -> list[str]:
        """Switch it on; gives the recovery codes."""
        offer = self.install.people.second_factors.offer(user.id, user.email)
        code = TOTP(offer.secret).generate_otp(self.clock() // 30_000)
        return self.install.people.second_factors.switch_on(user.id, offer.nonce, code, "")

    def _passkey_id(self) -> int:
        """Of a passkey of Alice's."""
        _, credential = self.passkey_of(self.alice)
        return self.passkeys.add(self.alice.id, credential, "Laptop").id

    def _linked_id(self) -> int:
        """Of an account Alice has elsewhere."""
        linked = LinkedAccounts(self.install.database, self.clock)
        linked.link(self.alice.id, Person("https://acme.example", f"a-{next(self.numbers)}", "", ""))
        return linked.of_user(self.alice.id)[-1].id

    def _key_id(self, site: Site) -> int:
        self.install.people.keys.create(["stats:read"], site_id=site.id)
        return self.install.people.keys.of_site(site.id)[0].id

    @cached_property
    def operations(self) -> list[str]:
        """Every method at every path of pages, API and intake."""
        found = {
            f"{method} {path}"
            for path, methods in [*_framework_routes(self.install), *_intake_routes(self.install)]
            for method in methods
            if method not in ("HEAD", "OPTIONS")
        }
        return sorted(found, key=lambda operation: operation.split()[::-1])

    def headers_of(self, *, session: str = "", key: str = "") -> dict[str, str]:
        """What a browser of that session or a program with that key sends."""
        headers = {"host": "stats.example", "user-agent": FIREFOX}
        if session:
            headers["cookie"] = f"footfall={session}"
            headers["x-form-token"] = FormTokens(self.install.secrets.session_key).of(session)
        if key:
            headers["authorization"] = f"Bearer {key}"
        return headers

    def ask(
        self,
        operation: str,
        headers: dict[str, str],
        site: Site | None = None,
        asked: Asked | None = None,
        known: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a valid request about ``site``; ``known`` is what braces stand for instead of what the world knows."""
        method, path = operation.split()
        values = self.values(site or self.site, path) | dict(known or {})
        asked = asked or ASKED.get(operation, Asked())
        target = _PARAMETER.sub(lambda found: (_CONSTANTS | values)[found[1] or "*"], path)
        query = urlencode({name: _filled(value, values) for name, value in asked.query.items()})
        kind, body = _body(asked, values)
        given = headers | ({"content-type": kind} if kind else {})
        return self.runner.run(self.send(method, target, query, given, body))

    def get(self, path: str, headers: dict[str, str]) -> Answer:
        """A page by its path as it is."""
        return asyncio.run(self.send("GET", path, "", headers, b""))

    async def send(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> Answer:
        """One request, straight to the application."""
        scope = _scope(method, path, query, headers)
        exchange = _Exchange(method, body, ends_at_start=path.endswith(_STREAMS))
        task = asyncio.create_task(self.app(scope, exchange.receive, exchange.send))
        ended = asyncio.create_task(exchange.ended.wait())
        done, _ = await asyncio.wait({task, ended}, timeout=ANSWER_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        exchange.leaving.set()
        await asyncio.wait_for(task, ANSWER_SECONDS)
        assert done
        return Answer(exchange.status, exchange.headers, b"".join(exchange.blocks))


def is_safe(operation: str) -> bool:
    return operation.split(maxsplit=1)[0] in _SAFE


@contextmanager
def open_world(folder: Path, **more: Any) -> Iterator[World]:
    clock = ManualClock()
    settings = Settings(data_dir=folder / "data", apply_interval_ms=10, max_memory_mb=800, rate_per_client=0, **more)
    with open_install(settings, clock) as install, asyncio.Runner() as runner:
        yield World(install, clock, runner)


class _Exchange:
    """The two ends of an ASGI request."""

    def __init__(self, method: str, body: bytes, *, ends_at_start: bool) -> None:
        self.ends_at_start = ends_at_start
        self.ended, self.leaving = asyncio.Event(), asyncio.Event()
        self._protocol = "websocket" if method == "WS" else "http"
        self.status, self.headers = 0, dict[str, str]()
        self.blocks: list[bytes] = []
        request = {"type": "http.request", "body": body, "more_body": False}
        self._messages = [{"type": "websocket.connect"} if method == "WS" else request]

    async def receive(self) -> dict[str, Any]:
        if not self._messages:
            await self.leaving.wait()
            return {"type": f"{self._protocol}.disconnect", "code": 1000}
        return self._messages.pop()

    async def send(self, message: Any) -> None:
        kind = message["type"]
        if kind.endswith("http.response.start"):
            self.status = message["status"]
            self.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        if kind == "websocket.accept":
            self.status = 101
        self.blocks.append(message.get("body", b""))
        if self.ends_at_start and self.status:
            self.ended.set()


def _scope(method: str, path: str, query: str, headers: dict[str, str]) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("203.0.113.9", 50_000),
        "server": ("stats.example", 80),
    }
    if method == "WS":
        scope |= {
            "type": "websocket",
            "scheme": "ws",
            "subprotocols": [],
            "extensions": {"websocket.http.response": {}},
        }
    return scope


def _filled(value: Any, values: dict[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], value)
    if isinstance(value, dict):
        return {name: _filled(one, values) for name, one in value.items()}
    return [_filled(one, values) for one in value] if isinstance(value, list) else value


def _body(asked: Asked, values: dict[str, str]) -> tuple[str, bytes]:
    if asked.form is not None:
        return "application/x-www-form-urlencoded", urlencode(_filled(asked.form, values)).encode()
    return (
        ("application/json", msgspec.json.encode(_filled(asked.json, values))) if asked.json is not None else ("", b"")
    )


def _framework_routes(install: Install) -> Iterable[tuple[str, Iterable[str]]]:
    for route in iter_route_contexts(pages_and_api(install).routes):
        path = getattr(route, "path", None) or getattr(route.original_route, "path", "")
        if path == "/static":  # files of the package, the same for everybody
            continue
        yield str(path), getattr(route, "methods", None) or ("WS",)


def _intake_routes(install: Install) -> Iterable[tuple[str, Iterable[str]]]:
    return ((route.path, route.methods) for route in intake_routes(install))
