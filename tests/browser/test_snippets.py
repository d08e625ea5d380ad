"""What other products have their customers paste, with nothing but the host changed: a view, an event, a link out."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.counted_site import CHROME, CountedSite
from tests.browser.serving import SmallSite

BY_A_PERSON = "Object.defineProperty(navigator, 'webdriver', {get: () => false})"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
{script}</head><body><h1>{title}</h1>
<a href="http://elsewhere.test:1/" target="_blank" data-umami-event="Left" data-goatcounter-click="Left">Out</a>
</body></html>"""


class Snippet(NamedTuple):
    """Lines of a page, with ``{host}`` where the vendor's stood, and its ``{domain}``; how a page sends its event."""

    lines: str
    call: str
    left: str = "Left"


SNIPPETS = {
    "plausible": Snippet(
        """<script async src="{host}/js/pa-Jk29sdQaLmXr0VbT.js"></script>
        <script>
          window.plausible=window.plausible||function(){(plausible.q=plausible.q||[]).push(arguments)},plausible.init=plausible.init||function(i){plausible.o=i||{}};
          plausible.init()
        </script>""",
        "plausible('Signup', { props: { plan: 'pro' } })",
        "Outbound Link: Click",
    ),
    "plausible, older": Snippet(
        """<script defer data-domain="{domain}" src="{host}/js/script.outbound-links.js"></script>
        <script>window.plausible = window.plausible || function() {
          (window.plausible.q = window.plausible.q || []).push(arguments) }</script>""",
        "plausible('Signup', { props: { plan: 'pro' } })",
        "Outbound Link: Click",
    ),
    "umami": Snippet(
        '<script defer src="{host}/script.js" data-website-id="94db1cb1-74f4-4a40-ad6c-962362670409"></script>',
        "umami.track('Signup', { plan: 'pro' })",
    ),
    "goatcounter": Snippet(
        '<script data-goatcounter="{host}/count" async src="{host}/count.js"></script>',
        "goatcounter.count({ path: 'Signup', title: 'Signed up', event: true })",
    ),
}


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(user_agent=CHROME) as context:
        context.add_init_script(BY_A_PERSON)
        yield context.new_page()


@pytest.mark.parametrize("product", SNIPPETS)
def test_it_counts_by_a_snippet_whose_host_alone_was_changed(visitor: Page, counted: CountedSite, product: str) -> None:
    snippet = SNIPPETS[product]
    lines = snippet.lines.replace("{host}", counted.footfall.url).replace("{domain}", counted.domain)
    with SmallSite(lines, PAGE, counted.domain) as site:
        visitor.goto(site.url("/pricing"), wait_until="networkidle")
        visitor.evaluate(snippet.call)
        visitor.locator("a").click()

        counted.wait_for({("pageview",): 1, ("Signup",): 1, (snippet.left,): 1}, "event:name")
        counted.wait_for({(): 1}, metric="visits")
