import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.domain import Site
from footfall.domain.calendar import DAY_MS, day_bounds_ms
from footfall.identity import Identity, SaltStore

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 20_000
NOON_MS = DAY * DAY_MS + 12 * 3_600_000
SITE = Site(id=1, public_id="abc", domain="example.com", timezone="Europe/Berlin")
OTHER = Site(id=2, public_id="def", domain="example.org", timezone="Europe/Berlin")
KEY = "00" * 32

DYING = f"""
import os, signal, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from footfall.identity import SaltStore

class DyingStore(SaltStore):
    def _forget_journal(self):
        os.kill(os.getpid(), signal.SIGKILL)

salts = DyingStore(Path(sys.argv[1]))
os.write(1, salts.salt(1, {DAY}, ZoneInfo("Europe/Berlin"), {NOON_MS}))
salts.destroy_expired({NOON_MS + 2 * DAY_MS})
"""


@pytest.fixture
def salts(tmp_path: Path) -> SaltStore:
    return SaltStore(tmp_path / "salts.db")


@pytest.fixture(scope="module")
def lasting_salts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SaltStore]:
    with closing(SaltStore(tmp_path_factory.mktemp("salts") / "salts.db")) as salts:
        yield salts


def test_it_keeps_one_salt_for_a_site_and_day_across_restarts(tmp_path: Path, salts: SaltStore) -> None:
    salt = salts.salt(1, DAY, BERLIN, NOON_MS)
    salts.close()

    again = SaltStore(tmp_path / "salts.db")
    again.load(NOON_MS)

    assert again.salt(1, DAY, BERLIN, NOON_MS) == salt
    assert again.salt(2, DAY, BERLIN, NOON_MS) != salt
    again.close()


def test_it_destroys_a_salt_and_its_bytes_within_a_day_of_its_day(tmp_path: Path, salts: SaltStore) -> None:
    salt = salts.salt(1, DAY, BERLIN, NOON_MS)
    end_ms = day_bounds_ms(DAY, BERLIN)[1]
    assert salts.destroy_expired(end_ms + 22 * 3_600_000) == 0

    assert salts.destroy_expired(end_ms + 24 * 3_600_000) == 1

    assert salts.existing(1, DAY) is None
    files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert files
    assert all(salt not in content for content in files)
    salts.close()


def test_it_wipes_the_copies_of_a_salt_that_a_crash_left(tmp_path: Path, salts: SaltStore) -> None:
    salt = salts.salt(1, DAY, BERLIN, NOON_MS)
    salts._database.execute("DELETE FROM salts")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for file in tmp_path.glob("salts.db*"):
        shutil.copy(file, crashed)
    salts.close()
    assert any(salt in file.read_bytes() for file in crashed.iterdir())

    again = SaltStore(crashed / "salts.db")
    again.load(NOON_MS)

    assert all(salt not in file.read_bytes() for file in crashed.iterdir())
    again.close()


def test_it_wipes_the_copies_of_a_salt_once_nobody_reads_the_file_any_more(tmp_path: Path, salts: SaltStore) -> None:
    salt = salts.salt(1, DAY, BERLIN, NOON_MS)
    with closing(sqlite3.connect(tmp_path / "salts.db")) as someone:
        someone.execute("BEGIN")
        someone.execute("SELECT count(*) FROM salts").fetchone()
        salts.destroy_expired(NOON_MS + 2 * DAY_MS)

    salts.destroy_expired(NOON_MS + 2 * DAY_MS + 60_000)

    assert all(salt not in file.read_bytes() for file in tmp_path.iterdir())
    salts.close()


def test_it_destroys_a_salt_when_killed_between_deleting_it_and_wiping_its_copies(tmp_path: Path) -> None:
    """The process dies as SQLite begins to cut the journal."""
    killed = subprocess.run([sys.executable, "-c", DYING, str(tmp_path / "salts.db")], capture_output=True, check=False)
    salt = killed.stdout
    was_left = any(salt in file.read_bytes() for file in tmp_path.iterdir())

    salts = SaltStore(tmp_path / "salts.db")
    salts.load(NOON_MS + 2 * DAY_MS)

    assert (killed.returncode, len(salt), was_left) == (-signal.SIGKILL, 32, True)
    assert salts.existing(1, DAY) is None
    assert all(salt not in file.read_bytes() for file in tmp_path.iterdir())
    salts.close()


