"""A spool whose file is damaged in its structure: the server starts, saves what can be read and says what cannot."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.faults.asking import ask
from tests.faults.rig import Rig
from tests.faults.verdict import book_keeping

_PAGE_BYTES = 4096
_LOG_HEADER_BYTES = 32
_FINDING = "spool file intact"


def overwrite(path: Path, at: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * size)


def empty_log(spool: Path) -> None:
    """Bring all into the one file."""
    with closing(sqlite3.connect(spool)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def damage_roots(spool: Path) -> None:
    """What tells which table begins where, and where those begin: no row is hurt but small tables' own."""
    empty_log(spool)
    overwrite(spool, 100, 2 * _PAGE_BYTES - 100)


def damage_log_header(spool: Path) -> None:
    overwrite(spool.with_name("spool.db-wal"), 0, _LOG_HEADER_BYTES)


def damage_rows(spool: Path) -> None:
    empty_log(spool)
    pages = spool.stat().st_size // _PAGE_BYTES
    for page in range(8, pages, 3):
        overwrite(spool, page * _PAGE_BYTES, 200)


def cut_short(spool: Path) -> None:
    empty_log(spool)
    with spool.open("r+b") as file:
        file.truncate(spool.stat().st_size * 2 // 3)


@pytest.mark.parametrize(
    ("step", "damage"), [("taken", damage_log_header), ("inserted", damage_roots), ("finished", damage_roots)]
)
def test_it_loses_and_doubles_nothing_when_no_row_is_hurt(rig: Rig, step: str, damage: Callable[[Path], None]) -> None:
    rig.die_under_load(step)
    damage(rig.data_dir / "spool.db")

    rig.check_nothing_lost_or_doubled(expected=_FINDING)


@pytest.mark.parametrize("damage", [damage_rows, cut_short])
def test_it_saves_the_other_rows_and_says_how_many_are_lost(rig: Rig, damage: Callable[[Path], None]) -> None:
    rig.die_under_load("taken")
    damage(rig.data_dir / "spool.db")

    with rig.server() as server:
        ready = ask(server, "/ready").body
    found = rig.recount()

    lost = rig.acknowledged() - set(found["ids"])
    assert lost
    assert rig.acknowledged() - lost
    assert "damaged" in ready["spool"]
    assert "footfall_spool_lost 0" not in found["metrics"]
    assert book_keeping(found["metrics"]) == []
    assert found["wrong_visits"] == []
    assert len(found["ids"]) == len(set(found["ids"]))
    assert not found["findings"][_FINDING]
    assert len(list(rig.data_dir.glob("spool.db.damaged-*.json"))) == 1
