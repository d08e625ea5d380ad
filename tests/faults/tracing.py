"""System calls of a running server that fail, take long or do nothing: strace does it, from outside."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults.rig import Rig
from tests.serving import FootfallServer

RENAMES = "rename,renameat,renameat2"
SYNCS = "fsync,fdatasync"
READS = "read,pread64,preadv,preadv2"

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@contextmanager
def strace(
    server: FootfallServer, calls: str, fault: str, *, paths: Sequence[Path] = (), trace: Path = Path(os.devnull)
) -> Iterator[None]:
    """Do ``fault`` to every such call of any thread while the block runs; on ``paths`` only, where there are any."""
    given = ["-e", f"trace={calls}", "-e", f"inject={calls}:{fault}"]
    only = [part for path in paths for part in ("-P", str(path))]
    command = ["strace", "-f", "-p", str(server.pid), "-o", str(trace), *given, *only]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        while b"attached" not in (line := tracer.stderr.readline()):
            assert line, "strace could not attach"
        try:
            yield
        finally:
            tracer.terminate()


def die_at_rename(rig: Rig, server: FootfallServer, number: int, trace: Path) -> str:
    """Serve until a thread is about to rename for the ``number``th time; returns what strace saw."""
    with strace(server, RENAMES, f"signal=KILL:when={number}", trace=trace), rig.load(server):
        server.wait()
    return trace.read_text()
