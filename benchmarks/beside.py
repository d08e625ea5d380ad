"""Doing something beside what is measured."""

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from benchmarks.load import Measured, Plan
from benchmarks.server import background, run_module


@contextmanager
def beside(run: Callable[[threading.Event], object]) -> Iterator[None]:
    """Run something in a thread during the block; the event tells it when the block ends."""
    ends = threading.Event()
    thread = threading.Thread(target=run, args=(ends,))
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()


def carry_out(plan: Plan, ends: threading.Event | None = None) -> Measured:
    """Send what the plan says from a process of its own, or less of it where ``ends`` comes first."""
    with tempfile.NamedTemporaryFile() as file:
        arguments = ("benchmarks.load", file.name, json.dumps(asdict(plan)))
        if ends is None:
            run_module(*arguments)
        else:
            with background(*arguments):
                ends.wait()
        return Measured(**json.load(file))
