"""A fresh embedded store for each file. chDB allows one path at a time in a process; each test has its own site id."""

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from footfall.store import EmbeddedEngine, Finaliser, Reader, Writer, open_embedded

MEGABYTE = 1_000_000
_site_ids = itertools.count(1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    folder: Path = tmp_path_factory.mktemp("store")
    engine = open_embedded(folder / "store", max_memory_bytes=1000 * MEGABYTE, temporary_dir=folder / "tmp")
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def writer(engine: EmbeddedEngine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


@pytest.fixture(scope="module")
def reader(engine: EmbeddedEngine) -> Iterator[Reader]:
    reader = Reader(engine, threads=1, timeout_seconds=30, max_memory_bytes=500 * MEGABYTE)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def finaliser(engine: EmbeddedEngine) -> Iterator[Finaliser]:
    finaliser = Finaliser(engine, threading.Lock)
    yield finaliser
    finaliser.close()


@pytest.fixture
def site_id() -> int:
    return next(_site_ids)
