"""What the process keeps to itself: its memory holds addresses for a moment and salts for a day, its files are private.

A core dump would write that memory to a disk, in a place and for a time that nobody planned.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_DUMPABLE = 4
_OWNER_ONLY = 0o077
_CRASHES = (signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV, signal.SIGSYS, signal.SIGTRAP)


def make_private() -> None:
    """Call first thing in a process, before it opens anything."""
    _switch_off_core_dumps()
    os.umask(_OWNER_ONLY)  # for files of libraries, too


def die_of_crashes() -> None:
    """Call once the engine is open: its own handlers would keep a crashed process, and its memory, asleep for ever."""
    for crash in _CRASHES:
        signal.signal(crash, signal.SIG_DFL)


def _switch_off_core_dumps() -> None:
    """No core file, whatever the shell allows; on Linux none through a handler such as systemd-coredump either.

    The kernel then also keeps other processes of this user from reading this one's memory; root still may.
    """
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
