"""The engine's code leaves memory once it has started, and comes back when it is needed."""

import re
import sys
from pathlib import Path

import pytest

from footfall.store import Reader, Statement
from footfall.store.resident import give_back_code

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system decides by itself")


def _resident_kb() -> int:
    """Of the engine's executable pages."""
    maps = Path("/proc/self/smaps").read_text()
    return sum(int(size) for size in re.findall(r" r-xp [^\n]*/_chdb[^\n]*\n(?:\w[^\n]*\n)*?Rss: +(\d+)", maps))


def test_it_gives_back_most_and_the_engine_goes_on(reader: Reader) -> None:
    question = Statement("test", "SELECT sum(number) FROM numbers({count:UInt32})", {"count": 1001})
    reader.run(question)
    before = _resident_kb()

    given = give_back_code()

    after = _resident_kb()
    answer = reader.run(question)
    assert given > 100_000_000
    assert after < before / 4
    assert answer == [(500_500,)]
