"""Where lines come from: a file, a gzip file, or standard input."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from footfall.errors import NotFound

_GZIP_MAGIC = b"\x1f\x8b"
_LINE_LIMIT_BYTES = 65_536  # longer ones come in pieces, which fit no format


class LogSource:
    """An open log; ``size_bytes`` is 0 where it is not known, and counts compressed bytes of a gzip file."""

    def __init__(self, raw: io.FileIO, size_bytes: int = 0) -> None:
        self.size_bytes = size_bytes
        self._raw = raw
        self._buffered = io.BufferedReader(raw)

    def lines(self) -> Iterator[str]:
        """Every line, whatever bytes it holds."""
        is_gzip = self._buffered.peek(2)[:2] == _GZIP_MAGIC
        content = gzip.GzipFile(fileobj=self._buffered) if is_gzip else self._buffered
        while line := content.readline(_LINE_LIMIT_BYTES):
            yield line.decode(errors="replace")

    def position_bytes(self) -> int:
        """How far the file has been read."""
        return self._raw.tell() if self.size_bytes else 0


@contextmanager
def open_log(name: str) -> Iterator[LogSource]:
    """Open the log called ``name``, `-` for standard input; raises NotFound."""
    if name == "-":
        yield LogSource(io.FileIO(0, closefd=False))
        return
    path = Path(name)
    try:
        raw = io.FileIO(path)
    except OSError as error:
        raise NotFound(
            f"{name} cannot be read ({error.strerror}); give the path of a log file, or - for input."
        ) from error
    with raw:
        yield LogSource(raw, path.stat().st_size)
