import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.spool.test_spool import event, open_spool

from footfall.spool import damages, salvage_if_damaged

PAGE_BYTES = 4096
LOG_HEADER_BYTES, FRAME_BYTES = 32, 24 + PAGE_BYTES
GROUPS = 120
APPLIED = 20


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spool as a kill leaves it: some of it in the file, some in its log, its oldest rows applied and gone."""
    folder = tmp_path_factory.mktemp("used")
    asyncio.run(_use(folder))
    return folder


async def _use(folder: Path) -> None:
    first = open_spool(folder / "live.db")
    for number in range(GROUPS // 2):
        await first.append([event(number, path="/" + "x" * number * 100)])
    first.close()  # which empties the log into the file
    second = open_spool(folder / "live.db")
    for number in range(GROUPS // 2, GROUPS):
        await second.append([event(number, path="/" + "x" * number * 100)])
    taken = second.take(APPLIED)
    assert taken is not None
    second.finish(taken)
    for name in ("live.db", "live.db-wal"):
        shutil.copy(folder / name, folder / name.replace("live", "spool"))
    second.close()


@pytest.fixture
def path(used: Path, tmp_path: Path) -> Path:
    return copied(used, tmp_path)


def copied(used: Path, folder: Path) -> Path:
    for name in ("spool.db", "spool.db-wal"):
        shutil.copy(used / name, folder / name)
    return folder / "spool.db"


def log_of(path: Path) -> Path:
    return path.with_name("spool.db-wal")


def waiting(path: Path) -> set[int]:
    """The events a start finds after it has looked at the file."""
    salvage_if_damaged(path, "then")
    spool = open_spool(path)
    found = spool.event_ids()
    spool.close()
    assert len(found) == len(set(found))
    return set(found)


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


EXPECTED = set(range(APPLIED, GROUPS))


def test_it_leaves_a_sound_file_alone(path: Path) -> None:
    assert waiting(path) == EXPECTED
    assert damages(path.parent) == []


def test_it_leaves_a_last_commit_alone_that_the_power_cut(path: Path) -> None:
    overwrite(log_of(path), log_of(path).stat().st_size - 100, b"\0" * 100)

    waiting(path)

    assert damages(path.parent) == []


def garbage_in_the_list_of_tables(path: Path) -> None:
    overwrite(path, 100, b"\xa5" * 1000)
    log_of(path).unlink()


def garbage_instead_of_the_file_header(path: Path) -> None:
    overwrite(path, 0, b"\xa5" * 100)
    log_of(path).unlink()


def garbage_in_the_root_of_the_table(path: Path) -> None:
    overwrite(path, PAGE_BYTES, b"\xa5" * PAGE_BYTES)
    log_of(path).unlink()


@pytest.mark.parametrize(
    "damage", [garbage_in_the_list_of_tables, garbage_instead_of_the_file_header, garbage_in_the_root_of_the_table]
)
def test_it_saves_every_group_whose_page_is_whole(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)

    found = waiting(path)

    (noted,) = damages(path.parent)
    assert found == set(range(GROUPS // 2))
    assert (noted.kept, noted.lost) == (GROUPS // 2, 0)
    assert (path.parent / noted.file).exists()


def test_it_saves_what_stands_in_a_log_without_a_header(path: Path) -> None:
    overwrite(log_of(path), 0, b"\xa5" * LOG_HEADER_BYTES)

    assert waiting(path) == EXPECTED
    assert damages(path.parent)[0].lost == 0


def test_it_saves_the_commits_behind_a_broken_one(path: Path) -> None:
    frames = (log_of(path).stat().st_size - LOG_HEADER_BYTES) // FRAME_BYTES
    for at in (frames // 3, frames // 3 + 1):
        overwrite(log_of(path), LOG_HEADER_BYTES + at * FRAME_BYTES + 2000, b"\xa5" * 500)

    found = waiting(path)

    (noted,) = damages(path.parent)
    assert len(EXPECTED - found) <= 4
    assert noted.lost == len(EXPECTED - found)
    assert GROUPS - 1 in found


def test_it_saves_the_beginning_of_a_file_that_was_cut_short(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(size // 2 // PAGE_BYTES * PAGE_BYTES + 100)
    log_of(path).unlink()

    found = waiting(path)

    assert GROUPS // 4 < len(found) < GROUPS // 2
    assert damages(path.parent)[0].kept == len(found)


def test_it_ends_an_exchange_of_files_that_was_cut_off(path: Path, used: Path) -> None:
    garbage_in_the_list_of_tables(path)
    salvage_if_damaged(path, "then")
    path.rename(path.with_name("spool.db.salvaged"))  # as if the last step had not been done

    assert waiting(path) == set(range(GROUPS // 2))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["spool.db", "spool.db-wal"]),
    harm=st.lists(st.tuples(st.floats(0, 0.9999), st.binary(min_size=1, max_size=3000)), min_size=1, max_size=6),
    kept=st.floats(0.05, 1),
)
def test_it_opens_whatever_a_file_has_become(
    used: Path, tmp_path_factory: pytest.TempPathFactory, name: str, harm: list[tuple[float, bytes]], kept: float
) -> None:
    path = copied(used, tmp_path_factory.mktemp("harmed"))
    harmed = path.with_name(name)
    for place, data in harm:
        overwrite(harmed, int(place * harmed.stat().st_size), data)
    with harmed.open("r+b") as file:
        file.truncate(int(kept * harmed.stat().st_size))

    found = waiting(path)

    assert found <= set(range(GROUPS))
