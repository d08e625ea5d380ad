"""What a database promises besides its schema."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.people import Install, fresh_install

from footfall.errors import SettingsError
from footfall.metadata import database_url, mark_changed, postgres_url, shown_address, sqlite_url
from footfall.metadata.tables import SiteMemberRow, UserRow
from footfall.settings import Settings


def test_it_keeps_foreign_keys(empty: Install) -> None:
    with pytest.raises(IntegrityError), empty.database.session() as session:
        session.add(SiteMemberRow(site_id=1, user_id=1, role="owner"))


def test_it_writes_ahead_on_sqlite(tmp_path: Path) -> None:
    with fresh_install(sqlite_url(tmp_path)) as install, install.database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_it_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    with fresh_install(sqlite_url(tmp_path)) as install:
        with install.database.session() as session:
            mark_changed(session)

        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_it_keeps_values_out_of_error_texts(empty: Install) -> None:
    with empty.database.session() as session:
        session.add(UserRow(email="alice@example.com", password_hash="-", language="", created_ms=0))

    with pytest.raises(IntegrityError) as caught, empty.database.session() as session:
        session.add(UserRow(email="alice@example.com", password_hash="-", language="", created_ms=0))

    assert "alice" not in str(caught.value).partition("DETAIL")[0]


def test_it_reads_all_of_one_unit_of_work_as_of_one_moment(empty: Install) -> None:
    counting = text("SELECT site_changes FROM install")
    with empty.database.reading() as session:
        before = session.execute(counting).scalar_one()
        with empty.database.session() as other:
            mark_changed(other)

        assert session.execute(counting).scalar_one() == before
    assert empty.database.change_counter() == before + 1


@pytest.mark.parametrize("given", ["postgresql://", "mysql://a@b/c", "nonsense:s3cret", "postgres://u:s3cret@h:port/d"])
def test_it_quotes_no_url_it_cannot_read(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        postgres_url(given)

    assert "s3cret" not in caught.value.message
    assert "FOOTFALL_DATABASE_URL" in caught.value.message


def test_it_shows_no_password_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("s3cret\n")
    given = "postgres://footfall@db.example.com:5433/analytics?sslmode=verify-full&sslpassword=s3cret"
    settings = Settings(data_dir=tmp_path, database_url=given, database_password_file=tmp_path / "password")

    url = database_url(settings)

    assert (url.drivername, url.password, url.query["sslmode"]) == ("postgresql+psycopg", "s3cret", "verify-full")
    assert shown_address(url) == "postgresql://footfall@db.example.com:5433/analytics"
    assert "s3cret" not in repr(settings)


def test_it_takes_a_password_in_the_url_first_and_a_file_where_no_url_is_set(tmp_path: Path) -> None:
    both = Settings(data_dir=tmp_path, database_url="postgresql://u:first@h/d", database_password="second")

    assert database_url(both).password == "first"
    assert shown_address(database_url(Settings(data_dir=tmp_path))) == str(tmp_path / "footfall.db")
