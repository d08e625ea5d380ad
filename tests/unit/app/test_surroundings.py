"""`footfall check` says what is wrong with what an install leans on, also where the install cannot be opened."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from sqlalchemy import URL, text
from tests.people import fresh_install

from footfall.app.findings import Finding
from footfall.app.private_process import make_private
from footfall.app.surroundings import check_surroundings
from footfall.cli import main
from footfall.metadata import sqlite_url
from footfall.settings import Settings


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port nobody listens on, and nobody else gets meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def found(settings: Settings, name: str) -> Finding:
    return next(finding for finding in check_surroundings(settings) if finding.name == name)


def settings_of(url: URL, folder: Path, **more: Any) -> Settings:
    is_sqlite = url.get_backend_name() == "sqlite"
    given = None if is_sqlite else SecretStr(url.render_as_string(hide_password=False))
    return Settings(data_dir=folder, database_url=given, **more)


def test_it_finds_nothing_wrong_with_a_database_of_this_release(database_url: URL, tmp_path: Path) -> None:
    with fresh_install(database_url) as install:
        finding = found(settings_of(database_url, tmp_path), "database of people and sites")

        assert finding.is_fine
        assert f"schema {install.database.revision()}" in finding.detail
    assert ("PostgreSQL" in finding.detail) == (database_url.get_backend_name() == "postgresql")


@pytest.mark.parametrize(("revision", "advice"), [("0001", "migrates"), ("9999", "newer Footfall")])
def test_it_tells_a_schema_that_is_behind_from_one_ahead(
    database_url: URL, tmp_path: Path, revision: str, advice: str
) -> None:
    with fresh_install(database_url) as install, install.database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})

    finding = found(settings_of(database_url, tmp_path), "database of people and sites")

    assert not finding.is_fine
    assert (revision in finding.detail, advice in finding.advice) == (True, True)


def test_it_says_why_the_install_cannot_be_opened_and_no_password(tmp_path: Path, closed_port: int) -> None:
    url = f"postgresql://footfall:s3cret@127.0.0.1:{closed_port}/footfall"
    environment = {"FOOTFALL_DATA_DIR": str(tmp_path), "FOOTFALL_DATABASE_URL": url}

    checked = CliRunner(env=environment).invoke(main, ["check"])
    served = CliRunner(env=environment).invoke(main, ["site", "list"])

    assert (checked.exit_code, served.exit_code) == (1, 1)
    assert f"✗ database of people and sites: postgresql://footfall@127.0.0.1:{closed_port}/footfall" in checked.output
    for said in (checked.output, served.output):
        assert "refused" in said
        assert "s3cret" not in said
    assert "✗ install: cannot be opened" in checked.output
    assert "✓ free disk" in checked.output


def test_it_names_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "footfall.db").write_bytes(b"no database at all" * 1000)

    finding = found(Settings(data_dir=tmp_path), "database of people and sites")

    assert (finding.is_fine, "restore a backup" in finding.advice) == (False, True)


def test_it_finds_a_clock_that_was_set_back(tmp_path: Path) -> None:
    with fresh_install(sqlite_url(tmp_path)):
        assert found(Settings(data_dir=tmp_path), "clock").is_fine
    later = time.time() + 3600

    os.utime(tmp_path / "footfall.db", (later, later))

    assert not found(Settings(data_dir=tmp_path), "clock").is_fine


@pytest.mark.parametrize(
    ("name", "option", "value", "is_fine"),
    [
        ("trusted proxies", "trusted_proxies", "10.0.0.0/8", True),
        ("trusted proxies", "trusted_proxies", "10.0.0.0/8, 0.0.0.0/0", False),
        ("trusted proxies", "trusted_proxies", "the-proxy", False),
        ("public address", "base_url", "https://stats.example.com", True),
        ("public address", "base_url", "http://localhost:8000", True),
        ("public address", "base_url", "http://stats.example.com", False),
        ("public address", "base_url", "stats.example.com", False),
        ("leaked passwords", "leaked_passwords", "/nowhere/leaked.txt", False),
        ("leaked passwords", "leaked_passwords", None, True),
        ("places", "geoip_db", "/nowhere/places.mmdb", False),
        ("places", "geoip_db", None, True),
    ],
)
def test_it_reads_settings_as_they_are_meant(
    tmp_path: Path, name: str, option: str, value: str | None, is_fine: bool
) -> None:
    settings = Settings(data_dir=tmp_path, **{option: value})  # type: ignore[arg-type]

    finding = found(settings, name)

    assert finding.is_fine == is_fine
    assert finding.is_fine or finding.advice


def test_it_says_what_the_mail_server_says(tmp_path: Path, closed_port: int) -> None:
    settings = Settings(
        data_dir=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=closed_port,
        smtp_from="Footfall <stats@example.com>",
        base_url="https://stats.example.com",
    )

    finding = found(settings, "mail")

    assert (finding.is_fine, "does not take us" in finding.advice) == (False, True)


def test_it_finds_core_dumps_off_in_a_process_of_its_command(tmp_path: Path) -> None:
    make_private()  # what every command begins with

    assert found(Settings(data_dir=tmp_path / "not" / "there" / "yet"), "no core dumps").is_fine
