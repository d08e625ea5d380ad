"""A site's own host: its script and its intake are there, and nothing else, whatever a request says of its host."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import FIREFOX, Running

from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.domain import IdentityMode
from footfall.errors import Conflict, InvalidInput
from footfall.metadata.clock import system_clock
from footfall.settings import Settings
from footfall.sites import SiteDirectory, pixel_snippet, script_snippet

OWN = "stats.alice.example"
BASE_URL = "https://pages.example"
HOSTS = {OWN: 204, OWN.upper(): 204, f"x.{OWN}": 404, "pages.example": 404, "": 404}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("install")
    settings = Settings(data_dir=folder / "data", apply_interval_ms=10, max_memory_mb=800, base_url=BASE_URL)
    with open_install(settings, system_clock) as install:
        alice = install.people.accounts.create_owner("alice@alice.example", "correct horse battery")
        site = install.sites.create("alice.example", "Europe/Berlin", alice.id, identity_mode="consented")
        install.sites.create("other.example", owner_id=alice.id)
        site = install.sites.update(site.id, custom_domain=OWN, script_path="/look.js", intake_path="/a/seen")
        key = install.people.keys.create(["admin"], owner_id=alice.id)
        with httpx.Client(transport=InProcessTransport(web_app(install)), base_url="http://pages.example") as client:
            yield Running(install, client, site, key)


def at(running: Running, method: str, path: str, host: str = OWN, **more: Any) -> httpx.Response:
    headers = {"Host": host, "User-Agent": FIREFOX, "Accept-Language": "en", **more.pop("headers", {})}
    return running.http.request(method, path, headers=headers, **more)


def view(running: Running, site: str = "") -> dict[str, str]:
    return {"site": site or running.site.public_id, "name": "pageview", "url": "https://alice.example/own"}


def test_it_serves_script_and_intake_under_the_chosen_paths(running: Running) -> None:
    script = at(running, "GET", "/look.js")
    endpoint = re.findall(r'"url":"([^"]+)"', script.text)

    answer = at(running, "POST", "/" + endpoint[0], json=view(running))

    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert endpoint == ["a/seen"]
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1})


def test_it_serves_what_pages_asked_for_before(running: Running) -> None:
    script = at(running, "GET", f"/js/{running.site.public_id}.js")
    event = at(running, "POST", "/api/v1/event", json=view(running))
    picture = at(running, "GET", f"/px/{running.site.public_id}.gif", params={"url": "https://alice.example/p"})

    assert '"url":"../a/seen"' in script.text
    assert (event.status_code, picture.headers["content-type"]) == (202, "image/gif")
    assert "x-footfall-dropped" not in picture.headers


def test_it_takes_consents_beside_the_events(running: Running) -> None:
    said = {"site": running.site.public_id, "visitor": "v1", "given": True, "text": "v1"}

    answer = at(running, "POST", "/a/consent", json=said)

    assert running.site.identity_mode is IdentityMode.CONSENTED
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1})


def test_it_counts_the_picture_where_events_go(running: Running) -> None:
    answer = at(running, "GET", "/a/seen", headers={"Referer": "https://alice.example/without-script"})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/gif")
    running.settle()
    assert ("/without-script",) in running.rows("path")


@pytest.mark.parametrize("host", [OWN, OWN.upper(), f"{OWN}:443", f"{OWN}.", f" {OWN}"])
@pytest.mark.parametrize(
    "asked",
    [
        "GET /",
        "GET /sign-in",
        "POST /sign-in",
        "POST /forgot-password",
        "GET /sites/alice.example",
        "GET /static/app.css",
        "GET /api/openapi.json",
        "GET /api/v1/sites",
        "GET /health",
        "POST /api/v1/events",
        "POST /api/event",
        "GET /js/script.js",
        "GET /share/alice.example",
        "GET /privacy/x",
        "PUT /anything",
    ],
)
def test_it_has_nothing_else(running: Running, asked: str, host: str) -> None:
    method, path = asked.split()

    answer = at(running, method, path, host, headers={"Authorization": f"Bearer {running.key}"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert "set-cookie" not in answer.headers


def test_it_speaks_for_its_own_site_alone(running: Running) -> None:
    other = running.install.sites.by_domain("other.example")
    assert other is not None

    script = at(running, "GET", f"/js/{other.public_id}.js")
    event = at(running, "POST", "/a/seen", json=view(running, other.public_id))
    consent = {"site": other.public_id, "visitor": "v1", "given": False}

    assert script.status_code == 404
    assert event.headers["x-footfall-dropped"] == "unknown_site"
    assert at(running, "POST", "/a/consent", json=consent).headers["x-footfall-dropped"] == "unknown_site"


def test_it_does_not_open_the_pages_for_a_second_host(running: Running) -> None:
    for hosts in ([OWN, "pages.example"], ["pages.example", OWN]):
        answer = running.http.get("/sign-in", headers=[("Host", host) for host in hosts])

        assert answer.status_code == 404


def test_it_opens_no_web_socket(running: Running) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    path = f"/api/v1/sites/{running.site.public_id}/live"
    scope = {"type": "websocket", "path": path, "headers": [(b"host", OWN.encode())]}
    asyncio.run(web_app(running.install)(scope, receive, send))

    assert sent == [{"type": "websocket.close", "code": 1000}]


def test_it_believes_no_other_header(running: Running) -> None:
    named = {"X-Forwarded-Host": OWN, "Forwarded": f"host={OWN}", "X-Host": OWN, "X-Original-Host": OWN}

    pages = at(running, "GET", "/sign-in", "pages.example", headers=named)
    own = at(running, "GET", "/sign-in", headers=dict.fromkeys(named, "pages.example"))

    assert (pages.status_code, own.status_code) == (200, 404)


@pytest.mark.parametrize("host", ["pages.example", "unknown.example", "x.stats.alice.example", "127.0.0.1:8000", ""])
def test_it_changes_nothing_at_other_hosts(running: Running, host: str) -> None:
    script = at(running, "GET", f"/js/{running.site.public_id}.js", host)

    assert (script.status_code, at(running, "GET", "/look.js", host).status_code) == (200, 404)
    assert at(running, "POST", "/api/v1/event", host, json=view(running)).status_code == 202
    assert at(running, "GET", "/sign-in", host).status_code == 200


def test_it_stands_below_a_path_of_its_own_at_every_host(running: Running) -> None:
    below = f"/first-party/{running.site.public_id}"

    assert '"url":"a/seen"' in at(running, "GET", f"{below}/look.js", "pages.example").text
    assert at(running, "POST", f"{below}/a/seen", "pages.example", json=view(running)).status_code == 202
    for path in (f"{below}/sign-in", "/first-party/unknown/look.js", "/first-party/"):
        assert at(running, "GET", path, "pages.example").status_code == 404


def test_it_tells_when_it_was_last_asked_for(running: Running) -> None:
    running.install.seen_hosts.clear()
    at(running, "GET", "/look.js", "pages.example")
    assert running.site.id not in running.install.seen_hosts

    at(running, "GET", "/look.js")
    script_only = running.install.seen_hosts[running.site.id]
    assert script_only.script_ms > 0
    assert script_only.event_ms == 0
    at(running, "POST", "/a/seen", json=view(running))
    assert script_only.event_ms > 0


def test_it_is_what_the_snippets_name(running: Running) -> None:
    assert f'src="https://{OWN}/look.js"' in script_snippet(BASE_URL, running.site)
    assert f'src="https://{OWN}/a/seen"' in pixel_snippet(BASE_URL, running.site)


def test_it_ends_with_the_option(running: Running) -> None:
    spare = running.install.sites.create("spare.example", owner_id=None)
    running.install.sites.update(spare.id, custom_domain="spare.example")
    assert at(running, "GET", "/sign-in", "spare.example").status_code == 404

    running.install.sites.update(spare.id, custom_domain="")

    assert at(running, "GET", "/sign-in", "spare.example").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"custom_domain": "pages.example"}, "custom_domain"),  # where the dashboard is
        ({"custom_domain": "stats.elsewhere.example"}, "custom_domain"),
        ({"custom_domain": "notalice.example"}, "custom_domain"),
        ({"custom_domain": "x.sub.alice.example"}, "custom_domain"),  # below a site of somebody else
        ({"custom_domain": "localhost"}, "custom_domain"),
        ({"custom_domain": "127.0.0.1"}, "custom_domain"),
        ({"custom_domain": "stats.alice.example/x"}, "custom_domain"),
        ({"custom_domain": "stats.alice.example:8000"}, "custom_domain"),
        ({"custom_domain": "stats.alice.example\r\nX-A: b"}, "custom_domain"),
        ({"script_path": "look.js"}, "script_path"),
        ({"script_path": "/../look.js"}, "script_path"),
        ({"script_path": "//evil.example/x.js"}, "script_path"),
        ({"script_path": '/"><script>'}, "script_path"),
        ({"script_path": "/" + "x" * 100}, "script_path"),
        ({"intake_path": "/a/"}, "intake_path"),
        ({"intake_path": "/look.js"}, "intake_path"),  # where the script is
        ({"domain": "renamed.example"}, "custom_domain"),  # while the host is below the old name
    ],
)
def test_it_refuses_hosts_and_paths_that_make_no_sense(running: Running, given: dict[str, str], field: str) -> None:
    sites = running.install.sites
    if sites.by_domain("sub.alice.example") is None:
        sites.create("sub.alice.example", owner_id=None)

    with pytest.raises(InvalidInput) as caught:
        sites.update(running.site.id, **given)

    assert caught.value.field == field
    assert sites.by_id(running.site.id) == running.site


@pytest.mark.parametrize("host", ["pages.example", "www.pages.example"])
def test_it_never_hides_the_pages(running: Running, host: str) -> None:
    sites = running.install.sites
    theirs = sites.by_domain("pages.example") or sites.create("pages.example", owner_id=None)

    with pytest.raises(InvalidInput, match="These pages are at this host"):
        sites.update(theirs.id, custom_domain=host)


def test_it_gives_a_host_to_one_site_only(running: Running) -> None:
    rival = running.install.sites.create(OWN, owner_id=None)

    with pytest.raises(Conflict):
        running.install.sites.update(rival.id, custom_domain=OWN)

    running.install.sites.delete(rival.id)


def test_it_needs_to_know_where_the_pages_are(running: Running) -> None:
    nowhere = SiteDirectory(running.install.database, system_clock)

    with pytest.raises(InvalidInput, match="FOOTFALL_BASE_URL"):
        nowhere.update(running.site.id, custom_domain=f"x.{OWN}")


def test_it_is_an_option_of_the_api(running: Running) -> None:
    spare = running.install.sites.by_domain("spare.example") or running.install.sites.create("spare.example")
    key = {"Authorization": f"Bearer {running.key}"}
    url = f"/api/v1/sites/{spare.domain}"

    answer = running.http.put(url, json={"custom_domain": "s.spare.example", "script_path": "/s.js"}, headers=key)
    wrong = running.http.put(url, json={"custom_domain": "s.other.example"}, headers=key)

    assert (answer.status_code, answer.json()["custom_domain"], answer.json()["script_path"]) == (
        200,
        "s.spare.example",
        "/s.js",
    )
    assert wrong.status_code == 400


def test_it_tells_the_proxy_which_hosts_need_a_certificate(running: Running) -> None:
    asked = {host: at(running, "GET", "/custom-domain", "127.0.0.1:8000", params={"domain": host}) for host in HOSTS}

    assert {host: answer.status_code for host, answer in asked.items()} == HOSTS
