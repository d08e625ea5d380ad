"""Fixtures of whole installs: `running` is everything; `pages` is people, sites and their pages alone.

`mailing` is the latter with a mail server.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.mailbox import Mailbox, open_mailbox
from tests.acceptance.pages_app import PagesApp
from tests.acceptance.running import Running, open_running
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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", apply_interval_ms=10, max_memory_mb=800)


@pytest.fixture
def running(settings: Settings) -> Iterator[Running]:
    with open_running(settings, system_clock) as running:
        yield running
