from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.acceptance.pages_app import PagesApp
from tests.people import Install, fresh_install

from footfall.accounts import HashingThreads


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Install]:
    with fresh_install(tmp_path) as install:
        yield install


@pytest.fixture
def install(empty: Install) -> Install:
    empty.bring_in_the_cast()
    return empty


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
