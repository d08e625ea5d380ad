"""A database that is away, locked or silent: what goes on without it, what is refused, and that it comes back."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from tests.conftest import Outage
from tests.people import PASSWORD, Install, fresh_install
from tests.postgres import PostgresServer

from footfall.domain import Site
from footfall.errors import InvalidInput, NotSignedIn, Unavailable
from footfall.metadata import Database, mark_changed


def test_it_goes_on_with_known_sites_for_a_day_and_comes_back(install: Install, outage: Outage) -> None:
    with outage(install.database):
        install.clock.move(seconds=1)
        assert install.sites.by_public_id(install.site.public_id) == install.site
        install.clock.move(days=1)
        assert install.sites.by_domain(install.site.domain) == install.site
        install.clock.move(seconds=1)
        with pytest.raises(Unavailable):
            install.sites.by_domain(install.site.domain)

    install.clock.move(seconds=1)
    rest_over(install.database)
    assert install.sites.by_domain(install.site.domain) == install.site
    assert install.sites.create("new.example").domain == "new.example"


def test_it_lets_no_event_loop_wait_for_a_database_that_hangs(postgres: PostgresServer) -> None:
    with postgres.database() as url, fresh_install(url) as install:
        install.bring_in_the_cast()
        install.clock.move(seconds=1)

        async def look() -> tuple[Site | None, list[threading.Thread]]:
            found = install.sites.by_public_id(install.site.public_id)
            return found, [thread for thread in threading.enumerate() if thread.name == "changes of sites"]

        with frozen(postgres):
            found, asking = asyncio.run(look())
            assert (found, len(asking)) == (install.site, 1)
        asking[0].join()


def test_it_believes_keys_that_sent_events_before_and_no_others(install: Install, outage: Outage) -> None:
    sender = install.keys.create(["events:write"], site_id=install.site.id)
    ending = install.keys.create(["events:write"], site_id=install.site.id, expires_days=1)
    reader = install.keys.create(["stats:read"], site_id=install.site.id)
    for key, scope in ((sender, "events:write"), (ending, "events:write"), (reader, "stats:read")):
        install.keys.check(key, scope)

    with outage(install.database):
        install.clock.move(days=0.9)
        assert install.keys.check(sender, "events:write").may_use(install.site.id)
        for key, scope in ((reader, "stats:read"), ("ff_unknown", "events:write")):
            with pytest.raises(Unavailable):
                install.keys.check(key, scope)
        install.clock.move(days=0.1)
        for key in (sender, ending):
            with pytest.raises(Unavailable):
                install.keys.check(key, "events:write")


def test_it_believes_no_key_that_may_have_been_revoked_since(install: Install, outage: Outage) -> None:
    key = install.keys.create(["events:write"], site_id=install.site.id)
    install.keys.check(key, "events:write")
    install.keys.revoke(install.keys.of_site(install.site.id)[0].id, install.site.id)

    with outage(install.database), pytest.raises(Unavailable):
        install.keys.check(key, "events:write")

    rest_over(install.database)
    with pytest.raises(NotSignedIn):
        install.keys.check(key, "events:write")


def test_it_says_once_that_it_is_away_and_once_that_it_is_back(
    install: Install, outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "footfall.metadata.database"):
        with outage(install.database):
            for _ in range(3):
                with pytest.raises(Unavailable):
                    install.accounts.recognise("alice@example.com", PASSWORD)
                rest_over(install.database)
        assert install.accounts.recognise("alice@example.com", PASSWORD)

    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "the database of people and sites is away",
        "the database of people and sites is back",
    ]


def test_it_waits_for_another_writer_and_no_longer_than_it_was_told(install: Install) -> None:
    impatient = Database(install.database.url, wait_seconds=0.2)
    with install.database.session() as session:
        mark_changed(session)
        with pytest.raises(Unavailable), impatient.session() as other:
            mark_changed(other)
        assert impatient.change_counter() == install.database.change_counter()  # who reads need not wait

    with impatient.session() as other:
        mark_changed(other)
    impatient.close()


def test_it_lets_each_unit_of_work_see_what_the_one_before_has_done(install: Install) -> None:
    """Both look first and write then; without turns one would be lost."""
    threads = [install.database, Database(install.database.url)]
    before = install.database.change_counter()

    async def count_up() -> None:
        await asyncio.gather(*(asyncio.to_thread(_add_one, database) for database in threads * 5))

    asyncio.run(count_up())

    assert install.database.change_counter() == before + 10
    threads[1].close()


def test_it_answers_in_words_what_it_cannot_store(postgres: PostgresServer) -> None:
    with postgres.database() as url, fresh_install(url) as install:
        for email in ("a\0lice@example.com", "alice@example.com\0"):
            with pytest.raises(InvalidInput, match="zero character"):
                install.accounts.by_email(email)


def test_it_gives_up_on_a_server_that_says_nothing(postgres: PostgresServer) -> None:
    with postgres.database() as url:
        database = Database(url, wait_seconds=0.3)
        before = database.change_counter()
        with frozen(postgres):
            with pytest.raises(Unavailable):
                database.change_counter()
            with pytest.raises(Unavailable):  # at once: it was not there a moment ago
                database.change_counter()
        rest_over(database)

        assert database.change_counter() == before
        database.close()


def test_it_mends_connections_the_server_has_ended(postgres: PostgresServer) -> None:
    with postgres.database() as url:
        database = Database(url)
        before = database.change_counter()

        postgres.statement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'footfall'"
            " AND pid <> pg_backend_pid()"
        )

        assert database.change_counter() == before
        database.close()


@contextmanager
def frozen(server: PostgresServer) -> Iterator[None]:
    server.freeze()
    yield
    server.thaw()


def rest_over(database: Database) -> None:
    """Who failed to connect is not tried again for a second."""
    database._rests_until = 0.0


def _add_one(database: Database) -> None:
    with database.session() as session:
        found = session.execute(text("SELECT site_changes FROM install")).scalar_one()
        time.sleep(0.01)
        session.execute(text("UPDATE install SET site_changes = :next"), {"next": found + 1})
