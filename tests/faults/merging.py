"""An engine that has just merged its parts and removed those of before: `python -m tests.faults.merging DATA_DIR`.

It dies right after, without a word. What it removed is gone for good: a sync of any other file says so to the disk.
"""

import os
import signal
import sys
from pathlib import Path

from tests.faults.waiting import wait_until

from footfall.settings import Settings
from footfall.store import Engine, open_embedded
from footfall.store.engine import TABLES

_PATIENCE_SECONDS = 60


def merge(engine: Engine) -> None:
    client = engine.client()
    for table in TABLES:
        client.command(f"OPTIMIZE TABLE {table} FINAL")
        client.command(f"ALTER TABLE {table} DROP PARTITION ID '190001'")  # removes old parts first, and there is none
    leftovers = "SELECT count() FROM system.parts WHERE database = currentDatabase() AND NOT active"
    wait_until(lambda: client.query(leftovers).result_rows == [(0,)], _PATIENCE_SECONDS, "the old parts were not gone")


def main(data_dir: Path) -> None:
    memory = Settings().max_memory_mb * 1_000_000
    merge(open_embedded(data_dir / "store", max_memory_bytes=memory, temporary_dir=data_dir / "tmp"))
    with (data_dir / "another").open("wb") as file:
        os.fsync(file.fileno())
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
