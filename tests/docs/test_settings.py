"""docs/reference/settings.md holds every setting with its default and description, and no other."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.docs.pages import page, rows

from footfall.domain import Site, TrackerOptions
from footfall.settings import ProviderSettings, Settings, load_secrets

PAGE = page("reference/settings.md")
ROWS = {row[0]: row for row in rows(PAGE)}
INTERNAL = {"id", "public_id", "created_ms", "zone_changed_ms", "previous_domain", "domain_changed_ms", "channel_rules"}


def written(default: Any) -> str:
    return "empty" if default in ("", None, ()) else str(default)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_it_documents_every_setting(name: str) -> None:
    field = Settings.model_fields[name]

    variable = f"FOOTFALL_{name.upper()}"

    assert ROWS[variable] == [variable, written(field.default), field.description]


def test_it_documents_no_setting_that_is_gone() -> None:
    known = {f"FOOTFALL_{name.upper()}" for name in Settings.model_fields}

    assert {name for name in ROWS if name.startswith("FOOTFALL_")} == known


@pytest.mark.parametrize("name", ProviderSettings.model_fields)
def test_it_documents_every_field_of_a_provider(name: str) -> None:
    field = ProviderSettings.model_fields[name]
    default = "needed" if field.is_required() else written(field.default)

    assert [name, default, field.description] in rows(PAGE)


@pytest.mark.parametrize("name", [name for name in Site.__struct_fields__ if name not in INTERNAL])
def test_it_documents_every_option_of_a_site(name: str) -> None:
    assert name in ROWS


@pytest.mark.parametrize("field", msgspec.structs.fields(TrackerOptions), ids=lambda field: field.name)
def test_it_documents_every_option_of_the_tracker(field: msgspec.structs.FieldInfo) -> None:
    assert ROWS[field.name][1] == ("on" if field.default else "off")


def test_it_names_what_a_new_data_folder_holds(tmp_path: Path) -> None:
    secrets = load_secrets(tmp_path)

    assert all(path.name in PAGE for path in tmp_path.iterdir())
    assert all(f"`{name}`" in PAGE for name in secrets.__struct_fields__)
