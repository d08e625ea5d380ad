"""`/share/DOMAIN` and `/DOMAIN`: Alice shares, holders of a link see what she lets them, Charlie finds nothing."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx2 as httpx
import pytest
from PIL import Image
from tests.acceptance.running import Running
from tests.people import ManualClock, quick_passwords

from footfall.app import open_install, web_app
from footfall.cli.in_process import InProcessTransport
from footfall.query import FOLDED
from footfall.reports.panels import PANELS
from footfall.settings import Settings
from footfall.sites import ANY_ORIGIN, Role, SharedLink

PASSWORD = "correct horse battery"
QUICK = quick_passwords()
HOSTILE = "/<script>alert(1)</script>"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("shared")
    settings = Settings(data_dir=folder, apply_interval_ms=10, max_memory_mb=800)
    clock = ManualClock()
    with open_install(settings, clock) as install:
        alice = install.people.accounts.create_owner("alice@alice.example", PASSWORD)
        site = install.sites.create("alice.example", "Europe/Berlin", alice.id)
        bob = install.people.accounts.create_user("bob@alice.example", PASSWORD)
        install.sites.add_member(site.id, bob.id, Role.VIEWER)
        install.people.accounts.create_user("charlie@charlie.example", PASSWORD)
        key = install.people.keys.create(["events:write"], site_id=site.id)
        transport = InProcessTransport(web_app(install))
        with httpx.Client(transport=transport, base_url="http://testserver") as client:
            whole = Running(install, client, site, key)
            pages = ["/"] * 13 + ["/pricing"] * 7 + ["/secret"] * 3 + [HOSTILE] * 2
            events = [
                {
                    "name": "pageview",
                    "url": f"https://alice.example{path}?utm_source={'ad' if number % 2 else 'mail'}",
                    "visitor": f"visitor-{number}",
                    "props": {"plan": "enterprise"},
                }
                for number, path in enumerate(pages)
            ]
            assert whole.send(*events).status_code == 202
            yield whole


@pytest.fixture
def running(whole: Running) -> Iterator[Running]:
    whole.install.sites.update(whole.site.id, public_dashboard=False, public_small_groups=False, public_cities=False)
    whole.http.cookies.clear()
    yield whole
    for link in whole.install.belongings.shared_links.of_site(whole.site.id):
        whole.install.belongings.shared_links.delete(whole.site.id, link.id)


def link_of(running: Running, name: str = "link", **more: object) -> SharedLink:
    return running.install.belongings.shared_links.add(running.site.id, name, **more)  # type: ignore[arg-type]


def address(link: SharedLink, path: str = "", **more: str) -> str:
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/share/alice.example{path}?auth={link.slug}&period=today{query}"


def sign_in(running: Running, name: str) -> None:
    domain = "charlie.example" if name == "charlie" else "alice.example"
    answer = running.http.post("/sign-in", data={"email": f"{name}@{domain}", "password": PASSWORD})
    assert answer.status_code == 303


def publish(running: Running, **options: bool) -> None:
    running.install.sites.update(running.site.id, public_dashboard=True, **options)


PARTS = ("", "/panels/pages", "/panels/pages/all", "/current", "/chart.png")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("caller", ["nobody", "charlie"])
def test_it_is_the_same_nothing_for_strangers(running: Running, part: str, caller: str) -> None:
    ended = link_of(running, "ended", expires_ms=running.install.clock() + 1000)
    running.install.clock.move(seconds=2)  # type: ignore[attr-defined]
    if caller == "charlie":
        sign_in(running, "charlie")

    answers = [
        running.http.get(path)
        for path in (
            f"/unknown.example{part}",
            f"/alice.example{part}",
            f"/share/unknown.example{part}?auth=wrong",
            f"/share/alice.example{part}?auth=wrong",
            f"/share/alice.example{part}",
            address(ended, part),
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("part", PARTS)
def test_it_shows_a_public_dashboard_to_anybody(running: Running, part: str) -> None:
    publish(running)

    assert running.http.get(f"/alice.example{part}?period=today").status_code == 200
    assert running.http.get(f"/sites/alice.example{part}").status_code in (303, 404)


@pytest.mark.parametrize("member", ["alice", "bob"])
def test_it_leads_members_to_their_own_dashboard(running: Running, member: str) -> None:
    sign_in(running, member)

    answer = running.http.get("/alice.example?period=7d&page=/pricing&embed=true")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sites/alice.example?period=7d&page=%2Fpricing")


def test_it_says_what_its_address_asks_for_in_vain(running: Running) -> None:
    publish(running)

    of_all = running.http.get("/alice.example?period=99d")
    sign_in(running, "alice")
    own = running.http.get("/sites/alice.example?period=custom&from=2026-02-30&to=2026-03-01")

    said = "The address asks for “{}”, which does not exist here. You see instead: Last 28 days."
    assert said.format("period=99d") in " ".join(of_all.text.split())
    assert said.format("from=2026-02-30") in " ".join(own.text.split())
    assert "which does not exist here" not in running.http.get("/sites/alice.example?period=7d").text


def test_it_folds_small_groups_on_page_fragment_and_list_alike(running: Running) -> None:
    publish(running)

    page = running.http.get("/alice.example?period=today").text
    fragment = running.http.get("/alice.example/panels/pages?period=today&rows=9").text
    whole_list = running.http.get("/alice.example/panels/pages/all?period=today").text

    file = running.http.get("/alice.example/panels/pages/all.csv?period=today").text

    for text in (page, fragment, whole_list, file):
        assert "/pricing" in text
        assert "/secret" not in text
        assert "Other, fewer than 5 each" in text or FOLDED in text
    assert re.findall(r"^(/pricing),(\d+),", file, re.M) == [("/pricing", "5")]
    assert "25 visitors" in page
    for text in (page.partition('id="panel-pages"')[2], fragment):
        assert re.findall(r'title="Visitors: (\d+)"', text)[:3] == ["15", "5", "5"]
    assert "<script>alert" not in page

    publish(running, public_small_groups=True)
    assert "/secret" in running.http.get("/alice.example?period=today").text


def test_it_is_in_the_language_of_the_address_or_of_the_browser(running: Running) -> None:
    publish(running)

    asked = running.http.get("/alice.example?period=today&lang=de", headers={"accept-language": "en-US"})
    accepted = running.http.get("/alice.example?period=today", headers={"accept-language": "de-CH"})
    picture = running.http.get("/alice.example/chart.png")

    assert "25 Besucher" in asked.text
    assert "&amp;lang=de" in asked.text  # links keep it
    assert (asked.headers["content-language"], accepted.headers["content-language"]) == ("de", "de-CH")
    assert picture.headers["vary"] == "Accept-Language, Cookie"
    assert asked.headers["vary"] == "Accept-Language, Cookie, accept-encoding"


def test_it_shows_no_figures_of_few(running: Running) -> None:
    publish(running)

    few, none = (running.http.get(f"/alice.example?period=today&page={path}").text for path in ("/secret", "/nowhere"))

    assert few.replace("/secret", "") == none.replace("/nowhere", "")
    assert 'data-title="– visitors' in few


@pytest.mark.parametrize("panel", PANELS)
def test_it_tells_no_property_no_visitor_and_no_small_page_in_any_panel(running: Running, panel: str) -> None:
    publish(running)

    for tab in PANELS[panel].tabs:
        for part in ("", "/all", "/all.csv"):
            answer = running.http.get(f"/alice.example/panels/{panel}{part}?period=today&{panel}={tab.dimension}")
            assert answer.status_code in (200, 400, 404)
            assert not any(word in answer.text for word in ("/secret", "enterprise", "visitor-"))


@pytest.mark.parametrize("query", ["page!=/", "page=/&page=/pricing", "city=588409", "places=city"])
def test_it_refuses_filters_that_single_out(running: Running, query: str) -> None:
    publish(running)

    assert running.http.get(f"/alice.example?period=today&{query}").status_code == 400


def test_it_offers_no_cities_unless_the_owner_does(running: Running) -> None:
    publish(running)
    without = running.http.get("/alice.example?period=today").text
    region = running.http.get("/alice.example?period=today&region=DE-BE")

    publish(running, public_cities=True)
    assert ">Cities<" not in without
    assert region.status_code == 200
    assert ">Cities<" in running.http.get("/alice.example?period=today").text


def test_it_leads_nowhere_but_back_to_the_link(running: Running) -> None:
    link = link_of(running)

    page = running.http.get(address(link, page="/pricing")).text

    links = re.findall(r'(?:href|hx-get|action|src|content)="(/[^"]*)"', page)
    inside = [one for one in links if not one.startswith(("/static/", "/privacy/"))]
    assert inside
    assert all(one.startswith("/share/alice.example") for one in inside)
    assert all(f"auth={link.slug}" in one for one in inside if "?" in one)
    assert "data-live" not in page
    assert "Sign out" not in page
    for path in ("/sites/alice.example", "/sites/alice.example/settings", "/sites/alice.example/crawlers"):
        assert running.http.get(f"{path}?auth={link.slug}").status_code == 303
    live = f"/api/v1/sites/{running.site.public_id}/realtime?auth={link.slug}"
    assert running.http.get(live).status_code == 401


def test_it_keeps_a_segment_whatever_else_is_filtered(running: Running) -> None:
    link = link_of(running, segment_name="Mail", segment_filters=[["is", "visit:utm_source", ["mail"]]])

    page = running.http.get(address(link)).text
    narrowed = running.http.get(address(link, utm_source="ad")).text
    further = running.http.get(address(link, page="/")).text

    assert 'data-title="15 visitors' in page  # 13 of 25
    assert "Mail" in page
    assert 'data-title="– visitors' in narrowed
    assert 'data-title="5 visitors' in further  # 7 of 13
    assert ">ad<" not in running.http.get(address(link, "/panels/campaigns/all", campaigns="utm_source")).text


def test_it_asks_for_a_password_before_anything_is_shown(running: Running) -> None:
    hashed = QUICK.hash("let me see it")
    link = link_of(running, password_hash=hashed)

    closed = running.http.get(address(link))
    parts = [running.http.get(address(link, part)).status_code for part in PARTS[1:]]
    wrong = running.http.post(address(link, "/password"), data={"password": "let me in"})
    right = running.http.post(address(link, "/password"), data={"password": "let me see it"})
    cookie = right.headers["set-cookie"]

    assert "Show the figures" in closed.text
    assert "cell-figure" not in closed.text
    assert "og:image" not in closed.text
    assert parts == [404] * 4
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (400, False)
    assert right.headers["location"].startswith(f"/share/alice.example?period=today&auth={link.slug}")
    assert {"HttpOnly", "Path=/share/alice.example", "SameSite=lax"} <= set(cookie.split("; "))
    assert "let me see it" not in cookie
    assert all(running.http.get(address(link, part)).status_code == 200 for part in PARTS)

    running.install.clock.move(days=1.01)  # type: ignore[attr-defined]
    assert "Show the figures" in running.http.get(address(link)).text


def test_it_takes_no_proof_of_another_link(running: Running) -> None:
    first, second = (
        link_of(running, name, password_hash=QUICK.hash(f"password of {name}")) for name in ("first", "second")
    )
    running.http.post(address(first, "/password"), data={"password": "password of first"})
    proof = running.http.cookies[f"footfall-link-{first.id}"]

    for forged in (proof, "", "9999999999999.", f"9999999999999.{proof.partition('.')[2]}", "x.y", "."):
        cookies = {"cookie": f"footfall-link-{second.id}={forged}".encode().decode("latin-1")}
        assert "Show the figures" in running.http.get(address(second), headers=cookies).text


def test_it_bounds_guesses_and_forgets_them_after_a_while(running: Running) -> None:
    link = link_of(running, password_hash=QUICK.hash("let me see it"))

    def guess(text: str) -> int:
        return running.http.post(address(link, "/password"), data={"password": text}).status_code

    guesses = [guess("wrong one") for _ in range(11)]

    assert guesses == [400] * 10 + [429]
    assert guess("let me see it") == 429
    running.install.clock.move(seconds=601)  # type: ignore[attr-defined]
    assert guess("let me see it") == 303


def test_it_takes_passwords_from_its_own_page_only(running: Running) -> None:
    link = link_of(running, password_hash=QUICK.hash("let me see it"))

    answer = running.http.post(
        address(link, "/password"), data={"password": "let me see it"}, headers={"origin": "https://evil.example"}
    )

    assert answer.status_code == 403


def test_it_may_be_framed_by_whom_the_link_names(running: Running) -> None:
    named = link_of(running, "named", embedded_by=["https://wall.example"])
    anywhere = link_of(running, "anywhere", embedded_by=[ANY_ORIGIN])
    nowhere = link_of(running, "nowhere")
    secret = link_of(running, "secret", password_hash=QUICK.hash("let me see it"))
    publish(running)

    def policy(link: SharedLink, path: str = "", **more: str) -> str:
        answer = running.http.get(address(link, path, embed="true", **more))
        return answer.headers["content-security-policy"].rpartition("frame-ancestors ")[2]

    assert policy(named) == policy(named, "/panels/pages/all") == "https://wall.example"
    assert policy(anywhere) == "*"
    for link in (nowhere, secret):
        answer = running.http.get(address(link, embed="true"))
        assert (answer.status_code, policy(link)) == (403, "'none'")
    assert running.http.get("/alice.example?embed=true").status_code == 403
    assert "frame-ancestors 'none'" in running.http.get(address(named)).headers["content-security-policy"]


def test_it_wears_the_theme_and_the_ground_of_the_page_around_it(running: Running) -> None:
    link = link_of(running, embedded_by=[ANY_ORIGIN])

    dark = running.http.get(address(link, embed="true", theme="dark", background="%23ff8800", width="manual")).text
    system = running.http.get(address(link, embed="true", theme="system", background="red;}")).text
    sheet = running.http.get("/embed/background.css?colour=%23ff8800")

    assert 'data-theme="dark" data-embedded data-fluid' in dark
    assert '<link rel="stylesheet" href="/embed/background.css?colour=%23ff8800">' in dark
    assert "embed=true&amp;theme=dark" in dark
    assert "data-theme" not in system
    assert "background.css" not in system
    assert (sheet.headers["content-type"], "#ff8800" in sheet.text) == ("text/css; charset=utf-8", True)
    for colour in ("red;}*{color:red", "url(x)", "", "rgb(0,0,0)}"):
        assert running.http.get("/embed/background.css", params={"colour": colour}).status_code == 400


def test_it_serves_the_script_that_sizes_frames(running: Running) -> None:
    answer = running.http.get("/js/embed.host.js")

    assert answer.status_code == 200
    assert "data-footfall-embed" in answer.text


def test_it_draws_the_picture_other_sites_show(running: Running) -> None:
    link = link_of(running)

    page = running.http.get(address(link)).text
    found = re.search(r'og:image" content="(http://testserver/share/alice.example/chart.png\?auth=[\w-]+)"', page)
    assert found is not None
    answer = running.http.get(found[1])

    image = Image.open(BytesIO(answer.content))
    assert (answer.headers["content-type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))


def test_it_bounds_what_one_client_asks(running: Running) -> None:
    publish(running)

    statuses = [running.http.get("/nowhere.example").status_code for _ in range(3_001)]

    assert statuses[0] == 404
    assert statuses[-1] == 429
    running.install.clock.move(seconds=601)  # type: ignore[attr-defined]
