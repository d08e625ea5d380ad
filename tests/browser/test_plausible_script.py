"""The scripts a site made for Plausible loads, from a real Footfall in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.plausible_site import CHROME, DOMAIN, Visitor, add_site, stored
from tests.serving import FootfallServer

QUEUE = "<script>window.plausible=window.plausible||function(){(plausible.q=plausible.q||[]).push(arguments)}</script>"
STUB = (
    "<script>window.plausible=window.plausible||function(){(plausible.q=plausible.q||[]).push(arguments)},"
    "plausible.init=plausible.init||function(i){plausible.o=i||{}}</script>"
)


def snippet(name: str = "script.js", attributes: str = "") -> str:
    return f'{QUEUE}<script defer data-domain="{DOMAIN}" {attributes} src="{{stats}}/js/{name}"></script>'


@pytest.fixture(scope="module")
def footfall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    folder: Path = tmp_path_factory.mktemp("plausible")
    with FootfallServer(folder / "data") as server:
        add_site(server)
        yield server


@pytest.fixture
def visitor(chromium: Browser, footfall: FootfallServer) -> Iterator[Visitor]:
    with chromium.new_context(user_agent=CHROME) as context:
        context.add_init_script("window.footfall_test = true")
        yield Visitor(context.new_page(), footfall)


def test_it_sends_views_in_plausibles_words(visitor: Visitor) -> None:
    with visitor.on(snippet(), "/first?utm_source=news#part") as pages:
        visitor.page.evaluate("history.pushState(0, '', '/second')")
        visitor.page.evaluate("history.pushState(0, '', '/second?same=path')")
        first, second = visitor.events(2)

    assert first == {"n": "pageview", "v": 1, "u": pages.url("/first?utm_source=news"), "d": DOMAIN, "r": None}
    assert second["u"] == pages.url("/second")


def test_it_sends_custom_events_with_all_they_may_carry(visitor: Visitor) -> None:
    early = "<script>plausible('Early', { props: { plan: 'pro' } })</script>"
    with visitor.on(QUEUE + early + snippet()) as pages:
        visitor.events(2)
        status = visitor.page.evaluate(
            """() => new Promise((callback) => plausible("Order", {
                props: { step: 3, gift: true }, revenue: { amount: "9.99", currency: "EUR" },
                interactive: false, u: location.origin + "/elsewhere", callback }))"""
        )
        view, waiting, order = visitor.events(3)

    assert [view["n"], waiting["n"], waiting["p"]] == ["pageview", "Early", {"plan": "pro"}]
    assert status == {"status": 202}
    assert order == {
        "n": "Order",
        "v": 1,
        "u": pages.url("/elsewhere"),
        "d": DOMAIN,
        "r": None,
        "p": {"step": 3, "gift": True},
        "$": {"amount": "9.99", "currency": "EUR"},
        "i": False,
    }


def test_it_tells_how_a_page_was_read_when_it_is_left(visitor: Visitor) -> None:
    with visitor.on(snippet(), "/long", body="<div style='height:4000px'></div>") as pages:
        visitor.events(1)
        visitor.page.evaluate("scrollTo(0, 9999)")
        visitor.page.evaluate("history.pushState(0, '', '/next')")
        engagement = visitor.engagement()

    assert engagement["u"] == pages.url("/long")
    assert engagement["sd"] >= 90
    assert engagement["e"] >= 0


def test_it_names_pages_by_fragment_in_hash_mode(visitor: Visitor) -> None:
    with visitor.on(snippet("script.hash.js"), "/#/a") as pages:
        visitor.page.evaluate("location.hash = '#/b'")
        events = visitor.events(2)

    assert [(event["u"], event["h"]) for event in events] == [(pages.url("/#/a"), 1), (pages.url("/#/b"), 1)]


def test_it_sends_links_and_downloads_but_none_that_is_tagged(visitor: Visitor) -> None:
    body = """<a id=out href="http://elsewhere.test/x?y=1" target=_blank>Out</a> <a id=file href="/a.pdf?z=1">File</a>
        <a id=other href="/a.xyz">Other</a> <a id=tagged href="http://elsewhere.test/" target=_blank
        class="plausible-event-name=Partner+link plausible-event-kind--friend"><b>Partner</b></a>"""
    script = snippet("script.tagged-events.outbound-links.file-downloads.js", 'add-file-types="xyz"')
    with visitor.on(script, body=body) as pages:
        visitor.events(1)
        visitor.page.evaluate("addEventListener('click', (event) => event.preventDefault())")
        for link in ("#out", "#file", "#other", "#tagged b"):
            visitor.page.click(link)
        sent = [(event["n"], event["p"]) for event in visitor.events(5)[1:]]

    assert sent == [
        ("Outbound Link: Click", {"url": "http://elsewhere.test/x?y=1"}),
        ("File Download", {"url": pages.url("/a.pdf")}),
        ("File Download", {"url": pages.url("/a.xyz")}),
        ("Partner link", {"kind": "friend", "url": "http://elsewhere.test/"}),
    ]


def test_it_sends_tagged_forms_and_buttons_with_revenue(visitor: Visitor) -> None:
    body = """<form class="plausible-event-name=Sign+up" onsubmit="return false"><input><button id=in>Go</button></form>
        <button id=buy class="x plausible-event-name=Buy plausible-revenue-amount=10 plausible-revenue-currency=EUR">
        Buy</button>"""
    with visitor.on(snippet("script.revenue.tagged-events.js"), body=body):
        visitor.events(1)
        visitor.page.click("#in")
        visitor.page.click("#buy")
        _, form, button = visitor.events(3)

    assert (form["n"], button["n"]) == ("Sign up", "Buy")
    assert button["$"] == {"amount": "10", "currency": "EUR"}


def test_it_gives_every_event_the_properties_of_its_element(visitor: Visitor) -> None:
    with visitor.on(snippet("script.pageview-props.js", 'event-author="Ada" event-section="News"')):
        visitor.events(1)
        visitor.page.evaluate("plausible('Read', { props: { section: 'Own' } })")
        view, read = visitor.events(2)

    assert view["p"] == {"author": "Ada", "section": "News"}
    assert read["p"] == {"author": "Ada", "section": "Own"}


def test_it_leaves_out_the_views_it_is_told_to(visitor: Visitor) -> None:
    script = snippet("script.exclusions.js", 'data-include="/blog/**" data-exclude="/blog/*/draft, /blog/secret"')
    with visitor.on(script, "/outside"):
        for path in ("/blog/a/draft", "/blog/secret", "/blog/a/b/draft", "/blog/a"):
            visitor.page.evaluate("path => history.pushState(0, '', path)", path)
        visitor.page.evaluate("plausible('Anywhere')")
        sent = [event["u"].partition(DOMAIN)[2].partition("/")[2] for event in visitor.events(3)]

    assert sent == ["blog/a/b/draft", "blog/a", "blog/a"]


def test_it_leaves_nothing_out_where_no_pattern_is_told(visitor: Visitor) -> None:
    with visitor.on(snippet("script.exclusions.js", 'data-include="" data-exclude=""')):
        visitor.events(1)


def test_it_sends_the_properties_of_the_oldest_pages_as_text(visitor: Visitor) -> None:
    with visitor.on(snippet(), "/oldest"):
        visitor.events(1)
        visitor.page.evaluate("plausible('Oldest', { meta: { plan: 'pro' } })")
        _, oldest = visitor.events(2)

    assert oldest["m"] == '{"plan":"pro"}'


def test_it_leaves_views_to_the_page_in_manual_mode(visitor: Visitor) -> None:
    with visitor.on(snippet("script.manual.js"), "/page") as pages:
        visitor.page.evaluate("history.pushState(0, '', '/other')")
        visitor.page.evaluate("plausible('pageview', { u: location.origin + '/said' })")
        (view,) = visitor.events(1)

    assert view["u"] == pages.url("/said")


def test_it_sends_to_another_endpoint_if_told_to(visitor: Visitor) -> None:
    with visitor.on(snippet(attributes='data-api="/proxied/api/event"')) as pages:
        with visitor.page.expect_request("**/proxied/api/event") as request:
            visitor.page.reload()

        assert request.value.url == pages.url("/proxied/api/event")


@pytest.mark.parametrize("name", ["script.js", "script.local.js"])
def test_it_leaves_this_machine_out_unless_local(visitor: Visitor, name: str) -> None:
    with visitor.on(snippet(name), host="localhost"):
        outcome = visitor.page.evaluate("new Promise((callback) => plausible('Mine', { callback }))")

    assert outcome == ({"status": 202} if name == "script.local.js" else None)


def test_it_leaves_out_who_asks_to_be(visitor: Visitor) -> None:
    with visitor.on(snippet()):
        visitor.events(1)
        visitor.page.evaluate("localStorage.plausible_ignore = 'true'")
        outcome = visitor.page.evaluate("new Promise((callback) => plausible('Mine', { callback }))")

    assert outcome is None


def test_it_leaves_out_automated_browsers(chromium: Browser, footfall: FootfallServer) -> None:
    with chromium.new_context(user_agent=CHROME) as context:
        robot = Visitor(context.new_page(), footfall)
        with robot.on(snippet()):
            robot.page.evaluate("new Promise((callback) => plausible('Mine', { callback }))")

    assert robot.sent == []


def test_it_counts_automated_browsers_that_ask_for_it(chromium: Browser, footfall: FootfallServer) -> None:
    with chromium.new_context(user_agent=CHROME) as context:
        context.add_init_script("window.__plausible = true")
        robot = Visitor(context.new_page(), footfall)
        with robot.on(snippet()):
            robot.events(1)


IGNORED = "console.warn = (text) => warnings.push(text), warnings = []"


@pytest.mark.parametrize(
    ("options", "said"), [("{}", ["transformRequest", "localStorage flag"]), ("{ logging: false }", [])]
)
def test_it_says_why_it_sends_nothing_unless_told_to_be_silent(visitor: Visitor, options: str, said: list[str]) -> None:
    init = (
        f"plausible.init({{ ...{options}, domain: 'evil.test', transformRequest: (p) => p.n === 'Secret' ? null : p }})"
    )
    script = f"<script defer src='{{stats}}/js/pa-{public_id(visitor.footfall)}.js'></script>"
    visitor.page.add_init_script(IGNORED)
    with visitor.on(f"{STUB}<script>{init}</script>{script}"):
        (view,) = visitor.events(1)
        visitor.page.evaluate("plausible('Secret')")
        visitor.page.evaluate("localStorage.plausible_ignore = 'true'")
        visitor.page.evaluate("plausible('Mine')")
        warnings = visitor.page.evaluate("warnings")

    assert view["d"] == DOMAIN
    assert warnings == [f"Ignoring Event: {reason}" for reason in said]


def public_id(footfall: FootfallServer) -> str:
    (line,) = (line for line in footfall.command("site", "list").splitlines() if DOMAIN in line)
    return line.split()[1]


@pytest.mark.parametrize("is_early", [True, False])
def test_it_starts_a_sites_own_script_by_init(visitor: Visitor, is_early: bool) -> None:
    options = """{ customProperties: (name) => ({ of: name }), formSubmissions: true, outboundLinks: false,
        transformRequest: (payload) => payload.n === "Secret" ? null : { ...payload, u: payload.u + "?seen" } }"""
    call = f"plausible.init({options}); plausible('Early')"
    script = f'<script defer src="{{stats}}/js/pa-{public_id(visitor.footfall)}.js"></script>'
    body = "<a href='http://elsewhere.test/'>Out</a><form onsubmit='return false'><button>Go</button></form>"
    with visitor.on(f"{STUB}<script>{call if is_early else ''}</script>{script}", "/p", body=body) as pages:
        if not is_early:
            visitor.page.evaluate(call)
        visitor.page.evaluate("addEventListener('click', (event) => event.target.href && event.preventDefault())")
        visitor.page.click("a")
        visitor.page.evaluate("plausible('Secret')")
        visitor.page.click("button")
        events = visitor.events(3)

    assert [event["n"] for event in events] == ["pageview", "Early", "Form: Submission"]
    assert events[0] == {
        "n": "pageview",
        "v": 1,
        "u": pages.url("/p?seen"),
        "d": DOMAIN,
        "r": None,
        "p": {"of": "pageview"},
    }


def test_it_stores_what_the_script_sent(visitor: Visitor) -> None:
    with visitor.on(snippet("plausible.revenue.js"), "/stored"):
        visitor.events(1)
        visitor.page.evaluate("plausible('Stored', { props: { a: 'b' }, revenue: { amount: 5, currency: 'USD' } })")
        visitor.events(2)

    (event,) = [event for event in stored(visitor.footfall, 2) if event["name"] == "Stored"]
    assert (event["path"], event["props"]["a"], event["revenue_currency"]) == ("/stored", "b", "USD")
