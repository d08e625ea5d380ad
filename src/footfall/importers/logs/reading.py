"""Lines to requests."""

from collections.abc import Iterable, Iterator

from footfall.importers.logs.fields import Unreadable, request_of
from footfall.importers.logs.formats import LogFormat
from footfall.importers.logs.request import LoggedRequest, Skipped, SkipReason


def read_log(lines: Iterable[str], log_format: LogFormat) -> Iterator[LoggedRequest | Skipped]:
    """Each line as a request, or as skipped with the reason why it cannot be read. Blank lines and comments vanish."""
    for line_number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield _read(line_number, text, log_format)


def _read(line_number: int, text: str, log_format: LogFormat) -> LoggedRequest | Skipped:
    fields = log_format.read(text)
    if fields is None:
        return Skipped(line_number, SkipReason.MALFORMED, "the line does not fit the format")
    try:
        return request_of(line_number, fields, log_format.clock)
    except Unreadable as error:
        return Skipped(line_number, SkipReason.MALFORMED, str(error))
