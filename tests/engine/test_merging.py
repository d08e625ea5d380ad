"""The engine's merges give way to intake and to questions."""

import os
import sys
from pathlib import Path

import pytest

from footfall.store import Reader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities of their own")


def _priorities(name: str) -> list[int]:
    threads = [thread for thread in Path("/proc/self/task").iterdir() if (thread / "comm").read_text().strip() == name]
    return [os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in threads]


def test_an_open_engine_merges_at_the_lowest_priority(reader: Reader) -> None:
    priorities = _priorities("MergeMutate")
    assert priorities
    assert set(priorities) == {19}


def test_it_leaves_its_other_threads_alone(reader: Reader) -> None:
    assert set(_priorities("BgSchPool")) <= {0}
