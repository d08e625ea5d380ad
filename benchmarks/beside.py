"""Doing something beside what is measured."""

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from benchmarks.load import Measured, Plan
from benchmarks.server import run_module


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


def carry_out(plan: Plan) -> Measured:
    """Send what the plan says from a process of its own."""
    with tempfile.NamedTemporaryFile() as file:
        run_module("benchmarks.load", file.name, text=json.dumps(asdict(plan)))
        return Measured(**json.load(file))
