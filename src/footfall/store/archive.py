"""Copying the store's tables out while it runs, and taking such a copy in.

`BACKUP` is not there in the embedded engine, so parts are frozen (hard links, instant) and copied. The caller keeps
the writer still meanwhile, so that all tables are of one moment.
"""

import shutil
from pathlib import Path

from clickhouse_connect.driver.client import Client

from footfall.errors import StoreError
from footfall.store.engine import DATABASE, TABLES, EmbeddedEngine

_FROZEN = "footfall_backup"  # letters and _ only: the engine escapes all else in the folder's name


def copy_out(engine: EmbeddedEngine, target: Path) -> int:
    """Copy every part of every table to ``target``; returns the bytes copied."""
    shadow = engine.path / "shadow"
    shutil.rmtree(shadow, ignore_errors=True)
    client = engine.client()
    try:
        for table in TABLES:
            client.command(f"ALTER TABLE {table} FREEZE WITH NAME '{_FROZEN}'")
            _copy_parts(shadow / _FROZEN / _data_path(client, engine, table), target / table)
            _check_rows(client, table, target / table)
    finally:
        client.close()
        shutil.rmtree(shadow, ignore_errors=True)
    return sum(file.stat().st_size for file in target.rglob("*") if file.is_file())


def copy_in(engine: EmbeddedEngine, source: Path) -> None:
    """Attach the parts of a copy to the empty tables of a fresh store."""
    client = engine.client()
    try:
        for table in TABLES:
            if not (source / table).is_dir():  # a backup older than the table
                continue
            detached = engine.path / _data_path(client, engine, table) / "detached"
            for part in sorted(path for path in (source / table).iterdir() if path.is_dir()):
                shutil.copytree(part, detached / part.name)
                client.command(f"ALTER TABLE {table} ATTACH PART '{part.name}'")
    finally:
        client.close()


def _copy_parts(frozen: Path, target: Path) -> None:
    target.mkdir(parents=True)
    if not frozen.exists():  # an empty table has nothing to freeze
        return
    for part in frozen.iterdir():
        if part.is_dir() and part.name != "detached":
            shutil.copytree(part, target / part.name)


def _check_rows(client: Client, table: str, copied: Path) -> None:
    """Raise StoreError unless the copied parts hold every row: a backup that lacks some is none."""
    counted = int(client.query(f"SELECT count() FROM {table}").result_rows[0][0])
    held = sum(int((part / "count.txt").read_text()) for part in copied.iterdir())
    if held != counted:
        raise StoreError(f"The copy of {table} holds {held:,} of {counted:,} rows; make the backup again.")


def _data_path(client: Client, engine: EmbeddedEngine, table: str) -> Path:
    """Where a table's parts lie, relative to the engine's folder."""
    rows = client.query(
        "SELECT data_paths[1] FROM system.tables WHERE database = {database:String} AND name = {table:String}",
        parameters={"database": DATABASE, "table": table},
    ).result_rows
    return Path(rows[0][0]).resolve().relative_to(engine.path.resolve())
