import pytest

from footfall.cli.commands.privacy import Verdict
from footfall.privacy.control import Control, control_needles, control_of
from footfall.privacy.scan import Finding, Report

FOUND = Finding("data/spool.db", "address", "packed", 7)


def test_it_is_clean_where_a_scan_that_can_find_found_nothing() -> None:
    assert Verdict(Control(3), Report(files=2), sent=4, taken=4).is_clean


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(Control(3), Report(findings=[FOUND])),
        Verdict(Control(3), Report(unread=["data/torn.gz: EOFError"])),
        Verdict(Control(3, missed=["token as hex in a file"]), Report()),
        Verdict(Control(3), Report(), sent=4, taken=3),
    ],
)
def test_it_is_not_clean_where_something_was_found_or_the_scan_proves_less(verdict: Verdict) -> None:
    assert not verdict.is_clean


def test_it_counts_every_spelling_that_a_blind_scan_misses() -> None:
    control = control_of("a file", control_needles(), Report())

    assert control.found == 0
    assert control.planted == len(control.missed) > 20
