"""A backup is a folder: metadata, events, what waits in the spool, and this install's secrets. Never the salts.

Metadata is a SQLite file in it, be it from SQLite or PostgreSQL, and can be restored to either.

A restore builds the new data beside the old, then swaps the two; the old data is moved aside, not deleted.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from footfall import __version__
from footfall.app.erasing import ERASE_AGAIN
from footfall.app.install import Install
from footfall.app.lock import FolderLock
from footfall.app.rooms.storage import MEGABYTE
from footfall.errors import InvalidInput, NotFound
from footfall.metadata import Database, database_url
from footfall.metadata.copying import copy_rows, dump
from footfall.settings import Settings
from footfall.spool import give_new_identity
from footfall.store import EmbeddedEngine, Engine, open_embedded
from footfall.store.archive import copy_in, copy_out

_MANIFEST = "footfall-backup.json"
_FILES = ("footfall.db", "spool.db", "secrets.json")
SERVER_NOTE = "Events and visits are on the ClickHouse server and not in this backup: use its own BACKUP."
_MOVED_ASIDE = (*_FILES, "salts.db", "store", "tmp")


def back_up(install: Install, folder: Path) -> dict[str, Any]:
    """Write a backup of the running install to ``folder``, which must be new or empty.

    What a ClickHouse server holds is left to that server; ``note`` says so.
    Intake goes on meanwhile: events that arrive wait in the spool until the copy of the store is made.
    """
    if folder.exists() and any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not empty; give a folder that is new or empty.", field="folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made_at = datetime.now(UTC)  # the earliest moment of what is copied: a restore repeats the erasures made since
    data_dir = install.settings.data_dir
    with install.storage.finaliser.pause(), install.storage.applier.pause():
        store_bytes = _copy_store(install.storage.engine, folder / "store")
        install.storage.spool.copy_to(folder / "spool.db")
    _copy_database(install, folder / "footfall.db")
    shutil.copy2(data_dir / "secrets.json", folder / "secrets.json")
    manifest = {"footfall": __version__, "made_at": made_at.isoformat(timespec="seconds")}
    (folder / _MANIFEST).write_text(json.dumps(manifest | {"holds_store": store_bytes is not None}))
    return {
        "folder": str(folder),
        "store_bytes": store_bytes or 0,
        "note": SERVER_NOTE if store_bytes is None else "",
    }


def _copy_database(install: Install, path: Path) -> None:
    if not install.database.is_sqlite:
        dump(install.database, path)
        return
    with (
        closing(sqlite3.connect(install.settings.data_dir / "footfall.db")) as origin,
        closing(sqlite3.connect(path)) as copy,
    ):
        origin.backup(copy)


def _copy_store(engine: Engine, target: Path) -> int | None:
    """Copy the embedded store; None where a server holds it."""
    return copy_out(engine, target) if isinstance(engine, EmbeddedEngine) else None


def check_backup(folder: Path) -> None:
    """Raise NotFound where ``folder`` holds no whole backup."""
    wanted = (_MANIFEST, *_FILES, *(("store",) if _holds_store(folder) else ()))
    missing = [name for name in wanted if not (folder / name).exists()]
    if missing:
        raise NotFound(f"{folder} is not a Footfall backup: {', '.join(missing)} is missing.")


def _holds_store(folder: Path) -> bool:
    manifest = folder / _MANIFEST
    return not manifest.exists() or bool(json.loads(manifest.read_text()).get("holds_store", True))


def restore(settings: Settings, folder: Path) -> Path:
    """Replace the data of an install that no process has open by a backup; returns where the old data went."""
    check_backup(folder)
    if _holds_store(folder) == bool(settings.clickhouse_url):
        raise InvalidInput(
            "A backup is restored to the kind of store it was made from: embedded, or a ClickHouse server."
            " Set or remove FOOTFALL_CLICKHOUSE_URL, or restore another backup."
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FolderLock(settings.data_dir):
        return _restore(settings, folder)


def _restore(settings: Settings, folder: Path) -> Path:
    data_dir = settings.data_dir
    building = data_dir / "restoring"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True, mode=0o700)
    for name in _FILES:
        shutil.copy2(folder / name, building / name)
        (building / name).chmod(0o600)
    if settings.clickhouse_url:
        give_new_identity(building / "spool.db")  # the server may hold later batches of the spool of then
    else:
        engine = open_embedded(
            building / "store", max_memory_bytes=settings.max_memory_mb * MEGABYTE, temporary_dir=building / "tmp"
        )
        try:
            copy_in(engine, folder / "store")
        finally:
            engine.close()
    aside = data_dir / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700)
    if settings.database_url:
        _replace_rows(settings, building / "footfall.db", aside / "footfall.db")
    made_at = datetime.fromisoformat(json.loads((folder / _MANIFEST).read_text())["made_at"])
    (data_dir / ERASE_AGAIN).write_text(str(int(made_at.timestamp() * 1000)))
    return _swap(data_dir, building, aside)


def _replace_rows(settings: Settings, restored: Path, kept: Path) -> None:
    """Put what was backed up into PostgreSQL, all of it or nothing; what was there before is kept in a file."""
    target = Database(database_url(settings))
    saved = Database(f"sqlite:///{restored.resolve()}")
    try:
        target.migrate()
        saved.migrate()
        dump(target, kept)
        copy_rows(saved, target)
    finally:
        saved.close()
        target.close()
    for path in restored.parent.glob(f"{restored.name}*"):
        path.unlink()


def _swap(data_dir: Path, building: Path, aside: Path) -> Path:
    for path in [path for name in _MOVED_ASIDE for path in data_dir.glob(f"{name}*")]:
        if not (aside / path.name).exists():  # a file left from before a move to PostgreSQL stays where it is
            path.rename(aside / path.name)
    # Salts are secrets with an end: moving them aside would keep them.
    for salts in aside.glob("salts.db*"):
        salts.unlink()
    for path in building.iterdir():
        path.rename(data_dir / path.name)
    building.rmdir()
    return aside
