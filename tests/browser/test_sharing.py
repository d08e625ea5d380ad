"""Sharing and settings in a real browser: a link with a password, a frame in another site's page, every section."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.axe import violations
from tests.browser.serving import SmallSite
from tests.serving import FootfallServer

from footfall.web.pages.settings_page import SECTIONS

EMAIL, PASSWORD = "alice@shop.test", "correct horse battery"
SETTINGS = "/sites/shop.test/settings"
FRAMING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>CODE</body></html>"""


@pytest.fixture(scope="module")
def footfall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    folder: Path = tmp_path_factory.mktemp("sharing")
    with FootfallServer(folder / "data") as server:
        server.command("user", "add", EMAIL, "--password-stdin", text=f"{PASSWORD}\n")
        server.command("site", "add", "shop.test", "--timezone", "Europe/Berlin")
        server.command("goal", "add", "--site", "shop.test", "--event", "Signup")
        key = server.command("key", "create", "--site", "shop.test", "--scope", "events:write").split()[-1]
        pages = ["/"] * 12 + ["/pricing"] * 7 + ["/secret"] * 3 + ["/hidden"] * 3
        events = [
            {"name": "pageview", "url": f"https://shop.test{path}", "visitor": f"v{number}"}
            for number, path in enumerate(pages)
        ]
        body = json.dumps({"site": "shop.test", "events": events}).encode()
        request = urllib.request.Request(f"{server.url}/api/v1/events?wait=true", body)
        request.add_header("Authorization", f"Bearer {key}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 202
        yield server


@pytest.fixture
def owner(context: BrowserContext, footfall: FootfallServer) -> Page:
    page = context.new_page()
    page.goto(f"{footfall.url}/sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/sites"))
    return page


def make_link(owner: Page, footfall: FootfallServer, name: str, *, password: str = "", embedding: str = "") -> str:
    """Make a link as its owner does; returns what there is to copy first."""
    owner.goto(f"{footfall.url}{SETTINGS}/links")
    owner.get_by_label("Name").fill(name)
    if password:
        owner.get_by_label("Password, if you like").fill(password)
    if embedding:
        owner.get_by_role("radio", name=embedding).check()
    owner.get_by_role("button", name="Make link").click()
    expect(owner.get_by_text("Saved.")).to_be_visible()
    return owner.get_by_role("button", name=f"Copy the link {name}").get_attribute("data-copy") or ""


def await_equal(*measures: Callable[[], int]) -> list[int]:
    """What was measured, once all agree or none of twenty tries has brought that."""
    measured: list[int] = []
    for _ in range(20):
        measured = [measure() for measure in measures]
        if len(set(measured)) == 1:
            break
    return measured


def test_a_link_with_a_password_opens_to_whoever_knows_it(
    owner: Page, chromium: Browser, footfall: FootfallServer
) -> None:
    url = make_link(owner, footfall, "Agency", password="let me see it")

    with chromium.new_context() as elsewhere:
        viewer = elsewhere.new_page()
        viewer.goto(f"{url}&period=today")
        viewer.get_by_label("Password").fill("open sesame")
        viewer.get_by_role("button", name="Show the figures").click()
        expect(viewer.get_by_role("alert")).to_have_text("This is not the password of this link.")
        viewer.get_by_label("Password").fill("let me see it")
        viewer.get_by_role("button", name="Show the figures").click()
        expect(viewer.locator(".cell-figure").first).to_have_text("25")

        # A click on a row filters and stays within the link; small groups stand together.
        expect(viewer.get_by_text("/secret")).to_have_count(0)
        viewer.locator("#panel-pages").get_by_text("/pricing").click()
        expect(viewer).to_have_url(re.compile(r"/share/shop\.test\?.*page=/pricing.*auth="))
        expect(viewer.locator(".cell-figure").first).to_have_text("5")
        viewer.reload()
        expect(viewer.locator(".cell-figure").first).to_have_text("5")

    owner.get_by_role("button", name="Delete the link Agency").click()
    expect(owner.get_by_role("button", name="Delete the link Agency")).to_have_count(0)
    assert owner.request.get(url).status == 404


