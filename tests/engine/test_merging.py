"""The engine's merges give way to intake and to questions."""

import os
import sys

import pytest

from footfall.store import Reader
from footfall.store.merging import MERGES, threads_named

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities of their own")


def _priorities(name: str) -> list[int]:
    return [os.getpriority(os.PRIO_PROCESS, thread_id) for thread_id in threads_named(name)]


def test_an_open_engine_merges_at_the_lowest_priority(reader: Reader) -> None:
    priorities = _priorities(MERGES)
    assert priorities
    assert set(priorities) == {19}


def test_it_leaves_its_other_threads_alone(reader: Reader) -> None:
    assert set(_priorities("BgSchPool")) == {0}
