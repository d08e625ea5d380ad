"""What an install leans on, which `footfall check` looks at first: also where the install itself cannot be opened.

One row a check; each takes the settings alone, and changes nothing.
"""

import asyncio
import ctypes
import resource
import shutil
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import maxminddb

from footfall.accounts import LeakedPasswords
from footfall.app.findings import Finding
from footfall.collect.address import TrustedProxies
from footfall.errors import FootfallError
from footfall.mail import Post
from footfall.metadata.opening import look_at
from footfall.metadata.revisions import known_revisions
from footfall.settings import Settings

_MEGABYTE = 1_000_000
_MIN_FREE_BYTES = 500 * _MEGABYTE
_MIN_OPEN_FILES = 4_096
_MOST_CLOCK_DIFFERENCE_MS = 5_000
_WRITTEN_LATER_SECONDS = 60
_WRITTEN_AFTER = 1_767_225_600  # 2026: this release is not older
_PLACES_GROW_OLD_SECONDS = 366 * 86_400
_PLACES_LOOKED_AT = 5_000  # of the list of leaked passwords
_PR_GET_DUMPABLE = 3

Check = Callable[[Settings], Finding]


def check_surroundings(settings: Settings) -> list[Finding]:
    """Run every check."""
    return [check(settings) for check in _CHECKS]


def _disk(settings: Settings) -> Finding:
    folder = next(path for path in (settings.data_dir.resolve(), *settings.data_dir.resolve().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return Finding(
        "free disk", free >= _MIN_FREE_BYTES, f"{free // _MEGABYTE:,} MB", "Make room: intake stops on a full disk."
    )


def _database(settings: Settings) -> Finding:
    name = "database of people and sites"
    if not settings.database_url and not (settings.data_dir / "footfall.db").exists():
        return Finding(name, is_fine=True, detail="made at the first start")
    try:
        state = look_at(settings)
    except FootfallError as error:
        advice = "Start the server, or correct FOOTFALL_DATABASE_URL; events are taken for a day meanwhile."
        if not settings.database_url:
            advice = "Wait for, or end, who has locked the file; where the disk has damaged it, restore a backup."
        return Finding(name, is_fine=False, detail=error.message, advice=advice)
    schema = f"schema {state.revision or 'not made yet'}"
    detail = ", ".join(part for part in (state.address, state.server, schema) if part)
    if state.revision == state.newest or not state.revision:
        return Finding(name, is_fine=True, detail=detail)
    if state.revision in known_revisions():
        advice = f"Its schema is behind {state.newest}, which this release needs; restart Footfall: it migrates then."
    else:
        advice = "A newer Footfall has used it; install that release, or restore a backup made before."
    return Finding(name, is_fine=False, detail=detail, advice=advice)


def _clock(settings: Settings) -> Finding:
    """Against the years, the files of this install, and the machine of the database."""
    now = time.time()
    newest = max((path.stat().st_mtime for path in settings.data_dir.glob("*.db*")), default=now)
    shown = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now))
    advice = "Set it, best by NTP: the days of events and the end of salts hang on it."
    if now < _WRITTEN_AFTER or newest - now > _WRITTEN_LATER_SECONDS:
        return Finding("clock", is_fine=False, detail=f"{shown}, earlier than files written before", advice=advice)
    try:
        theirs = look_at(settings).clock_ms if settings.database_url else None
    except FootfallError:
        theirs = None  # told by the check of the database
    if theirs is not None and abs(theirs - time.time() * 1000) > _MOST_CLOCK_DIFFERENCE_MS:
        differs = f"{shown}, {abs(theirs / 1000 - time.time()):,.0f} s from the database's"
        return Finding("clock", is_fine=False, detail=differs, advice=advice)
    return Finding("clock", is_fine=True, detail=shown)