def test_a_frame_in_another_sites_page_is_as_tall_as_what_is_in_it(
    owner: Page, chromium: Browser, footfall: FootfallServer
) -> None:
    make_link(owner, footfall, "Wall", embedding="In any page")
    owner.get_by_text("Code for another page").click()
    code = owner.get_by_role("button", name="Copy the code of Wall").get_attribute("data-copy") or ""

    with SmallSite("", FRAMING.replace("CODE", code)) as wall, chromium.new_context(color_scheme="dark") as elsewhere:
        page = elsewhere.new_page()
        page.goto(wall.url("/"))
        frame = page.frame_locator("iframe")
        expect(frame.locator(".site-name")).to_have_text("shop.test")
        expect(frame.locator(".cell-figure").first).to_be_visible()
        inside = page.frames[1]
        page.wait_for_function("document.querySelector('iframe').style.height !== '1600px'")

        heights = await_equal(
            lambda: page.evaluate("document.querySelector('iframe').clientHeight"),
            lambda: inside.evaluate("Math.ceil(document.body.getBoundingClientRect().height)"),
        )
        assert heights[0] == heights[1]
        assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_link_that_may_not_be_framed_is_not(owner: Page, chromium: Browser, footfall: FootfallServer) -> None:
    url = make_link(owner, footfall, "Private")

    with (
        SmallSite("", FRAMING.replace("CODE", f'<iframe src="{url}"></iframe>')) as wall,
        chromium.new_context() as elsewhere,
    ):
        page = elsewhere.new_page()
        with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
            page.goto(wall.url("/"))

        assert page.frame_locator("iframe").locator(".cell-figure").count() == 0


def test_settings_change_what_the_owner_and_strangers_see(
    owner: Page, chromium: Browser, footfall: FootfallServer
) -> None:
    owner.goto(f"{footfall.url}{SETTINGS}")
    owner.get_by_role("navigation").get_by_role("link", name="Visibility").click()
    owner.get_by_role("checkbox", name="Anybody may see the dashboard").check()
    owner.get_by_role("button", name="Save").first.click()
    expect(owner.get_by_text("Saved.")).to_be_visible()
    with chromium.new_context() as elsewhere:
        stranger = elsewhere.new_page()
        answer = stranger.goto(f"{footfall.url}/shop.test?period=today")
        assert answer is not None
        assert answer.status == 200
        expect(stranger.locator(".cell-figure").first).to_have_text("25")
        assert violations(stranger) == []

    owner.get_by_role("navigation").get_by_role("link", name="Goals").click()
    owner.get_by_role("radio", name="Scrolling").check()
    expect(owner.get_by_label("Name of the event")).to_be_hidden()
    owner.get_by_label("Page", exact=True).fill("/blog/**")
    owner.get_by_label("How far down, in percent").fill("60")
    owner.get_by_role("button", name="Add goal").click()
    expect(owner.get_by_role("cell", name="Scroll to 60% of /blog/**", exact=True)).to_be_visible()


def test_sites_are_found_by_typing_and_walked_by_arrows(owner: Page, footfall: FootfallServer) -> None:
    for number in range(7):
        footfall.command("site", "add", f"site-{number}.test", "--timezone", "Europe/Berlin")
    owner.goto(f"{footfall.url}/sites")

    owner.get_by_label("Search sites").fill("site-3")
    expect(owner.locator(".site-card:visible")).to_have_count(1)
    owner.get_by_label("Search sites").press("ArrowDown")
    owner.keyboard.press("Enter")

    expect(owner).to_have_url(re.compile("/sites/site-3.test"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_settings_and_sharing_is_accessible(
    owner: Page, context: BrowserContext, footfall: FootfallServer, theme: str
) -> None:
    link = make_link(owner, footfall, f"Seen in {theme}", embedding="In any page")
    secret = make_link(owner, footfall, f"Secret in {theme}", password="let me see it")
    context.add_cookies([{"name": "theme", "value": theme, "url": footfall.url}])
    own = [f"{footfall.url}{SETTINGS}/{key}" for key in SECTIONS]
    own += [f"{footfall.url}{path}" for path in ("/sites", "/sites/new", "/sites/shop.test/install", "/nothing/there")]

    found = {}
    for url in (*own, link, f"{link}&embed=true&theme={theme}", secret):
        owner.goto(url)
        if problems := violations(owner):
            found[url] = problems

    assert found == {}


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_page_of_settings_and_sharing_scrolls_sideways(owner: Page, footfall: FootfallServer, width: int) -> None:
    link = make_link(owner, footfall, f"At {width}", embedding="In any page")
    owner.set_viewport_size({"width": width, "height": 800})
    paths = [f"{footfall.url}{SETTINGS}/{key}" for key in SECTIONS]

    wide = []
    for url in (*paths, f"{footfall.url}/sites", link):
        owner.goto(url)
        if owner.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(url)
    name = owner.locator(".site-name span")
    name.evaluate("(name) => { name.textContent = 'statistics.of-a-department.of-an-organisation.example'; }")

    assert wide == []
    assert not owner.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_to_sign_in_is_accessible(chromium: Browser, footfall: FootfallServer, theme: str) -> None:
    with chromium.new_context(color_scheme="dark" if theme == "dark" else "light") as stranger:
        page = stranger.new_page()
        page.goto(f"{footfall.url}/sign-in")

        assert violations(page) == []
