"""The file of leaked passwords: found by bisection, and told apart from what is none."""

from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import quick_hasher

from footfall.accounts import LeakedPasswords, Passwords
from footfall.errors import InvalidInput, SettingsError, Unavailable

LEAKED = "eleven swans at noon"


def lines_of(passwords: list[str]) -> list[str]:
    hashes = {sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in passwords}
    return [f"{digest}:{number + 1}" for number, digest in enumerate(sorted(hashes))]


def written(folder: Path, lines: list[str], end: str = "\r\n") -> LeakedPasswords:
    path = folder / "leaked.txt"
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())
    return LeakedPasswords(path)


@given(st.sets(st.text(st.characters(codec="utf-8")), min_size=1, max_size=30), st.sampled_from(["\r\n", "\n"]))
def test_it_finds_each_that_is_there_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, passwords: set[str], end: str
) -> None:
    leaked = written(tmp_path_factory.mktemp("list"), lines_of(sorted(passwords)), end)

    assert all(leaked.has(one) for one in passwords)
    assert [one for one in passwords if leaked.has(f"{one}?") and f"{one}?" not in passwords] == []
    leaked.require_usable(1000)


def test_it_refuses_a_password_that_was_leaked(tmp_path: Path) -> None:
    passwords = Passwords(quick_hasher(), written(tmp_path, lines_of([LEAKED, "another one"])))

    with pytest.raises(InvalidInput, match="leaked"):
        passwords.hash(LEAKED)
    assert passwords.verify(passwords.hash(f"{LEAKED}!"), f"{LEAKED}!")


def test_it_refuses_every_password_while_the_file_is_away(tmp_path: Path) -> None:
    leaked = written(tmp_path, lines_of([LEAKED]))
    leaked.path.unlink()

    with pytest.raises(Unavailable, match="footfall check"):
        Passwords(quick_hasher(), leaked).hash("correct horse battery")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (sorted(lines_of([str(number) for number in range(500)]), reverse=True), "not in the order"),
        ([line.lower() for line in lines_of(["a", "b"])], "no list of leaked passwords"),
        (["209C6174DA490CAEB422F3FA5A7AE634:5"], "no list of leaked passwords"),  # of NTLM
        (["hunter2", "password"], "no list of leaked passwords"),
        ([], "no list of leaked passwords"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        written(tmp_path, lines).require_usable(100)


def test_it_says_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        LeakedPasswords(tmp_path / "none.txt").require_usable(100)