def _open_files(_settings: Settings) -> Finding:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    is_fine = most == resource.RLIM_INFINITY or most >= _MIN_OPEN_FILES
    shown = "no limit" if most == resource.RLIM_INFINITY else f"{most:,} at most"
    advice = "Each connection takes one; raise LimitNOFILE of the service, or ulimit -Hn."
    return Finding("open files", is_fine, shown, advice)


def _core_dumps(_settings: Settings) -> Finding:
    """Of the process that asks: the server where one runs."""
    soft, _ = resource.getrlimit(resource.RLIMIT_CORE)
    may_be_dumped = sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 1
    is_fine = soft == 0 and not may_be_dumped
    advice = "They would put addresses and salts on a disk; set LimitCORE=0, and start Footfall by its own command."
    return Finding("no core dumps", is_fine, "off" if is_fine else "on", advice)


def _proxies(settings: Settings) -> Finding:
    name, detail = "trusted proxies", settings.trusted_proxies or "none"
    try:
        TrustedProxies(settings.trusted_proxies)
    except FootfallError as error:
        return Finding(name, is_fine=False, detail=detail, advice=error.message)
    trusts_all = any(part.strip().endswith("/0") for part in settings.trusted_proxies.split(","))
    advice = "Name your proxies alone in FOOTFALL_TRUSTED_PROXIES: as it is, anybody may claim any address."
    return Finding(name, not trusts_all, detail, advice)


def _public_address(settings: Settings) -> Finding:
    name = "public address"
    if not settings.base_url:
        return Finding(name, is_fine=True, detail="taken from each request")
    url = urlsplit(settings.base_url)
    is_local = url.hostname in ("localhost", "127.0.0.1", "::1")
    is_fine = bool(url.hostname) and (url.scheme == "https" or (url.scheme == "http" and is_local))
    advice = "Write FOOTFALL_BASE_URL as https://stats.example.com: without TLS anybody on the way reads along."
    return Finding(name, is_fine, settings.base_url, advice)


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding("mail", is_fine=True, detail="none is sent; links are shown, or printed by the command")
    detail = f"{settings.smtp_host}:{settings.smtp_port}, {settings.smtp_security}"
    try:
        asyncio.run(Post(settings).reach())
    except FootfallError as error:
        return Finding("mail", is_fine=False, detail=detail, advice=error.message)
    return Finding("mail", is_fine=True, detail=detail)


def _leaked_passwords(settings: Settings) -> Finding:
    path = settings.leaked_passwords
    if path is None:
        return Finding("leaked passwords", is_fine=True, detail="no list; common ones are refused all the same")
    try:
        LeakedPasswords(path).require_usable(_PLACES_LOOKED_AT)
    except FootfallError as error:
        return Finding("leaked passwords", is_fine=False, detail=str(path), advice=error.message)
    return Finding("leaked passwords", is_fine=True, detail=f"{path}, {path.stat().st_size // _MEGABYTE:,} MB")


def _places(settings: Settings) -> Finding:
    path = settings.geoip_db
    if path is None:
        return Finding("places", is_fine=True, detail="countries from time zones only")
    try:
        with maxminddb.open_database(str(path)) as database:
            built, kind = database.metadata().build_epoch, database.metadata().database_type
    except (OSError, ValueError, maxminddb.InvalidDatabaseError):
        advice = "Put a city or country database (.mmdb) there, or set FOOTFALL_GEOIP_DB to where it is."
        return Finding("places", is_fine=False, detail=f"{path} cannot be read", advice=advice)
    detail = f"{path}, {kind} of {time.strftime('%Y-%m-%d', time.gmtime(built))}"
    is_fine = time.time() - built < _PLACES_GROW_OLD_SECONDS
    return Finding("places", is_fine, detail, "It is over a year old, and networks move; get a newer one.")


_CHECKS: tuple[Check, ...] = (
    *(_disk, _clock, _database, _open_files, _core_dumps),
    *(_public_address, _proxies, _mail, _leaked_passwords, _places),
)
