from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people import Install, fresh_install


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Install]:
    with fresh_install(tmp_path) as install:
        yield install


@pytest.fixture
def install(empty: Install) -> Install:
    empty.bring_in_the_cast()
    return empty
