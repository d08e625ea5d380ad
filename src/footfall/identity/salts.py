"""Random salts, one for each site and local day, and their destruction.

Salts of today and yesterday stand in SQLite with `secure_delete`, so that a restart does not split visitors. Salts of
days further back (an import of old logs) are held in memory only and die with the import.
"""

import secrets
import sqlite3
import threading
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from footfall.domain.calendar import day_bounds_ms, local_day
from footfall.errors import Unavailable

HOUR_MS = 3_600_000
# A salt may live 24 hours past its day; an hour less leaves room for a sleeping sweep.
_KEEP_AFTER_DAY_MS = 23 * HOUR_MS
_PAST_SALT_LIFE_SECONDS = 6 * 3600
_BUSY_SECONDS = 1.0  # intake may wait behind a sweep that waits for a reader
# A salt that would outlive this was made while the clock ran ahead. A clock before 2026 was never set.
_LONGEST_LIFE_MS = 4 * 24 * HOUR_MS
_NEVER_MS = (1 << 63) - 1
_EARLIEST_NOW_MS = 1_767_225_600_000
_SELECT_DUE = "SELECT site_id, day FROM salts WHERE destroy_at_ms <= ? OR destroy_at_ms > ?"

LIVE = ""
"""The scope of live traffic; an import uses a scope of its own."""


class SaltStore:
    """Gives out salts, and destroys them with their bytes. Safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._salts: dict[tuple[int, int], bytes] = {}
        self._past: dict[str, _PastSalts] = {}
        self._has_copies = False
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)
        path.chmod(0o600)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS salts (site_id INTEGER, day INTEGER, salt BLOB NOT NULL,"
            " destroy_at_ms INTEGER NOT NULL, PRIMARY KEY (site_id, day)) WITHOUT ROWID"
        )

    def load(self, now_ms: int) -> None:
        """Destroy what is overdue, then read the rest; call before the first event."""
        self.destroy_expired(now_ms)
        with self._lock:
            self._forget_journal()  # a crash may have come between destroying a salt and wiping its copies
            for site_id, day, salt in self._database.execute("SELECT site_id, day, salt FROM salts"):
                self._salts[site_id, day] = salt

    def salt(self, site_id: int, day: int, zone: ZoneInfo, now_ms: int, scope: str = LIVE) -> bytes:
        """The salt of a site's day, made on first use."""
        found = self._salts.get((site_id, day))
        if found is not None:
            return found
        if day < local_day(now_ms, zone) - 1:
            return self._past_salt(scope, site_id, day)
        return self._make(site_id, day, day_bounds_ms(day, zone)[1] + _KEEP_AFTER_DAY_MS)

    def existing(self, site_id: int, day: int, scope: str = LIVE) -> bytes | None:
        """The salt of a site's day if it still lives; never makes one."""
        found = self._salts.get((site_id, day))
        if found is not None:
            return found
        past = self._past.get(scope)
        return past.salts.get((site_id, day)) if past else None

    def destroy_expired(self, now_ms: int) -> int:
        """Destroy the salts whose time has come, on disk and in memory; returns how many."""
        with self._lock:
            due = self._database.execute(_SELECT_DUE, _due(now_ms)).fetchall()
            if due:
                self._database.execute("DELETE FROM salts WHERE destroy_at_ms <= ? OR destroy_at_ms > ?", _due(now_ms))
            if due or self._has_copies:
                self._forget_journal()
            for key in due:
                self._salts.pop(key, None)
            for scope in [scope for scope, past in self._past.items() if past.is_expired()]:
                del self._past[scope]
        return len(due)

    def overdue(self, now_ms: int) -> int:
        """How many salts on disk should be gone by now."""
        with self._lock:
            return len(self._database.execute(_SELECT_DUE, _due(now_ms)).fetchall())

    def end_import(self, scope: str) -> None:
        """Destroy the salts of one import."""
        with self._lock:
            self._past.pop(scope, None)

    def forget_site(self, site_id: int) -> None:
        """Destroy every salt of a site."""
        with self._lock:
            self._database.execute("DELETE FROM salts WHERE site_id = ?", (site_id,))
            self._forget_journal()
            for key in [key for key in self._salts if key[0] == site_id]:
                del self._salts[key]

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _make(self, site_id: int, day: int, destroy_at_ms: int) -> bytes:
        with self._lock:
            found = self._salts.get((site_id, day))
            if found is not None:
                return found
            salt = secrets.token_bytes(32)
            try:
                self._database.execute("INSERT INTO salts VALUES (?, ?, ?, ?)", (site_id, day, salt, destroy_at_ms))
            except sqlite3.OperationalError as error:
                raise Unavailable("The disk that holds the salts is full or failing; send again later.") from error
            self._salts[site_id, day] = salt
            return salt

    def _past_salt(self, scope: str, site_id: int, day: int) -> bytes:
        with self._lock:
            past = self._past.setdefault(scope, _PastSalts())
            past.used_at = time.monotonic()
            return past.salts.setdefault((site_id, day), secrets.token_bytes(32))

    def _forget_journal(self) -> None:
        # The write-ahead log holds copies of the pages that were just wiped. It cannot be cut while another process
        # reads the file; the next sweep tries again.
        (is_busy, _, _) = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._has_copies = bool(is_busy)


def _due(now_ms: int) -> tuple[int, int]:
    latest = now_ms + _LONGEST_LIFE_MS if now_ms > _EARLIEST_NOW_MS else _NEVER_MS
    return now_ms, latest


class _PastSalts:
    """Salts of one import, in memory only."""

    def __init__(self) -> None:
        self.salts: dict[tuple[int, int], bytes] = {}
        self.used_at = time.monotonic()

    def is_expired(self) -> bool:
        return time.monotonic() - self.used_at > _PAST_SALT_LIFE_SECONDS
