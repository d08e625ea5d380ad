"""`footfall import logs`: a real server's log, twice, and what of it reaches the disk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.acceptance.running import FIREFOX, Running

from footfall.cli import main
from footfall.cli.connection import Connection
from footfall.cli.people import open_people
from footfall.cli.sending import sending
from footfall.importers.logs import SkipReason, Summary, find_format, import_logs, open_log
from footfall.settings import Settings

REAL_LOG = Path(__file__).parents[2] / ".." / "shared" / "data" / "apache_access.log"
LINES = [
    f'198.51.100.77 - - [04/Mar/2021:23:55:{second:02d} +0000] "GET {path} HTTP/1.1" 200 9 "-" "{FIREFOX}"\n'
    for second, path in enumerate(("/", "/pricing", "/logo.png", "/pricing", "/thanks"))
]


def bring_in(running: Running, lines: Iterator[str]) -> Summary:
    running.http.headers["Authorization"] = f"Bearer {running.install.secrets.local_token}"
    with sending(Connection(running.http), running.site.domain) as send:
        return import_logs(lines, find_format("combined"), running.site.domain, key=b"k" * 32, send=send)


def stored_bytes(folder: Path) -> Iterator[tuple[str, bytes]]:
    return ((file.name, file.read_bytes()) for file in folder.rglob("*") if file.is_file())


def test_it_brings_in_one_visit_of_one_visitor(running: Running) -> None:
    bring_in(running, iter(LINES))

    assert running.rows("pageviews, tupleElement(entry, 'path'), tupleElement(exit, 'path'), browser", "visits") == [
        (4, "/", "/thanks", "Firefox")
    ]


def test_it_adds_nothing_the_second_time(running: Running) -> None:
    bring_in(running, iter(LINES))

    again = bring_in(running, iter(LINES))

    assert (again.delivery.accepted, again.delivery.duplicates) == (0, 4)
    assert running.rows("count()") == [(4,)]


def test_it_forgets_the_salts_of_past_days(running: Running) -> None:
    bring_in(running, iter(LINES))
    bring_in(running, iter([line.replace("/pricing", "/other") for line in LINES]))

    assert running.rows("uniqExact(visitor_id)") == [(2,)]  # the same person under two imports


@pytest.mark.skipif(not REAL_LOG.exists(), reason="reference data is not there")
def test_it_keeps_addresses_and_user_agents_of_a_real_log_off_the_disk(
    running: Running, capfd: pytest.CaptureFixture[str]
) -> None:
    with open_log(str(REAL_LOG)) as log:
        summary = bring_in(running, log.lines())

    assert summary.read == 10_000
    assert summary.delivery.accepted + summary.delivery.dropped["bot"] == summary.delivery.sent > 2_500
    assert summary.skipped[SkipReason.STATIC_FILE] > 5_000
    assert summary.delivery.dropped["bot"] > 1_000
    assert running.rows("count()", "crawler_views") == [(summary.delivery.dropped["bot"],)]
    assert summary.skipped[SkipReason.MALFORMED] == 1
    asked = {line.split()[0] for line in REAL_LOG.read_bytes().splitlines()}
    files = stored_bytes(running.install.settings.data_dir)
    assert [name for name, content in files if _tells_who(content, asked)] == []
    assert not _tells_who("".join(capfd.readouterr()).encode(), asked)


def _tells_who(content: bytes, addresses: set[bytes]) -> bool:
    """Whether one of the addresses stands there, or what every user agent of a browser begins with."""
    return b"Mozilla/5.0" in content or not addresses.isdisjoint(re.findall(rb"\d+\.\d+\.\d+\.\d+", content))


def test_it_shows_what_became_of_the_lines(settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("".join([*LINES, "nonsense\n"]))
    with open_people(settings) as people:
        people.sites.create("alice.example", "Europe/Berlin")
    command = ["--data-dir", str(settings.data_dir), "import", "logs", str(log), "--site", "alice.example"]

    done = CliRunner().invoke(main, [*command, "--format", "combined", "--exclude", "path:/thanks"])

    assert done.exit_code == 0, done.output
    figures = dict(re.findall(r"^\s*(.+?)\s{2,}([\d,]+)$", done.output, re.MULTILINE))
    assert figures == {
        "lines read": "6",
        "skipped: static_file": "1",
        "skipped: excluded": "1",
        "skipped: malformed": "1",
        "page views sent": "3",
        "accepted": "3",
        "already there": "0",
    }
    assert "line 6: the line does not fit the format" in done.output


def test_it_says_which_site_there_is_not(settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(LINES[0])
    command = ["--data-dir", str(settings.data_dir), "import", "logs", str(log), "--site", "nobody.example"]

    done = CliRunner().invoke(main, [*command, "--format", "combined"])

    assert done.exit_code == 1
    assert "nobody.example" in done.output