def test_it_destroys_a_salt_that_was_made_while_the_clock_ran_ahead(salts: SaltStore) -> None:
    now_ms, ahead_ms = 20_600 * DAY_MS, 24_000 * DAY_MS
    salts.salt(1, 20_600, BERLIN, now_ms)
    salts.salt(1, 24_000, BERLIN, ahead_ms)

    assert salts.destroy_expired(now_ms) == 1

    assert salts.existing(1, 20_600) is not None
    salts.close()


def test_it_keeps_salts_while_the_clock_was_never_set(salts: SaltStore) -> None:
    salts.salt(1, 20_600, BERLIN, 20_600 * DAY_MS)

    assert salts.destroy_expired(now_ms=5_000) == 0

    salts.close()


def test_it_holds_salts_of_long_past_days_in_memory_until_the_import_ends(tmp_path: Path, salts: SaltStore) -> None:
    salt = salts.salt(1, DAY - 400, BERLIN, NOON_MS, scope="import-1")
    assert salts.salt(1, DAY - 400, BERLIN, NOON_MS, scope="import-1") == salt
    assert salts.salt(1, DAY - 400, BERLIN, NOON_MS, scope="import-2") != salt

    salts.end_import("import-1")

    assert salts.salt(1, DAY - 400, BERLIN, NOON_MS, scope="import-1") != salt
    assert all(salt not in file.read_bytes() for file in tmp_path.iterdir())
    salts.close()


def test_it_tells_visitors_apart_by_site_day_address_and_agent(salts: SaltStore) -> None:
    identity = Identity(salts, KEY)

    def visitor(site: Site, address: str, agent: str, at_ms: int) -> int:
        return identity.of_day(site, address, agent, at_ms=at_ms, now_ms=at_ms).current

    ids = {
        visitor(SITE, "203.0.113.1", "Firefox", NOON_MS),
        visitor(SITE, "203.0.113.2", "Firefox", NOON_MS),
        visitor(SITE, "203.0.113.1", "Chrome", NOON_MS),
        visitor(OTHER, "203.0.113.1", "Firefox", NOON_MS),
        visitor(SITE, "203.0.113.1", "Firefox", NOON_MS + DAY_MS),
    }

    assert len(ids) == 5
    assert visitor(SITE, "203.0.113.1", "Firefox", NOON_MS) in ids
    salts.close()


@given(address=st.ip_addresses().map(str), agent=st.text(max_size=80), at_ms=st.integers(NOON_MS, NOON_MS + 9 * DAY_MS))
def test_it_never_gives_a_person_the_same_id_on_two_sites(
    lasting_salts: SaltStore, address: str, agent: str, at_ms: int
) -> None:
    identity = Identity(lasting_salts, KEY)

    here, there = (identity.of_day(site, address, agent, at_ms=at_ms, now_ms=at_ms).current for site in (SITE, OTHER))
    named_here, named_there = (identity.lasting(site, agent).current for site in (SITE, OTHER))

    assert len({here, there, named_here, named_there}) == 4


def test_it_offers_yesterdays_id_while_that_salt_lives(salts: SaltStore) -> None:
    identity = Identity(salts, KEY)
    yesterday = identity.of_day(SITE, "203.0.113.1", "Firefox", at_ms=NOON_MS, now_ms=NOON_MS)

    today_ms = NOON_MS + DAY_MS
    today = identity.of_day(SITE, "203.0.113.1", "Firefox", at_ms=today_ms, now_ms=today_ms)
    salts.destroy_expired(NOON_MS + 2 * DAY_MS)
    later = identity.of_day(SITE, "203.0.113.1", "Firefox", at_ms=today_ms, now_ms=today_ms)

    assert yesterday.previous == 0
    assert today.previous == yesterday.current
    assert later.previous == 0
    salts.close()


def test_it_gives_a_named_visitor_one_lasting_id_per_site(salts: SaltStore) -> None:
    identity = Identity(salts, KEY)

    here, there = identity.lasting(SITE, "customer-7"), identity.lasting(OTHER, "customer-7")

    assert here == identity.lasting(SITE, "customer-7")
    assert here.is_lasting
    assert here.current != there.current
    salts.close()
