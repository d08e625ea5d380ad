"""Fixtures of whole installs: `running` is everything; `pages` is people, sites and their pages alone.

`mailing` is the latter with a mail server, `inviting` and `open_pages` with providers to sign in with.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.at_provider import DORA, both
from tests.acceptance.mailbox import BASE_URL, Mailbox, open_mailbox
from tests.acceptance.pages_app import PagesApp
from tests.acceptance.running import Running, open_running, with_fresh_site
from tests.oidc_provider import OidcProvider, open_provider
from tests.people import Install

from footfall.accounts import HashingThreads
from footfall.metadata.clock import system_clock
from footfall.settings import Settings


@pytest.fixture
def threads() -> Iterator[HashingThreads]:
    threads = HashingThreads(workers=2)
    yield threads
    threads.close()


@pytest.fixture
def fresh_pages(empty: Install, threads: HashingThreads) -> PagesApp:
    return PagesApp(empty, threads)


@pytest.fixture
def pages(install: Install, threads: HashingThreads) -> PagesApp:
    return PagesApp(install, threads)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def mailing(install: Install, threads: HashingThreads, mailbox: Mailbox) -> PagesApp:
    return PagesApp(install, threads, settings=mailbox.settings(registration="open"))


@pytest.fixture(scope="session")
def provider_process() -> Iterator[OidcProvider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture
def provider(provider_process: OidcProvider, install: Install) -> OidcProvider:
    """As it is when nothing is wrong; everybody is Dora, and its clock is that of the install."""
    install.clock.now_ms = time.time_ns() // 1_000_000
    for name in ("acme", "other"):
        provider_process.say(name, person=DORA)
    return provider_process


@pytest.fixture
def inviting(install: Install, threads: HashingThreads, provider: OidcProvider) -> PagesApp:
    """Accounts are made by invitation."""
    return PagesApp(install, threads, settings=Settings(base_url=BASE_URL, oidc_providers=both(provider)))


@pytest.fixture
def open_pages(install: Install, threads: HashingThreads, provider: OidcProvider, mailbox: Mailbox) -> PagesApp:
    """Anybody may make an account."""
    settings = mailbox.settings(registration="open", oidc_providers=both(provider))
    return PagesApp(install, threads, settings=settings)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", apply_interval_ms=10, max_memory_mb=800)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One install for a whole file. It bounds no rates: what one test sends must not be held against the next."""
    folder: Path = tmp_path_factory.mktemp("used")
    settings = Settings(data_dir=folder / "data", apply_interval_ms=10, max_memory_mb=800, rate_per_client=0)
    with open_running(settings, system_clock) as running:
        yield running


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """An install of its own; in files marked `shares_install` one that others have used, with a site of its own."""
    if request.node.get_closest_marker("shares_install"):
        yield with_fresh_site(request.getfixturevalue("used"))
        return
    with open_running(request.getfixturevalue("settings"), system_clock) as running:
        yield running
