"""An answer of the embedded engine as a stream of bytes, in any format.

Its client holds an answer whole where the format has a head or a foot, as CSV with names and Parquet have. So the
engine writes the answer as if to a file, which is a pipe: what nobody has read yet waits in the engine, and no byte of
it is ever on the disk.
"""

import os
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

from clickhouse_connect.driver.client import Client

_BLOCK_BYTES = 1 << 18
_ENDING_SECONDS = 0.05


def piped(
    client: Client, sql: str, parameters: dict[str, Any], engine_format: str, end: Callable[[], None]
) -> Iterator[bytes]:
    """The answer a block at a time; raises what the engine raises, a failure at the end before the last block.

    ``end`` ends the query: where the pipe has nobody who reads it, the engine would go on to the last row all the same.
    """
    reading, writing = os.pipe()
    failures: list[Exception] = []

    def write() -> None:
        try:
            # The engine opens the pipe a second time, so that it may close its end when it likes.
            client.command(f"{sql} INTO OUTFILE '/dev/fd/{writing:d}' TRUNCATE FORMAT {engine_format}", parameters)
        except Exception as error:
            failures.append(error)
        finally:
            os.close(writing)

    thread = Thread(target=write, name="piped", daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=_BLOCK_BYTES) as answer:
            while block := answer.read(_BLOCK_BYTES):
                if len(block) < _BLOCK_BYTES:
                    _raise_failure(thread, failures)
                yield block
        _raise_failure(thread, failures)
    finally:
        while thread.is_alive():
            end()
            thread.join(_ENDING_SECONDS)


def _raise_failure(thread: Thread, failures: list[Exception]) -> None:
    thread.join()
    for failure in failures:
        raise failure
