"""What stands in deploy/ speaks of settings and paths that exist."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

from footfall.settings import Settings

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "Dockerfile", *sorted((ROOT / "deploy").iterdir())]
SETTINGS = {f"FOOTFALL_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_names_settings_that_exist(path: Path) -> None:
    assert set(re.findall(r"FOOTFALL_[A-Z_]+", path.read_text())) <= SETTINGS


def test_it_runs_a_container_that_may_do_little() -> None:
    service = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]["footfall"]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert re.search(r"^USER 10001$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_it_adds_a_clickhouse_server_to_the_same_service() -> None:
    added = yaml.safe_load((ROOT / "deploy/compose.clickhouse.yaml").read_text())

    assert set(added["services"]) == {"footfall", "clickhouse"}
    assert {one for service in added["services"].values() for one in service["secrets"]} == set(added["secrets"])


def test_it_adds_a_postgresql_server_to_the_same_service() -> None:
    added = yaml.safe_load((ROOT / "deploy/compose.postgres.yaml").read_text())

    assert set(added["services"]) == {"footfall", "postgres"}
    assert {one for service in added["services"].values() for one in service["secrets"]} == set(added["secrets"])
    assert added["services"]["footfall"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert "psycopg==" in (ROOT / "requirements.lock").read_text()


def test_it_shuts_the_service_in() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string((ROOT / "deploy/footfall.service").read_text())

    service = unit["Service"]

    assert service["DynamicUser"] == service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["UMask"] == "0077"
