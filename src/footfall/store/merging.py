"""Where the engine merges, made to give way: intake comes first, then questions, then merges.

A server has a setting for this, which the embedded engine reads and does not follow. The threads that merge are there
from its start on and are known by their name.
"""

import os
from contextlib import suppress
from pathlib import Path

_THREADS = Path("/proc/self/task")
_MERGES = "MergeMutate"
_NICENESS = 19  # questions have 15


def let_merges_give_way() -> int:
    """Lower the priority of the engine's merges; returns how many threads do them, 0 where this is not Linux."""
    if not _THREADS.exists():
        return 0
    merging = [int(thread.name) for thread in _THREADS.iterdir() if _name_of(thread) == _MERGES]
    for thread_id in merging:
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, thread_id, _NICENESS)
    return len(merging)


def _name_of(thread: Path) -> str:
    try:
        return (thread / "comm").read_text().strip()
    except FileNotFoundError:  # it has just ended
        return ""
