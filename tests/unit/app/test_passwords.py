"""The list of leaked passwords of the settings: missed at the start, and by nobody who sets no password."""

from pathlib import Path

import pytest

from footfall.app.passwords import passwords_of
from footfall.errors import SettingsError, Unavailable
from footfall.settings import Settings


def test_it_stops_the_start_where_the_list_is_not_there(tmp_path: Path) -> None:
    settings = Settings(leaked_passwords=tmp_path / "leaked.txt")

    with pytest.raises(SettingsError, match=r"leaked\.txt cannot be read"):
        passwords_of(settings, is_start=True)


def test_it_lets_a_command_go_on_that_sets_none(tmp_path: Path) -> None:
    passwords = passwords_of(Settings(leaked_passwords=tmp_path / "leaked.txt"))

    with pytest.raises(Unavailable):
        passwords.hash("correct horse battery")
