"""Sessions begin in one place, whatever somebody has shown."""

import re
from pathlib import Path

import footfall

SOURCES = Path(footfall.__file__).parent


def test_it_is_the_only_place_that_opens_sessions() -> None:
    callers = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if re.search(r"\.open_session\(|WebSessionRow\(\n", path.read_text())
    }

    assert callers == {"accounts/entrance.py", "accounts/users.py"}
