"""What the privacy scan reads: columns through the engine, and the engine's files without it."""

from pathlib import Path

from footfall.store import EmbeddedEngine, Reader
from footfall.store.blocks import SUFFIX, plain_blocks
from footfall.store.columns import column_bytes, probe, stored_columns
from footfall.store.engine import TABLES

VALUES = [b"alice@alice.example", b"\0\xff" * 40, b"x" * 100_000]


def test_it_gives_a_column_as_it_was_written(engine: EmbeddedEngine, reader: Reader) -> None:
    with probe(engine, VALUES) as column:
        content = b"".join(column_bytes(reader, column))

    assert all(value in content for value in VALUES)


def test_it_unpacks_the_files_of_the_engine(engine: EmbeddedEngine) -> None:
    with probe(engine, VALUES):
        content = b"".join(map(_unpacked, _column_files(engine.path)))

    assert all(value in content for value in VALUES)


def test_it_leaves_no_probe_behind(engine: EmbeddedEngine, reader: Reader) -> None:
    with probe(engine, VALUES):
        pass

    columns = stored_columns(reader)

    assert {column.table for column in columns} >= set(TABLES)
    assert "probe" not in {column.table for column in columns}


def _column_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(f"*{SUFFIX}") if not path.is_symlink()]


def _unpacked(path: Path) -> bytes:
    with path.open("rb") as file:
        return b"".join(plain_blocks(file))
