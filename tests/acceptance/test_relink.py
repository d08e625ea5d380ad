"""An insider with every byte, every secret and the true list of visitors: ids older than 48 hours tell nobody."""

import secrets
from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.people import ManualClock
from tests.unit.identity.relinking import Insider, Person, bytes_below, ids_under, salt_of_date

from footfall.app import Install, open_install, web_app
from footfall.app.backup import back_up
from footfall.app.upkeep import jobs_of
from footfall.cli.in_process import InProcessTransport
from footfall.domain import Site
from footfall.domain.calendar import local_day
from footfall.identity import Identity
from footfall.settings import Settings
from footfall.store import Statement

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0"
PEOPLE: list[Person] = [
    (str(IPv4Address(f"198.18.{number // 250}.{number % 250 + 1}")), AGENT.format(number % 90 + 60))
    for number in range(10_000)
]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def install(settings: Settings, clock: ManualClock) -> Iterator[Install]:
    with open_install(settings, clock) as install:
        yield install


def ids_of_today(install: Install, site: Site) -> set[int]:
    """Let everybody visit now; the ids that are stored."""
    headers = {"Authorization": f"Bearer {install.secrets.local_token}"}
    transport = InProcessTransport(web_app(install))
    with httpx.Client(transport=transport, base_url="http://testserver", headers=headers) as client:
        for start in range(0, len(PEOPLE), 1_000):
            views = [
                {"name": "pageview", "url": f"https://{site.domain}/", "ip": address, "user_agent": agent}
                for address, agent in PEOPLE[start : start + 1_000]
            ]
            client.post("/api/v1/events?wait=true", json={"site": site.domain, "events": views}).raise_for_status()
    return {visitor for (visitor,) in install.storage.reader.run(Statement("test", "SELECT visitor_id FROM events"))}


def sweep(install: Install) -> None:
    """What the server does every few minutes."""
    for job in jobs_of(install):
        job.run()


def ids_in(ids: set[int], data_dir: Path) -> int:
    """How many ids stand in the files of the spool."""
    content = b"".join(path.read_bytes() for path in data_dir.glob("spool.db*"))
    return sum(each.to_bytes(8, "big") in content for each in sorted(ids)[:500])


def insider(install: Install, *folders: Path) -> Insider:
    today = local_day(install.clock(), install.sites.all()[0].zone)
    held = install.secrets
    return Insider(
        contents=bytes_below(install.settings.data_dir, *folders),
        secrets=tuple(map(bytes.fromhex, (held.visitor_key, held.session_key, held.local_token))),
        days=tuple(range(today - 3, today + 1)),
    )


def test_it_tells_no_one_from_ids_older_than_two_days(install: Install, clock: ManualClock, tmp_path: Path) -> None:
    site = install.sites.create("alice.example", "Europe/Berlin")
    ids = ids_of_today(install, site)
    back_up(install, tmp_path / "before")
    while_it_lives = insider(install).relinked(PEOPLE, ids)
    from_the_backup = Insider(bytes_below(tmp_path / "before"), (), ()).relinked(PEOPLE, ids)

    clock.move(days=2)
    sweep(install)
    back_up(install, tmp_path / "after")
    after = insider(install, tmp_path / "before", tmp_path / "after").relinked(PEOPLE, ids)

    assert len(ids) == len(PEOPLE)
    assert while_it_lives == len(PEOPLE)  # the attack is able
    assert from_the_backup == 0
    assert after == 0


def test_it_cannot_be_asked_for_the_ids_of_old_days_either(install: Install, clock: ManualClock) -> None:
    site = install.sites.create("alice.example", "Europe/Berlin")
    at_ms, ids = clock(), ids_of_today(install, site)

    clock.move(days=2)
    sweep(install)
    identity = Identity(install.visitors.salts, install.secrets.visitor_key)
    again = {identity.of_day(site, *person, at_ms=at_ms, now_ms=clock()) for person in PEOPLE}

    assert not ids & {each for found in again for each in (found.current, found.previous)}


def test_it_keeps_nothing_that_ties_the_ids_of_two_days(install: Install, clock: ManualClock) -> None:
    """For a day after midnight each event in the spool carries the ids of both days."""
    site = install.sites.create("alice.example", "Europe/Berlin")
    first = ids_of_today(install, site)
    clock.move(days=1)
    ids_of_today(install, site)
    in_spool = ids_in(first, install.settings.data_dir)

    clock.move(days=1)
    sweep(install)

    assert in_spool > 0
    assert ids_in(first, install.settings.data_dir) == 0


def test_it_would_tell_everyone_where_the_salt_came_of_the_date(tmp_path: Path) -> None:
    day, secret = 20_000, secrets.token_bytes(32)
    ids = ids_under(PEOPLE, salt_of_date(secret, day))
    (tmp_path / "secrets.json").write_text(f'{{"secret": "{secret.hex()}"}}')

    found = Insider(bytes_below(tmp_path), (), tuple(range(day - 2, day + 3))).relinked(PEOPLE, ids)

    assert found == len(PEOPLE)


def test_it_finds_the_salts_of_a_restart_gone_too(settings: Settings, clock: ManualClock) -> None:
    with open_install(settings, clock) as install:
        site = install.sites.create("alice.example", "Europe/Berlin")
        ids = ids_of_today(install, site)
    at_rest = insider(install).relinked(PEOPLE, ids)

    clock.move(days=2)
    with open_install(settings, clock) as install:
        restarted = insider(install).relinked(PEOPLE, ids)

    assert at_rest == len(PEOPLE)
    assert restarted == 0
