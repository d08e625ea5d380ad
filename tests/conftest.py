"""A skip nobody agreed to is a failure: every reason stands in tests/allowed_skips."""

from pathlib import Path

import pytest

ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips"


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    allowed = [line for line in ALLOWED_SKIPS.read_text().splitlines() if line and not line.startswith("#")]
    unknown = {reason for report in skipped if not any(known in (reason := str(report.longrepr)) for known in allowed)}
    if unknown and reporter:
        reporter.write_line(f"skips not listed in {ALLOWED_SKIPS.name}: {sorted(unknown)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
