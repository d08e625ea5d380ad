"""100,000 events of known people, a kill between them: no byte of an address, agent, e-mail or token anywhere."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults.private_load import Target, batch_sendings, browser_sendings, people, send
from tests.faults.rig import DOMAIN, Rig
from tests.serving import FootfallServer

from footfall.privacy.canaries import Canary
from footfall.privacy.needles import Needle
from footfall.privacy.scan import Report, Scan

PEOPLE = 1_000
BROWSER_EVENTS = 5_000
BATCHES = 45
EVENTS_PER_RUN = BROWSER_EVENTS + BATCHES * 1_000


@pytest.fixture
def everyone() -> list[Canary]:
    return people(PEOPLE)


@pytest.fixture
def server(rig: Rig, tmp_path: Path) -> Iterator[FootfallServer]:
    (tmp_path / "tmp").mkdir()
    server = rig.server(said_in=tmp_path / "said.log", log_level="debug")
    server.environment["TMPDIR"] = str(tmp_path / "tmp")
    yield server
    if server.is_running():  # a failed test leaves it
        server.stop(signal.SIGKILL)


def run(rig: Rig, server: FootfallServer, everyone: list[Canary]) -> None:
    """Half of the events; returns as soon as they are acknowledged."""
    target = Target(server.port, rig.site.public_id, DOMAIN, rig.key)
    send(browser_sendings(everyone, target), BROWSER_EVENTS, server.port)
    send(batch_sendings(everyone, target), BATCHES, server.port, connections=2)


def places(server: FootfallServer, tmp_path: Path) -> list[Path]:
    return [server.data_dir, tmp_path / "tmp", tmp_path / "said.log"]


def scanned_by_command(server: FootfallServer, tmp_path: Path, needles: list[Needle]) -> dict[str, Any]:
    logs = [argument for path in places(server, tmp_path)[1:] for argument in ("--logs", str(path))]
    wanted = "\n".join(needle.text for needle in needles)
    done = server.try_command("privacy", "scan", "--json", "--for-file", "-", *logs, text=wanted)
    assert done.returncode in (0, 1), done.stderr
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def seen(report: Report) -> tuple[list[Any], list[str]]:
    return report.findings, report.unread


def test_it_stores_no_byte_of_what_must_not_be_there(
    rig: Rig, server: FootfallServer, everyone: list[Canary], tmp_path: Path
) -> None:
    needles = [needle for person in everyone for needle in person.needles()]
    scan = Scan(needles)

    server.start()
    run(rig, server, everyone)
    server.stop(signal.SIGKILL)
    after_kill = scan.files(places(server, tmp_path))
    server.start()
    run(rig, server, everyone)
    verdict = scanned_by_command(server, tmp_path, needles)
    stored = server.command("export", "--site", DOMAIN, "--format", "jsonl").count("\n")
    server.stop(signal.SIGTERM)
    at_rest = scan.files(places(server, tmp_path))
    (server.data_dir / "leak").write_text(everyone[7].address)
    with_leak = scan.files([server.data_dir])

    assert stored == 2 * EVENTS_PER_RUN
    assert seen(after_kill) == ([], [])
    assert verdict["control"]["missed"] == []
    assert verdict["report"]["findings"] == []
    assert verdict["report"]["unread"] == []
    assert seen(at_rest) == ([], [])
    assert {(each.place, each.label) for each in with_leak.findings} == {("data/leak", "address")}
