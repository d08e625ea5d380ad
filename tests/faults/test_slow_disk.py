"""A disk that is slow to confirm, and one that cannot be read for a while."""

import threading
from pathlib import Path

from tests.faults.asking import PATIENCE_SECONDS, RECOVERY_SECONDS, Answer, ask, query, send, send_and_wait
from tests.faults.rig import Rig
from tests.faults.tracing import READS, SYNCS, needs_strace, strace
from tests.faults.waiting import wait_until

SLOW_SECONDS = 0.3
FAILING_SECONDS = 3.0


def spool_files(rig: Rig) -> list[Path]:
    return [rig.data_dir / name for name in ("spool.db", "spool.db-wal")]


def columns(rig: Rig) -> list[Path]:
    """The files of the store that hold values."""
    return sorted((rig.data_dir / "store").rglob("data.bin"))


@needs_strace
def test_it_waits_for_a_disk_that_is_slow_to_confirm(rig: Rig) -> None:
    with rig.server() as server:
        with rig.load(server), strace(server, SYNCS, f"delay_enter={int(SLOW_SECONDS * 1e6)}", paths=spool_files(rig)):
            threading.Event().wait(FAILING_SECONDS)
            answers = [send(rig, server) for _ in range(3)]
        rig.check_nothing_lost_or_doubled(server)

    assert {answer.status for answer in answers} == {202}
    assert min(answer.seconds for answer in answers) > SLOW_SECONDS


@needs_strace
def test_it_goes_on_once_the_spool_can_be_read_again(rig: Rig) -> None:
    with rig.server() as server:
        with rig.load(server):
            with strace(server, READS, "error=EIO", paths=spool_files(rig)):
                threading.Event().wait(FAILING_SECONDS)
                answers = [send(rig, server) for _ in range(20)]
            wait_until(lambda: send_and_wait(rig, server).status == 202, RECOVERY_SECONDS, "the store")
        rig.check_nothing_lost_or_doubled(server)

    assert {answer.status for answer in answers} <= {202, 503}


@needs_strace
def test_it_says_so_while_the_store_cannot_be_read_and_loses_nothing(rig: Rig) -> None:
    with rig.server() as server:
        with rig.load(server):
            threading.Event().wait(1)
        wait_until(lambda: ask(server, "/ready").body["waiting"] == 0, PATIENCE_SECONDS, "an empty spool")
        with strace(server, READS, "error=EIO", paths=columns(rig)):
            figures, taken = query(rig, server), send(rig, server)
        wait_until(lambda: query(rig, server).status == 200, RECOVERY_SECONDS, "reports")
        rig.check_nothing_lost_or_doubled(server)

    check_is_an_error_in_words(figures)
    assert taken.status == 202


def check_is_an_error_in_words(answer: Answer) -> None:
    assert answer.status in {500, 503}
    assert "again" in str(answer.body["error"])
