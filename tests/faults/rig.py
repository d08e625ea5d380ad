"""An install under load that faults are done to, and the verdict afterwards."""

import json
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.faults import history
from tests.faults.load import Target
from tests.faults.verdict import book_keeping, complaints
from tests.faults.waiting import wait_until
from tests.serving import ENVIRONMENT, PATIENCE_SECONDS, FootfallServer, settings_in_environment

from footfall.accounts import KeyRing
from footfall.domain import Site
from footfall.metadata import Database, sqlite_url
from footfall.metadata.clock import system_clock
from footfall.settings import load_secrets
from footfall.sites import SiteDirectory

DOMAIN = "faults.example"


@dataclass
class Rig:
    """One data folder with one site, and a ledger beside it; ``options`` are settings of every process."""

    data_dir: Path
    ledger: Path
    options: dict[str, object] = field(default_factory=dict)
    site: Site = field(init=False)
    key: str = field(init=False)
    history_key: str = ""
    _runs: int = 0

    def __post_init__(self) -> None:
        self.data_dir.mkdir(exist_ok=True)
        self.ledger.mkdir()
        database = Database(sqlite_url(self.data_dir))
        database.migrate()
        self.site = SiteDirectory(database, system_clock).create(DOMAIN, "Etc/UTC")
        self.key = KeyRing(database, system_clock).create(["events:write", "stats:read"], site_id=self.site.id)
        database.close()

    def with_history(self) -> "Rig":
        """Make a second site whose dashboard is heavy; returns the rig. ``history_key`` asks for its reports."""
        database = Database(sqlite_url(self.data_dir))
        site = SiteDirectory(database, system_clock).create(history.DOMAIN, "Etc/UTC")
        self.history_key = KeyRing(database, system_clock).create(["stats:read"], site_id=site.id)
        database.close()
        done = _run("tests.faults.history", self.data_dir, str(site.id))
        assert done.returncode == 0, done.stderr
        return self

    def server(self, **options: object) -> FootfallServer:
        given = {"max_memory_mb": 800, "rate_per_client": 0, **self.options, **options}
        return FootfallServer(self.data_dir, **given)  # type: ignore[arg-type]

    def die_under_load(self, step: str) -> None:
        """Serve until the applier has passed ``step``; it begins when some rows wait."""
        server = FootfallServer(self.data_dir, module="tests.faults.server", apply_interval_ms=500, rate_per_client=0)
        server.start("--kill-after", step)
        with self.load(server):
            assert server.wait() == -signal.SIGKILL

    @contextmanager
    def load(self, server: FootfallServer) -> Iterator[None]:
        """Events without pause while the block runs."""
        self._runs += 1
        token = load_secrets(self.data_dir).local_token
        target = Target(server.port, self.site.public_id, DOMAIN, token, f"r{self._runs}", str(self.ledger))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.load"], stdin=subprocess.PIPE, text=True, env=ENVIRONMENT
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(asdict(target)) + "\n")
        process.stdin.flush()
        try:
            yield
        finally:
            process.stdin.close()
            assert process.wait(PATIENCE_SECONDS) == 0, "the load generator failed"

    def note_acknowledged(self, event_id: str) -> None:
        with (self.ledger / "own").open("a") as ledger:
            ledger.write(f"{event_id}\n")

    def acknowledged(self) -> set[str]:
        return {line for file in self.ledger.iterdir() for line in file.read_text().splitlines()}

    def waiting_in_spool(self) -> int:
        with closing(sqlite3.connect(self.data_dir / "spool.db")) as spool:
            return int(spool.execute("SELECT count(*) FROM groups").fetchone()[0])

    def recount(self) -> dict[str, Any]:
        done = _run("tests.faults.recount", self.data_dir, settings=self.options)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def die_while_mending(self, step: str) -> None:
        done = _run("tests.faults.recount", self.data_dir, "--kill-after", step, settings=self.options)
        assert done.returncode == -signal.SIGKILL, done.stderr

    def die_after_merging(self) -> None:
        done = _run("tests.faults.merging", self.data_dir)
        assert done.returncode == -signal.SIGKILL, done.stderr

    def check_nothing_lost_or_doubled(self, server: FootfallServer | None = None, *, expected: str = "") -> None:
        """The verdict. A server that still runs is asked for its books first, then ended.

        ``expected`` names the one finding of `footfall check` that the fault has left behind.
        """
        if server is not None:
            wait_until(lambda: not book_keeping(self._metrics(server)), PATIENCE_SECONDS, "books that add up")
            assert server.stop() == 0
        acknowledged = self.acknowledged()
        assert acknowledged, "the load never got through"
        wrong = complaints(acknowledged, self.recount(), expected=frozenset({"free disk", expected}))
        assert not wrong, "\n".join(wrong)

    def _metrics(self, server: FootfallServer) -> str:
        token = load_secrets(self.data_dir).local_token
        request = urllib.request.Request(f"{server.url}/metrics", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(answer.read().decode())


def _run(
    module: str, data_dir: Path, *options: str, settings: Mapping[str, object] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, str(data_dir), *options]
    environment = {**ENVIRONMENT, **settings_in_environment(settings)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
