"""An install under load that faults are done to, and the verdict afterwards."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.load import Target
from tests.serving import ENVIRONMENT, PATIENCE_SECONDS, FootfallServer

from footfall.accounts import KeyRing
from footfall.domain import Site
from footfall.metadata import Database, sqlite_url
from footfall.metadata.clock import system_clock
from footfall.settings import load_secrets
from footfall.sites import SiteDirectory

DOMAIN = "faults.example"


@dataclass
class Rig:
    """One data folder with one site, and a ledger beside it."""

    data_dir: Path
    ledger: Path
    site: Site = field(init=False)
    key: str = field(init=False)
    _runs: int = 0

    def __post_init__(self) -> None:
        self.data_dir.mkdir(exist_ok=True)
        self.ledger.mkdir()
        database = Database(sqlite_url(self.data_dir))
        database.migrate()
        self.site = SiteDirectory(database, system_clock).create(DOMAIN, "Etc/UTC")
        self.key = KeyRing(database, system_clock).create(["events:write", "stats:read"], site_id=self.site.id)
        database.close()

    def server(self, **options: object) -> FootfallServer:
        return FootfallServer(self.data_dir, **{"max_memory_mb": 800, "rate_per_client": 0, **options})  # type: ignore[arg-type]

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

    def acknowledged(self) -> set[str]:
        return {line for file in self.ledger.iterdir() for line in file.read_text().splitlines()}

    def waiting_in_spool(self) -> int:
        with closing(sqlite3.connect(self.data_dir / "spool.db")) as spool:
            return int(spool.execute("SELECT count(*) FROM groups").fetchone()[0])

    def recount(self) -> dict[str, Any]:
        done = _recounting(self.data_dir)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def die_while_mending(self, step: str) -> None:
        done = _recounting(self.data_dir, "--kill-after", step)
        assert done.returncode == -signal.SIGKILL, done.stderr

    def check_nothing_lost_or_doubled(self) -> None:
        """The verdict; the server must have ended."""
        acknowledged = self.acknowledged()
        found = self.recount()
        assert acknowledged, "the load never got through"
        assert acknowledged - set(found["ids"]) == set()
        assert [event_id for event_id, count in Counter(found["ids"]).items() if count > 1] == []
        assert found["wrong_visits"] == []
        assert found["split_visits"] == []
        assert found["spans"]
        assert found["crawled"], "no view by a machine got through"
        assert found["waiting"] == 0
        assert [name for name, is_fine in found["findings"].items() if not is_fine and name != "free disk"] == []


def _recounting(data_dir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults.recount", str(data_dir), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
