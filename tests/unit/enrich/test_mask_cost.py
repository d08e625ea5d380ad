"""What a text costs to mask grows as its length does, whatever a sender makes of it."""

import itertools
from time import process_time

import pytest

from footfall.enrich import mask_personal

SHORT, LONG = 4_000, 32_000
_QUADRATIC = (LONG / SHORT) ** 2
_REPEATED = (
    *(
        "a",
        "1",
        "@",
        "a@",
        "a.",
        "@a.",
        "-1",
        "1 ",
        "06 ",
        "0/",
        "+1(",
        "%",
        "%25",
        "%40",
        "&",
        "&#64;",
        "(at)",
        " (dot) a",
    ),
    *("://", "://a@", "eyJ", "eyJ-", "eyJa.", "token=", "tel:", "tel:1", "DE89", "DE89 ", "AT12-", "a1B", "aB1-", "x_"),
    *("bearer ", "sk_live_", "SG.a", "0049", "(0", "9 ", "a+", "/a", "'", "é", "İ"),
)
_ENDS = ("", "@", "!", "@a.b", "=")


@pytest.mark.parametrize(("repeated", "end"), list(itertools.product(_REPEATED, _ENDS)))
def test_it_costs_no_more_per_character_in_a_longer_text(repeated: str, end: str) -> None:
    short, long = (repeated * (size // len(repeated)) + end for size in (SHORT, LONG))

    # Half of what quadratic growth would come to: four times what is expected, so that a busy machine does not matter.
    assert _seconds(long) < _QUADRATIC / 2 * max(_seconds(short), 0.0001)


def _seconds(text: str) -> float:
    """Processor time, the least of three."""
    return min(_once(text) for _ in range(3))


def _once(text: str) -> float:
    started = process_time()
    mask_personal(text)
    return process_time() - started
