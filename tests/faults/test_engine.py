"""Death inside the engine: strace kills the process as it is about to give a part it has written its name.

There a deduplication token alone loses rows: it is noted before the part has its name.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.faults.rig import Rig
from tests.serving import FootfallServer

_RENAMES = "rename,renameat,renameat2"
_CUT_OFF = re.compile(r'rename\w*\("[^"]*/store/\w+/([\w-]+)/tmp_insert_[^"]*", "[^"]*"\)?[^=]*(?:= \?|<unfinished)')


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_it_mends_what_a_kill_between_the_parts_of_an_insert_tears(rig: Rig, tmp_path: Path) -> None:
    """An insert of the load writes events of four months, visits of three, then the spans of visits."""
    server = rig.server()
    traces = []
    for number in (8, 1, 5):
        server.start()
        traces.append(die_at_rename(rig, server, number, tmp_path / f"trace-{number}"))
        rig.check_nothing_lost_or_doubled()

    tables = {table for trace in traces for table in _CUT_OFF.findall(trace)}
    assert len(tables) >= 2, "the kills did not fall between parts of different tables"


def die_at_rename(rig: Rig, server: FootfallServer, number: int, trace: Path) -> str:
    """Serve until a thread is about to rename for the ``number``th time; returns what strace saw."""
    inject = f"inject={_RENAMES}:signal=KILL:when={number}"
    command = ["strace", "-f", "-p", str(server.pid), "-o", str(trace), "-e", f"trace={_RENAMES}", "-e", inject]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        assert b"attached" in tracer.stderr.readline()
        with rig.load(server):
            server.wait()
    return trace.read_text()
