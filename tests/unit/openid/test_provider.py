"""Providers as the settings name them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from footfall.cli import main
from footfall.errors import SettingsError
from footfall.openid import provider_of
from footfall.settings import Settings

HERE = {"base_url": "https://stats.example.com"}
ACME = {
    "id": "acme",
    "name": "Acme",
    "issuer": "https://id.acme.example",
    "client_id": "footfall",
    "client_secret": "hush",
}


def test_it_reads_them_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    google = {"preset": "google", "client_id": "g", "client_secret_file": str(tmp_path / "secret")}
    monkeypatch.setenv("FOOTFALL_BASE_URL", "https://stats.example.com")
    monkeypatch.setenv("FOOTFALL_OIDC_PROVIDERS", json.dumps([google, ACME | {"new_people": False}]))

    first, second = [provider_of(one) for one in Settings().oidc_providers]

    assert (first.id, first.name, first.issuer) == ("google", "Google", "https://accounts.google.com")
    assert (first.client_secret, first.domain_claim, first.lets_new_people_in) == ("from a file", "hd", True)
    assert (second.name, second.client_secret, second.lets_new_people_in) == ("Acme", "hush", False)
    assert "hush" not in repr(Settings())


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "http://id.acme.example"},
        {"issuer": "id.acme.example"},
        {"issuer": "https://id.acme.example?x=1"},
        {"id": "Acme"},
        {"id": "../acme"},
        {"name": " "},
        {"client_id": ""},
        {"client_secret": None},
        {"colour": "red"},
        {"preset": "nobody"},
        {"preset": ["google"]},
    ],
    ids=str,
)
def test_it_refuses_what_makes_no_sense(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"oidc_providers": [ACME | change]} | HERE)


def test_it_wants_each_once_and_an_address_to_come_back_to() -> None:
    for listed, where in (([ACME], {}), ([ACME, ACME], HERE), ([ACME, ACME | {"id": "other"}], HERE)):
        with pytest.raises(ValidationError):
            Settings.model_validate({"oidc_providers": listed} | where)


def test_it_says_what_is_wrong_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for listed, told in (
        ('[{"preset":', "FOOTFALL_OIDC_PROVIDERS is wrong: .*no JSON list"),
        (json.dumps([{"preset": "google"}]), "FOOTFALL_OIDC_PROVIDERS.0.client_id is wrong: Field required"),
    ):
        monkeypatch.setenv("FOOTFALL_OIDC_PROVIDERS", listed)

        answer = CliRunner().invoke(main, ["check"])

        assert re.search(told, answer.output), answer.output


def test_it_says_which_file_cannot_be_read(tmp_path: Path) -> None:
    listed = [ACME | {"client_secret": None, "client_secret_file": str(tmp_path / "missing")}]

    with pytest.raises(SettingsError, match="missing"):
        provider_of(Settings.model_validate({"oidc_providers": listed} | HERE).oidc_providers[0])
