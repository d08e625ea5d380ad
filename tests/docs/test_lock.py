"""requirements.lock: every package the code asks for, in a version it takes, by hash and from nowhere in particular."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
LOCKED = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# The image of the Dockerfile runs on either database.
ASKED = [Requirement(one) for one in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["postgres"])]


def _spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_it_locks_what_the_code_asks_for(asked: Requirement) -> None:
    assert asked.specifier.contains(LOCKED[_spelled(asked.name)]), "run: make lock"


def test_it_has_hashes_and_names_no_host() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)

    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())
    assert not re.search(r"://|--index|--find-links|--extra-index|--trusted", LOCK)
