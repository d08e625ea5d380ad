"""The dashboard as its owner uses it: one server, one small site, one signed-in browser for all journeys."""

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute, expect
from tests.people import PASSWORD, fresh_install
from tests.serving import ROOT, FootfallServer

from footfall.metadata import sqlite_url

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/", "/pricing", "/blog/one", "/blog/two")
PLACES = (("EE", "Tartu"), ("DE", "Berlin"), ("FR", "Paris"))
LATER_MS = 15_000
LAYOUT_SHIFT = """new Promise((done) => {
  let sum = 0;
  const add = (list) => { for (const one of list.getEntries()) sum += one.value; };
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""
ON_A_LINE = "(all) => Object.values(Object.groupBy(all, (one) => one.offsetTop)).map((line) => line.length)"
LOOKED_AT = ("", "?country=EE&compare=year", "/panels/pages/all", "/realtime", "/filter?dimension=page", "/segments")


@pytest.fixture(scope="module")
def footfall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    """A server whose site had some visits on each of the last ten days."""
    folder = tmp_path_factory.mktemp("dashboard")
    with fresh_install(sqlite_url(folder)) as people:
        people.bring_in_the_cast()
    with FootfallServer(folder) as server:
        now = datetime.now(UTC)
        send(server, [view(now - timedelta(days=day, minutes=5 * n), n) for day in range(10) for n in range(12)])
        yield server


@pytest.fixture(scope="module")
def owner(chromium: Browser, footfall: FootfallServer) -> Iterator[BrowserContext]:
    with chromium.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    ) as context:
        context.set_default_timeout(LATER_MS)
        page = context.new_page()
        page.goto(f"{footfall.url}/sign-in")
        page.get_by_label("E-mail address").fill("alice@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{footfall.url}/sites**")
        page.close()
        yield context


@pytest.fixture
def page(owner: BrowserContext) -> Iterator[Page]:
    """A tab in which nothing may go wrong unseen."""
    tab = owner.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield tab
    tab.close()
    assert [one for one in problems if "status of 400" not in one] == []


def view(at: datetime, number: int, name: str = "pageview") -> dict[str, object]:
    country, city = PLACES[number % len(PLACES)]
    return {
        "name": name,
        "url": f"https://example.com{PAGES[number % len(PAGES)]}",
        "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "visitor": f"v{number}",
        "referrer": "https://www.google.com/" if number % 2 else "",
        "country": country,
        "city": city,
        "browser": "Firefox",
        "os": "Linux",
        "device": "Desktop",
    }


@cache
def key_of(server: FootfallServer) -> str:
    return server.command("key", "create", "--site", "example.com", "--scope", "events:write").strip()


def send(server: FootfallServer, events: list[dict[str, object]]) -> None:
    body = json.dumps({"site": "example.com", "events": sorted(events, key=lambda one: str(one["timestamp"]))}).encode()
    headers = {"Authorization": f"Bearer {key_of(server)}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server.url}/api/v1/events?wait=true", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["accepted"] == len(events)


def dashboard(footfall: FootfallServer, query: str = "", path: str = "") -> str:
    return f"{footfall.url}/sites/example.com{path}{query}"


def test_it_filters_by_a_value_found_by_its_name(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall))
    page.keyboard.press("/")
    page.get_by_role("link", name="Country", exact=True).click()
    page.get_by_label("Search values: Country").fill("esto")
    page.get_by_role("checkbox", name=re.compile("Estonia")).check()
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(dashboard(footfall, "?country=EE"))
    expect(page.get_by_role("link", name=re.compile("^Country is .*Estonia"))).to_be_visible()

    page.go_back()
    expect(page).to_have_url(dashboard(footfall))
    expect(page.locator(".chip")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".chip")).to_have_count(1)


def test_it_finds_a_text_and_changes_how_it_compares(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?page~=/blog/"))
    page.locator(".chip-turn").click()
    page.get_by_label("How to compare").select_option("contains_not")
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(dashboard(footfall, "?page!~=/blog/"))
    expect(page.locator("#panel-pages .row-text")).to_have_text(["/", "/pricing"])

    page.get_by_role("link", name="Remove the filter Page does not contain /blog/").click()
    expect(page).to_have_url(dashboard(footfall))


def test_it_shows_what_fits_a_pattern_before_it_is_used(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?dimension=page&operator=matches", "/filter"))
    page.get_by_label("Value", exact=True).press_sequentially("^/blog/")
    expect(page.locator(".is-example .row-text")).to_have_text(["/blog/one", "/blog/two"])

    page.get_by_label("Value", exact=True).fill("[")
    expect(page.get_by_role("alert")).to_contain_text("Invalid regular expression")


def test_it_compares_with_another_range(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?period=7d"))
    page.keyboard.press("c")
    page.get_by_role("link", name="Year before").click()

    expect(page).to_have_url(dashboard(footfall, "?period=7d&compare=year"))
    expect(page.locator("#panel-sources .columns")).to_contain_text("Difference")


def test_it_zooms_by_dragging_and_by_keys(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?period=7d"))
    box = page.locator(".u-over").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.34, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.66, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"period=custom&from=[\d-]+&to=[\d-]+$"))
    expect(page.locator(".chart-table tbody tr")).to_have_count(3)

    page.locator("[data-plot]").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-plot-said]")).to_contain_text(re.compile(r"20\d\d: \d"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=([\d-]+)&to=\1$"))
    expect(page.locator(".chart-table tbody tr")).to_have_count(24)


def test_it_lists_everything_to_sort_search_and_take_away(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall))
    page.locator("#panel-pages .panel-foot a").click()
    page.get_by_role("link", name="Views", exact=True).click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Views")
    page.get_by_label("Search: Pages").fill("blog")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    file = Path(taken.value.path()).read_text(encoding="utf-8")
    assert len(file.splitlines()) == 3


def test_it_keeps_filters_as_a_segment(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?country=DE&page~=/blog/"))
    page.get_by_label("Segments").click()
    page.get_by_role("link", name="Save these filters").click()
    page.get_by_label("Name").fill("German readers")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".chip")).to_contain_text("Segment is German readers")

    page.locator(".chip-turn").click()
    page.get_by_text("Change", exact=True).click()
    page.locator("[id^=name-]").fill("Readers in Germany")
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("Change", exact=True).click()
    expect(page.get_by_role("link", name="Readers in Germany", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete").click()

    expect(page.get_by_text("No segment yet", exact=True)).to_be_visible()


def test_it_flags_a_day_on_the_chart(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?period=month"))
    page.get_by_role("link", name="Notes").click()
    page.get_by_label("What happened").first.fill("New home page")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".note-flag")).to_have_attribute("aria-label", re.compile("New home page"))


def test_it_writes_and_changes_notes_over_the_chart(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?period=month&metric=visits"))
    page.locator("[data-plot]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("n")
    sheet = page.get_by_role("dialog", name="Notes")
    expect(sheet.get_by_label("What happened").first).to_be_focused()
    assert sheet.get_by_label("Day", exact=True).first.input_value().endswith("-01")
    page.keyboard.type("Prices raised")
    page.keyboard.press("Enter")
    flag = page.locator(".note-flag[title*='Prices raised']")
    expect(flag).to_have_count(1)
    expect(page).to_have_url(dashboard(footfall, "?period=month&metric=visits"))

    flag.click()
    changed = sheet.locator("details[open]").get_by_label("What happened")
    expect(changed).to_be_focused()
    changed.fill("Prices lowered")
    page.keyboard.press("Enter")
    expect(page.locator(".note-flag[title*='Prices lowered']")).to_have_count(1)

    page.keyboard.press("n")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_it_shows_figures_before_cards_and_keeps_the_old_ones_until_then(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/panels\?"), hold)
    page.locator("#panel-sources .row").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".panels[aria-busy] #panel-pages .row").first).to_be_attached()

    held[0].continue_()
    expect(page.locator(".panels[aria-busy]")).to_have_count(0)
    expect(page.locator("#panel-pages .row").first).to_be_visible()
    assert page.title().endswith(" · example.com · Footfall")


def test_it_says_so_where_cards_do_not_come(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall))
    page.route(
        re.compile(r"/panels\?"), lambda route: route.fulfill(status=200, content_type="text/html", body="<p>gone</p>")
    )
    page.locator("#panel-sources .row").first.click()

    expect(page.locator(".panels .notice-error")).to_contain_text("could not be loaded")


def test_it_draws_today_by_the_hour_and_by_the_minute(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, "?period=yesterday"))
    expect(page.locator(".chart-table tbody tr")).to_have_count(24)
    page.get_by_role("link", name="Minutes").click()

    expect(page).to_have_url(dashboard(footfall, "?period=yesterday&interval=minute"))
    expect(page.locator(".chart-table tbody tr")).to_have_count(24 * 60)


def test_it_does_everything_by_keys(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("7")
    expect(page).to_have_url(dashboard(footfall, "?period=7d"))
    expect(page.locator(".panels[aria-busy]")).to_have_count(0)

    page.locator("#panel-pages .row").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#panel-pages .row").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    page.keyboard.press("r")
    expect(page).to_have_url(dashboard(footfall, path="/realtime"))


def test_it_moves_as_things_happen(page: Page, footfall: FootfallServer) -> None:
    page.goto(dashboard(footfall, path="/realtime"))
    expect(page.locator("[data-now=state]")).to_have_text("Live")
    # Those of an earlier test are active for half a minute.
    expect(page.locator("[data-now=active_now]")).to_have_text("0", timeout=40_000)
    send(footfall, [view(datetime.now(UTC), 900 + number) for number in range(3)])

    expect(page.locator(".feed-line.is-new")).to_have_count(3)
    expect(page.locator("[data-now=active_now]")).to_have_text("3")
    expect(page.locator("path[data-country=EE]")).not_to_have_class("shade-0")
    expect(page).to_have_title(re.compile(r"^\d+ now · example\.com"))
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("^data:image/svg"))


def test_it_rests_while_nobody_sees_it_and_comes_back(page: Page, footfall: FootfallServer) -> None:
    # A tab in the background is nothing a test can make: what it would say of itself is.
    page.add_init_script(
        "window.hiding = false;"
        "Object.defineProperty(document, 'visibilityState', {get: () => window.hiding ? 'hidden' : 'visible'})"
    )
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/live", connect)
    hide = "(is) => { window.hiding = is; document.dispatchEvent(new Event('visibilitychange')) }"
    state, feed = page.locator("[data-now=state]"), page.locator(".feed-line")
    send(footfall, [view(datetime.now(UTC), 950)])
    page.goto(dashboard(footfall, path="/realtime"))
    expect(state).to_have_text("Live")
    expect(feed.first).to_be_visible()  # it begins with what was

    page.evaluate(hide, True)
    expect(state).to_have_text("Paused")
    page.evaluate(hide, False)
    expect(state).to_have_text("Live")

    sockets[-1].close()
    expect(state).to_have_text("Connection lost, trying again")
    expect(state).to_have_text("Live")
    assert len(sockets) == 3


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_it_fits_its_place_and_nothing_moves_while_it_loads(page: Page, footfall: FootfallServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(dashboard(footfall, "?country=EE&page~=/"))
    expect(page.locator(".row-spark path").first).to_be_attached()
    shift = page.evaluate(LAYOUT_SHIFT)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shift <= 0.02


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_the_pages_around_it_fit_their_place(page: Page, footfall: FootfallServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/account", "/account/second-factor", "/audit-log", "/sites", "/teams"):
        page.goto(footfall.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.locator(".table a").first.click()
    expect(page.locator("#invitations .choice")).to_have_count(4)
    lines = page.locator("#invitations .choice").evaluate_all(ON_A_LINE)

    assert len(set(lines)) == 1  # none stands alone below a row of others
    page.goto(f"{footfall.url}/sites")
    assert page.locator("main").evaluate("(main) => main.clientWidth") >= min(width, 1760)


@pytest.mark.skipif(not AXE.exists(), reason="node_modules is not there")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_no_known_barrier(page: Page, footfall: FootfallServer, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": footfall.url}])
    for path in (
        "",
        "?country=EE&compare=year",
        "/panels/pages/all",
        "/realtime",
        "/filter?dimension=page",
        "/segments",
        "/settings/events",
        "/annotations",
    ):
        page.goto(dashboard(footfall, path=path))
        expect(page.locator("[data-now=state]" if path == "/realtime" else "main")).not_to_have_text("Connecting")
        page.evaluate(AXE.read_text(encoding="utf-8"))  # past the policy, which keeps scripts of tests out, too
        found = page.evaluate("axe.run().then(({violations}) => violations)")

        said = [f"{path}: {one['id']} at {[node['target'] for node in one['nodes']][:3]}" for one in found]
        assert said == []
