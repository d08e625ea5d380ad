"""Rows of the spool that the disk gives back otherwise than they were written."""

import sqlite3
from contextlib import closing

from tests.faults.rig import Rig

FLIPPED = "CAST(substr(payload, 1, 9) || x'ff' || substr(payload, 11) AS BLOB)"
TORN = "substr(payload, 1, length(payload) / 2)"


def test_it_sets_damaged_rows_aside_and_stores_the_rest(rig: Rig) -> None:
    rig.die_under_load("taken")
    with closing(sqlite3.connect(rig.data_dir / "spool.db")) as spool:
        damaged = spool.execute("SELECT seq FROM groups ORDER BY seq LIMIT 2").fetchall()
        for damage, row in zip((FLIPPED, TORN), damaged, strict=True):
            spool.execute(f"UPDATE groups SET payload = {damage} WHERE seq = ?", row)
        spool.commit()

    found = rig.recount()

    with closing(sqlite3.connect(rig.data_dir / "spool.db")) as spool:
        assert spool.execute("SELECT seq FROM damaged ORDER BY seq").fetchall() == damaged
    lost = rig.acknowledged() - set(found["ids"])
    assert 0 < len(lost) < len(found["ids"])
    assert found["waiting"] == 0
    assert found["wrong_visits"] == []
    assert [name for name, is_fine in found["findings"].items() if not is_fine] == ["spool rows intact"]
