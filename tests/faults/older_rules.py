"""A store whose channels were told by other rules: `python -m tests.faults.older_rules DATA_DIR`."""

import sys
from pathlib import Path

from tests.faults.rig import DOMAIN

from footfall.metadata import Database, sqlite_url
from footfall.metadata.clock import system_clock
from footfall.settings import Settings
from footfall.sites import SiteDirectory
from footfall.store import open_embedded

CHANNEL = "A channel of long ago"


def main(data_dir: Path) -> None:
    memory = Settings().max_memory_mb * 1_000_000
    engine = open_embedded(data_dir / "store", max_memory_bytes=memory, temporary_dir=data_dir / "tmp")
    client = engine.client()
    for table in ("events", "visits"):
        client.command(f"ALTER TABLE {table} UPDATE channel = '{CHANNEL}' WHERE 1 SETTINGS mutations_sync = 2")
    client.close()
    engine.close()
    database = Database(sqlite_url(data_dir))
    sites = SiteDirectory(database, system_clock)
    site = sites.by_domain(DOMAIN)
    assert site is not None
    sites.note_channel_rules(site.id, "rules of long ago")
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
