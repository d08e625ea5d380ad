"""A spool whose file is damaged: it is set aside, and a new one is made of the events that can still be read.

A group of events stands for itself: its checksum tells whether it is whole, wherever in the file it was found. Which
of them the store holds already, only the store knows; the applier leaves those out.
"""

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from footfall.errors import SettingsError
from footfall.spool.pages import Pages
from footfall.spool.rows import SCHEMA, TABLES, is_whole

log = logging.getLogger(__name__)

_ASIDE = ".damaged-"


class Damage(msgspec.Struct, frozen=True):
    """What became of a damaged file: ``kept`` groups of events are in the new one, ``lost`` could not be read."""

    file: str
    kept: int
    lost: int


class _Group(msgspec.Struct, frozen=True):
    seq: int
    checksum: int
    events: int
    payload: bytes


def salvage_if_damaged(path: Path, now_text: str) -> None:
    """Make the spool at ``path`` one that can be opened. ``now_text`` becomes part of a damaged file's new name."""
    _swap(path)  # what a crash may have cut off
    if _is_sound(path):
        return
    groups, lost = _readable_groups(path)
    damage = Damage(f"{path.name}{_ASIDE}{now_text}", len(groups), lost)
    _note(path.parent, damage)
    _build(_made(path), groups)
    _swap(path)
    log.error(
        "spool.db is damaged: it is kept as %s; %d groups of events were saved from it, %d could not be read",
        *(damage.file, damage.kept, damage.lost),
    )


def damages(folder: Path) -> list[Damage]:
    """What has been set aside in ``folder`` and not been deleted since."""
    notes = sorted(folder.glob(f"*{_ASIDE}*.json"))
    found = [msgspec.json.decode(note.read_bytes(), type=Damage) for note in notes]
    return [damage for damage in found if (folder / damage.file).exists()]


def _is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong, and would pass over no commit of the log."""
    if not path.exists():
        return True
    if Pages(path).log.is_broken:  # before SQLite opens it, which would delete the log at the end
        return False
    try:
        with closing(sqlite3.connect(path)) as database:
            names = {name for (name,) in database.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'table'")}
            return names <= TABLES | {"sqlite_sequence"} and _checks_well(database)
    except sqlite3.OperationalError as error:  # the disk cannot be read or written just now: that is no damage
        raise SettingsError(f"{path} cannot be opened ({error}); make sure the disk works and has room.") from error
    except sqlite3.DatabaseError:
        return False


def _checks_well(database: sqlite3.Connection) -> bool:
    return [row[0] for row in database.execute("PRAGMA quick_check(1)")] == ["ok"]


def _readable_groups(path: Path) -> tuple[list[_Group], int]:
    """The groups that are whole, in order, and how many more must have been waiting."""
    whole: dict[int, _Group] = {}
    known, newest = set[int](), 0
    for number, row in Pages(path).rows():
        match row:
            case (None, int(checksum), int(events), bytes(payload)) if is_whole(payload, checksum):
                whole[number] = _Group(number, checksum, events, payload)
            case (None, int(), int(), bytes()):  # a torn one
                known.add(number)
            case (None, int(), int(first_seq), int(last_seq)):  # the batch in the journal
                known |= {first_seq, last_seq}
            case (b"groups", int(number_of_last)):  # a row of sqlite_sequence
                newest = number_of_last
    newest = max(newest, *whole) if whole else newest
    believable = {seq for seq in known if 0 < seq <= newest}  # a number may be torn, too
    waiting = newest - min(whole.keys() | believable, default=newest + 1) + 1
    return [whole[seq] for seq in sorted(whole)], waiting - len(whole)


def _note(folder: Path, damage: Damage) -> None:
    with (folder / f"{damage.file}.json").open("wb") as file:
        file.write(msgspec.json.encode(damage))
        file.flush()
        os.fsync(file.fileno())


def _build(path: Path, groups: list[_Group]) -> None:
    """Write a new file; it has its full name only once all of it is on disk."""
    building = path.with_name(f"{path.name}.tmp")
    building.unlink(missing_ok=True)
    with closing(sqlite3.connect(building)) as database:
        database.executescript(SCHEMA)
        database.executemany(
            "INSERT INTO groups (seq, checksum, events, payload) VALUES (?, ?, ?, ?)",
            [(group.seq, group.checksum, group.events, group.payload) for group in groups],
        )
        if groups:
            database.execute("INSERT INTO salvaged (last_seq) VALUES (?)", (groups[-1].seq,))
        database.commit()
    building.chmod(0o600)
    building.replace(path)
    _sync_folder(path.parent)


def _swap(path: Path) -> None:
    """Put a new file, where there is one, in place of the damaged one; any step may be the last of a process."""
    if not _made(path).exists():
        return
    note = max(path.parent.glob(f"{path.name}{_ASIDE}*.json"))
    aside = note.with_suffix("")
    if _log_of(path).exists():
        _log_of(path).replace(_log_of(aside))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    if path.exists():
        path.replace(aside)
    _made(path).replace(path)
    _sync_folder(path.parent)


def _made(path: Path) -> Path:
    return path.with_name(f"{path.name}.salvaged")


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
