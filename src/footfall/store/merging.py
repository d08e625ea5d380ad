"""Where the engine merges, made to give way: intake comes first, then questions, then merges.

A server has a setting for this, which the embedded engine reads and does not follow. The threads that merge are there
from its start on and are known by their name.
"""

import os
from contextlib import suppress
from pathlib import Path

_THREADS = Path("/proc/self/task")
MERGES = "MergeMutate"
_NICENESS = 19  # questions have 15


def let_merges_give_way() -> None:
    """Lower the priority of the engine's merges, where this is Linux and lets us."""
    for thread_id in threads_named(MERGES):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread_id, _NICENESS)


def threads_named(name: str) -> list[int]:
    """Ids of the threads of this process that have a name; none where this is not Linux."""
    if not _THREADS.exists():
        return []
    return [int(thread.name) for thread in _THREADS.iterdir() if _name_of(thread) == name]


def _name_of(thread: Path) -> str:
    try:
        return (thread / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return ""
