"""Real Chromium. Hosts under `.test` are this machine, so that pages are not on localhost for the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.counted_site import CountedSite
from tests.browser.tracked_site import TrackedSite
from tests.serving import FootfallServer

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
]


# For a module: while Playwright is open its event loop runs in this thread, where other tests need their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            ignore_default_args=["--disable-back-forward-cache"],  # visitors have it
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    with chromium.new_context(locale="en-GB") as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    """One `footfall serve` for all tests of a file."""
    folder: Path = tmp_path_factory.mktemp("counting")
    with FootfallServer(folder / "data") as server:
        yield server


@pytest.fixture
def counted(counting: FootfallServer) -> CountedSite:
    """A site of its own for each test."""
    return CountedSite(counting)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An automated browser, as the tracker sees it: nothing it does is counted."""
    return context.new_page()


@pytest.fixture
def visitor(context: BrowserContext, page: Page) -> Page:
    """A browser that asks to be counted although it is automated."""
    context.add_init_script("window.footfall_test = true")
    return page


@pytest.fixture
def site() -> Iterator[TrackedSite]:
    """A small site with the default options of the tracker, and the intake its script sends to.

    It has a port of its own: what the page of an earlier test sends as it closes may arrive late.
    """
    with TrackedSite() as server:
        yield server
