"""How the log is written: as text for people, or a JSON object a line for machines.

Neither tells the message of what nobody expected, which may quote what was sent: its kind and place are enough.
"""

import json
import logging
from datetime import UTC, datetime

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TELLS_OF_ITS_PARTS = "alembic.runtime.plugins"


class JsonLines(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `logger`, `message`, and the fields an entry has of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one entry."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entry = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
        entry |= getattr(record, "fields", {})
        return json.dumps(entry, ensure_ascii=False)


def start_log(level: str, form: str) -> None:
    """Log to standard error from ``level`` on, in the form `text` or `json`."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger(_TELLS_OF_ITS_PARTS).setLevel(logging.WARNING)
