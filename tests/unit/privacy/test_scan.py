import gzip
import sqlite3
from pathlib import Path

from footfall.privacy.control import control_files
from footfall.privacy.needles import Needle
from footfall.privacy.scan import Scan

ALICE = Needle("e-mail", "alice@alice.example")
SCAN = Scan([ALICE])


def test_it_finds_every_spelling_in_every_kind_of_place() -> None:
    control = control_files()

    assert control.planted > 400
    assert control.missed == []


def test_it_tells_place_and_spelling_but_never_the_needle(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "old.gz").write_bytes(gzip.compress(ALICE.text.encode()))

    report = SCAN.files([tmp_path])

    assert [(each.label, each.encoding, each.count) for each in report.findings] == [("e-mail", "text", 1)]
    assert report.findings[0].place.endswith("logs/old.gz (gzip)")
    assert ALICE.text not in repr(report)


def test_it_reads_a_database_that_is_in_use(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "open.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (value)")
    database.execute("INSERT INTO t VALUES (?)", (ALICE.text,))
    database.commit()

    places = {each.place.partition("/")[2] for each in SCAN.files([tmp_path]).findings}

    assert places == {"open.db (rows)", "open.db-wal"}
    database.close()


def test_it_leaves_no_file_beside_a_copy_of_a_database(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "copy.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE t (value)")
    database.close()

    report = SCAN.files([tmp_path])

    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]
    assert report.unread == []


def test_it_says_what_it_could_not_read_to_the_end(tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"a" * 1000)[:-9])
    (tmp_path / "cut.bin").write_bytes(b"no block of the engine")

    assert sorted(each.partition("/")[2] for each in SCAN.files([tmp_path]).unread) == [
        "cut.bin: StoreError",
        "cut.gz: EOFError",
    ]
