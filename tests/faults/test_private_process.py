"""What the process leaves where others could read it: no core dump, no file that is not for its owner alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.faults.load import FIREFOX
from tests.serving import ENVIRONMENT, FootfallServer

UNLIMITED = ("sh", "-c", 'ulimit -c unlimited && cd "$FOLDER" && exec "$0" "$@"')
OPEN_TO_ALL = ("sh", "-c", 'umask 000 && exec "$0" "$@"')
ABORT = "import os; os.abort()"
ASK_KERNEL = """
import ctypes
from footfall.app.private_process import make_private

make_private()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FootfallServer]:
    server = FootfallServer(tmp_path / "data", max_memory_mb=800)
    yield server
    if server.is_running():  # a failed test leaves it
        server.stop(signal.SIGKILL)


def test_it_leaves_no_core_dump_where_its_parent_allows_any(server: FootfallServer, tmp_path: Path) -> None:
    for name in ("ours", "other"):
        (tmp_path / name).mkdir()
    server.shell, server.environment["FOLDER"] = UNLIMITED, str(tmp_path / "ours")
    server.start()
    limits = Path(f"/proc/{server.pid}/limits").read_text()
    httpx.get(f"{server.url}/ready").raise_for_status()

    code = server.stop(signal.SIGABRT)

    other = {**os.environ, "FOLDER": str(tmp_path / "other")}
    subprocess.run([*UNLIMITED, sys.executable, "-c", ABORT], env=other, capture_output=True, check=False)
    writes_files = Path("/proc/sys/kernel/core_pattern").read_text().startswith("core")
    assert code == -signal.SIGABRT
    assert list((tmp_path / "ours").iterdir()) == []
    assert not writes_files or list((tmp_path / "other").iterdir())  # another process does leave one
    assert [line.split()[4] for line in limits.splitlines() if line.startswith("Max core")] == ["0"]


def test_it_tells_the_kernel_to_hand_its_memory_to_nobody() -> None:
    said = subprocess.run([sys.executable, "-c", ASK_KERNEL], env=ENVIRONMENT, capture_output=True, check=True)

    assert said.stdout == b"0\n"


def test_it_makes_files_that_only_its_owner_can_read(server: FootfallServer, tmp_path: Path) -> None:
    server.shell = OPEN_TO_ALL
    server.start()
    server.command("site", "add", "alice.example", "--timezone", "Etc/UTC")
    public_id = server.command("site", "list").split("\t")[1]
    visit = {"site": public_id, "name": "pageview", "url": "https://alice.example/"}
    httpx.post(f"{server.url}/api/v1/event", json=visit, headers={"User-Agent": FIREFOX}).raise_for_status()
    server.command("backup", str(tmp_path / "backup"))
    server.stop(signal.SIGKILL)

    made = [path for path in tmp_path.rglob("*") if not path.is_symlink()]
    assert {path.name for path in made} >= {"lock", "spool.db", "salts.db", "engine.xml", "secrets.json", "events"}
    assert [path for path in made if path.stat().st_mode & 0o077] == []
