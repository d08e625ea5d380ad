"""docs/security.md names every requirement it speaks of once, and tests that exist."""

import re
from collections import Counter

import pytest
from tests.docs.pages import ROOT, page

PAGE = page("security.md")
# ASVS 5.0.0: chapter and section, and how many requirements of that level it has or which.
LEVEL_1 = """
1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1 6.2.1-8
6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1
14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
LEVEL_2 = """
1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3 4.2.1
4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5
7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2
11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3
15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2
"""
_NUMBERS = r"\d+\.\d+\.\d+"
_TESTS = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


def numbers(text: str) -> list[str]:
    """Every number of a list in which 1.2.1-5 stands for five."""
    found = []
    for one in text.split():
        section, _, last = one.rpartition(".")
        first, _, end = last.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(end or first) + 1)]
    return found


def told() -> Counter[str]:
    rows, _, _ = PAGE.partition("## What does not hold yet")
    return Counter(
        number
        for row in re.findall(rf"^\| ((?:{_NUMBERS}(?:, )?)+) \|", rows, re.MULTILINE)
        for number in row.split(", ")
    )


def test_it_knows_how_many_there_are() -> None:
    assert (len(numbers(LEVEL_1)), len(numbers(LEVEL_2))) == (70, 183)


def test_it_speaks_of_every_requirement_of_both_levels_once() -> None:
    assert told() == Counter(numbers(LEVEL_1) + numbers(LEVEL_2))


@pytest.mark.parametrize("named", _TESTS)
def test_it_names_tests_that_exist(named: str) -> None:
    path, _, name = named.partition("::")

    assert (ROOT / path).exists()
    assert not name or f"def {name}(" in (ROOT / path).read_text()


def test_it_says_together_what_does_not_hold_yet() -> None:
    rows, _, rest = PAGE.partition("## What does not hold yet")
    missing = re.findall(r"^\| ([\d., ]+) \|[^|]*\*\*not (?:yet|so)\*\*", rows, re.MULTILINE)
    together = re.findall(r"^\| ([\d., ]+) \|", rest, re.MULTILINE)
    stated = tuple(one for row in together for one in row.split(", "))

    assert [one for row in missing for one in row.split(", ") if not _is_below(one, stated)] == []


def _is_below(number: str, stated: tuple[str, ...]) -> bool:
    return any(f"{number}.".startswith(f"{one}.") for one in stated)
