"""`/api/v1/sites/PUBLIC_ID/live` as browsers and programs see it."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from tests.people import PASSWORD, fresh_install
from tests.serving import FootfallServer
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from footfall.metadata import sqlite_url
from footfall.sites import GoalKind

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PATIENCE_SECONDS = 10


class LiveSite:
    """A server with the cast, and the ways each of them may come."""

    def __init__(self, server: FootfallServer, public_id: str, keys: dict[str, str], said_in: Path) -> None:
        self.server = server
        self.public_id = public_id
        self.said_in = said_in
        self.path = f"/api/v1/sites/{public_id}"
        self.ways: dict[str, dict[str, str]] = {
            **{name: {"Authorization": f"Bearer {key}"} for name, key in keys.items()},
            "Alice": {"Cookie": self._cookie("alice@example.com")},
            "Bob": {"Cookie": self._cookie("bob@example.com")},
            "Charlie": {"Cookie": self._cookie("charlie@example.com")},
            "nobody": {},
        }
        self.ways["Alice, lured by another site"] = {**self.ways["Alice"], "Origin": "https://evil.example"}

    def listen(self, caller: str) -> ClientConnection:
        headers = dict(self.ways[caller])
        origin = Origin(headers.pop("Origin", self.server.url))
        address = self.server.url.replace("http", "ws") + self.path + "/live"
        return connect(address, additional_headers=headers, origin=origin, compression=None)

    def visit(self, page: str = "/") -> None:
        body = json.dumps({"site": self.public_id, "name": "pageview", "url": f"https://example.com{page}"})
        self.get("/api/v1/event", {"User-Agent": FIREFOX}, body.encode()).close()

    def get(self, path: str, headers: dict[str, str], body: bytes | None = None) -> Any:
        request = urllib.request.Request(self.server.url + path, body, headers)
        return urllib.request.urlopen(request, timeout=PATIENCE_SECONDS)

    def status(self, path: str, caller: str) -> int:
        try:
            with self.get(path, self.ways[caller]) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def _cookie(self, email: str) -> str:
        jar = CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        form = urllib.parse.urlencode({"email": email, "password": PASSWORD}).encode()
        opener.open(urllib.request.Request(f"{self.server.url}/sign-in", form, {"Origin": self.server.url})).close()
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    folder: Path = tmp_path_factory.mktemp("live") / "data"
    folder.mkdir()
    with fresh_install(sqlite_url(folder)) as people:
        people.bring_in_the_cast()
        site = people.site
        keys = {
            "Alice's key": people.keys.create(["stats:read"], owner_id=people.alice.id),
            "the site's key": people.keys.create(["stats:read"], site_id=site.id),
            "Charlie's key": people.keys.create(["stats:read"], owner_id=people.charlie.id),
            "a key that sends": people.keys.create(["events:write"], site_id=site.id),
        }
        people.goals.add(site.id, GoalKind.PAGE, "/thanks", "Bought")
    said_in = folder.parent / "log"
    with FootfallServer(folder, said_in=said_in, max_memory_mb=800, rate_per_client=0) as server:
        yield LiveSite(server, site.public_id, keys, said_in)


MEMBERS = ("Alice", "Bob", "Alice's key")
LISTENERS = (*MEMBERS, "the site's key")
REFUSED = {
    "nobody": 401,
    "Charlie": 404,
    "Charlie's key": 404,
    "a key that sends": 403,
    "Alice, lured by another site": 403,
}


def message_with(listener: ClientConnection, page: str) -> dict[str, Any]:
    """The first message that tells of a page."""
    while True:
        message: dict[str, Any] = json.loads(listener.recv(PATIENCE_SECONDS))
        if any(line["page"] == page for line in message.get("events", ())):
            return message


def exhaust(listener: ClientConnection) -> None:
    while True:
        listener.recv(PATIENCE_SECONDS)


@pytest.mark.parametrize("caller", LISTENERS)
def test_it_tells_whoever_may_see_the_site(live: LiveSite, caller: str) -> None:
    with live.listen(caller) as listener:
        message = json.loads(listener.recv(PATIENCE_SECONDS))

    assert len(message["now"]["minutes"]) == 30
    assert ("events" in message) is (caller in MEMBERS)


@pytest.mark.parametrize("caller", REFUSED)
@pytest.mark.parametrize("way", ["live", "live/events", "realtime"])
def test_it_refuses_the_others(live: LiveSite, way: str, caller: str) -> None:
    if way != "live":
        assert live.status(f"{live.path}/{way}", caller) == REFUSED[caller]
        return

    with pytest.raises(InvalidStatus) as refusal:
        live.listen(caller)

    assert refusal.value.response.status_code == REFUSED[caller]
    assert json.loads(refusal.value.response.body or b"")["error"]["message"]


def test_it_pushes_each_event_to_members(live: LiveSite) -> None:
    with live.listen("Bob") as listener:
        listener.recv(PATIENCE_SECONDS)
        live.visit("/pushed")
        message = message_with(listener, "/pushed")

    line = next(line for line in message["events"] if line["page"] == "/pushed")
    assert len(line["visitor"].split()) == 2
    assert message["now"]["active_now"] >= 1


def test_it_knows_who_came_before_anybody_watched(live: LiveSite) -> None:
    live.visit("/earlier")

    with live.listen("Alice") as listener:
        message = json.loads(listener.recv(PATIENCE_SECONDS))

    assert message["now"]["current_visitors"] >= 1
    assert message["now"]["minutes"][-1] + message["now"]["minutes"][-2] >= 1


def test_it_tells_of_a_goal_that_is_reached(live: LiveSite) -> None:
    with live.listen("Alice") as listener:
        listener.recv(PATIENCE_SECONDS)
        live.visit("/thanks")
        message = message_with(listener, "/thanks")

    assert message["conversions"][-1]["goal"] == "Bought"


def test_it_tells_two_hundred_at_once(live: LiveSite) -> None:
    with ExitStack() as stack:
        listeners = [stack.enter_context(live.listen("the site's key" if n % 2 else "Alice's key")) for n in range(200)]
        for listener in listeners:
            listener.recv(PATIENCE_SECONDS)
        live.visit("/to-all")

        for listener in listeners[::2]:
            message_with(listener, "/to-all")


def test_it_tells_the_same_as_server_sent_events(live: LiveSite) -> None:
    with live.get(f"{live.path}/live/events", live.ways["Alice"]) as stream:
        first = stream.readline()
        stream.readline()
        live.visit("/streamed")
        while b"/streamed" not in (line := stream.readline()):
            assert line

    assert stream.headers["content-type"].startswith("text/event-stream")
    assert set(json.loads(first.removeprefix(b"data: "))) == {"now", "conversions", "events", "is_whole"}


def test_it_tells_the_same_to_who_asks_again(live: LiveSite) -> None:
    live.visit("/asked")

    with live.get(f"{live.path}/realtime", live.ways["the site's key"]) as answer:
        message = json.load(answer)

    assert set(message) == {"now", "conversions"}
    assert "/asked" in [row["name"] for row in message["now"]["pages"]]


def test_it_logs_no_word_of_who_watches(live: LiveSite) -> None:
    with live.listen("Alice") as listener:
        listener.recv(PATIENCE_SECONDS)
        peer = f"127.0.0.1:{listener.local_address[1]}"

    said = live.said_in.read_text()
    assert peer not in said
    assert live.path not in said


def test_it_ends_with_the_server(live: LiveSite) -> None:
    with live.listen("Alice") as listener, live.get(f"{live.path}/live/events", live.ways["Alice"]) as stream:
        exit_code = live.server.stop()
        with pytest.raises(ConnectionClosed):
            exhaust(listener)
        stream.read()
    live.server.start()

    assert exit_code == 0
