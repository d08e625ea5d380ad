"""Rows of the spool that the disk gives back otherwise than they were written."""

import sqlite3
from contextlib import closing

import pytest
from tests.faults.rig import Rig

FLIPPED = "UPDATE groups SET payload = CAST(payload || x'00' AS BLOB) WHERE seq = ?"
TORN = "UPDATE groups SET payload = substr(payload, 1, length(payload) / 2) WHERE seq = ?"


@pytest.mark.parametrize("damage", [FLIPPED, TORN])
def test_it_sets_a_damaged_row_aside_and_stores_the_rest(rig: Rig, damage: str) -> None:
    rig.die_under_load("taken")
    with closing(sqlite3.connect(rig.data_dir / "spool.db")) as spool:
        (seq,) = spool.execute("SELECT max(seq) FROM groups").fetchone()
        spool.execute(damage, (seq,))
        spool.commit()
        spool.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    found = rig.recount()

    with closing(sqlite3.connect(rig.data_dir / "spool.db")) as spool:
        assert spool.execute("SELECT seq FROM damaged").fetchall() == [(seq,)]
    assert found["waiting"] == 0
    assert found["wrong_visits"] == []
    assert [name for name, is_fine in found["findings"].items() if not is_fine] == ["spool rows intact"]
