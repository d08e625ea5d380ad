"""Fixtures of people and sites, empty or with the cast; and the rule on skips.

A skip nobody agreed to is a failure: every reason stands in tests/allowed_skips.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people import Install, fresh_install, quick_hasher

from footfall.accounts import passwords

ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips"


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    allowed = [line for line in ALLOWED_SKIPS.read_text().splitlines() if line and not line.startswith("#")]
    unknown = {reason for report in skipped if not any(known in (reason := str(report.longrepr)) for known in allowed)}
    if unknown and reporter:
        reporter.write_line(f"skips not listed in {ALLOWED_SKIPS.name}: {sorted(unknown)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _quick_hashing() -> Iterator[None]:
    """Passwords cost little in every install of this process; servers of their own hash as they do elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", quick_hasher)
        yield


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Install]:
    with fresh_install(tmp_path) as install:
        yield install


@pytest.fixture
def install(empty: Install) -> Install:
    empty.bring_in_the_cast()
    return empty
