"""Death inside the engine: strace kills the process as it is about to give a part it has written its name.

There a deduplication token alone loses rows: it is noted before the part has its name.
"""

import re
import threading
from pathlib import Path

from tests.faults.asking import PATIENCE_SECONDS, RECOVERY_SECONDS, ask, send_and_wait
from tests.faults.rig import Rig
from tests.faults.tracing import RENAMES, die_at_rename, needs_strace, strace
from tests.faults.waiting import wait_until

FAILING_SECONDS = 3.0
CUT_OFF = re.compile(r'rename\w*\("[^"]*/store/\w+/([\w-]+)/tmp_insert_[^"]*", "[^"]*"\)?[^=]*(?:= \?|<unfinished)')


@needs_strace
def test_it_mends_what_a_kill_between_the_parts_of_an_insert_tears(rig: Rig, tmp_path: Path) -> None:
    """An insert of the load writes events of four months, visits of three, then the spans of visits."""
    server = rig.server()
    traces = []
    for number in (8, 1, 5):
        server.start()
        traces.append(die_at_rename(rig, server, number, tmp_path / f"trace-{number}"))
        rig.check_nothing_lost_or_doubled()

    tables = {table for trace in traces for table in CUT_OFF.findall(trace)}
    assert len(tables) >= 2, "the kills did not fall between parts of different tables"


@needs_strace
def test_it_mends_what_a_failing_disk_tears_once_it_works_again(rig: Rig) -> None:
    """The disk refuses the names of the later parts of each insert, and those of its mending."""
    with rig.server() as server:
        with rig.load(server):
            with strace(server, RENAMES, "error=ENOSPC:when=5+"):
                wait_until(lambda: ask(server, "/ready").body["store"] != "ok", PATIENCE_SECONDS, "a failing store")
                threading.Event().wait(FAILING_SECONDS)
            wait_until(lambda: send_and_wait(rig, server).status == 202, RECOVERY_SECONDS, "the store")
        rig.check_nothing_lost_or_doubled(server)
