"""Page views out of web-server logs.

lines → a format reads each → the sieve tells page views from the rest → batches of events. Addresses and user agents
pass through to intake, which hashes them; nothing here writes or prints one.
"""

from footfall.importers.logs.formats import FORMATS, LogFormat, find_format
from footfall.importers.logs.importing import Summary, import_logs
from footfall.importers.logs.reading import read_log
from footfall.importers.logs.request import LoggedRequest, Skipped, SkipReason
from footfall.importers.logs.sieve import parse_exclusion
from footfall.importers.logs.source import LogSource, open_log

__all__ = [
    "FORMATS",
    "LogFormat",
    "LogSource",
    "LoggedRequest",
    "SkipReason",
    "Skipped",
    "Summary",
    "find_format",
    "import_logs",
    "open_log",
    "parse_exclusion",
    "read_log",
]
