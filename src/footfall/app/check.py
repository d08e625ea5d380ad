"""What `footfall check` looks at in an open install: one row a check, each with a sentence for when it fails."""

import stat
from collections.abc import Callable

from footfall.app.findings import Finding
from footfall.app.install import Install
from footfall.errors import FootfallError
from footfall.spool import damages
from footfall.store import ServerEngine, Statement

_MAX_WAITING_ROWS = 10_000


Check = Callable[[Install], Finding]


def check_install(install: Install) -> list[Finding]:
    """Run every check."""
    return [check(install) for check in _CHECKS]


def _secrets(install: Install) -> Finding:
    mode = stat.S_IMODE((install.settings.data_dir / "secrets.json").stat().st_mode)
    return Finding("secrets readable by the owner only", mode & 0o077 == 0, oct(mode), "Run chmod 600 on secrets.json.")


def _spool(install: Install) -> Finding:
    waiting, _ = install.storage.spool.depth()
    return Finding(
        "events on their way into the store",
        waiting < _MAX_WAITING_ROWS and not install.storage.applier.is_failing,
        f"{waiting:,} waiting",
        "The store does not keep up or refuses events; see the log.",
    )


def _damaged(install: Install) -> Finding:
    _, damaged = install.storage.spool.depth()
    return Finding(
        "spool rows intact",
        damaged == 0,
        f"{damaged:,} set aside",
        "The disk returned other bytes than were written; check it. The rows are kept in spool.db, table damaged.",
    )


def _spool_file(install: Install) -> Finding:
    set_aside = damages(install.settings.data_dir)
    kept, lost = (sum(getattr(damage, name) for damage in set_aside) for name in ("kept", "lost"))
    names = ", ".join(damage.file for damage in set_aside)
    return Finding(
        "spool file intact",
        not set_aside,
        f"{names}: {kept:,} groups of events saved, {lost:,} not readable" if set_aside else "spool.db",
        "The disk returned other bytes than were written; check it. Delete the damaged file when you need it no more.",
    )


def _parts(install: Install) -> Finding:
    """Parts of tables the engine could not read when it started: what they held is missing from every report."""
    name = "parts of the store intact"
    sql = "SELECT name FROM system.detached_parts WHERE database = currentDatabase() AND reason != ''"
    try:
        rows = install.storage.reader.run(Statement("check", sql))
    except FootfallError as error:
        return _not_known(name, error)
    return Finding(
        name,
        not rows,
        f"{len(rows)} set aside" if rows else "all in use",
        "The disk returned other bytes than were written; check it, and restore a backup. The parts are kept in the"
        " folders named detached in store.",
    )


def _salts(install: Install) -> Finding:
    overdue = install.visitors.salts.overdue(install.clock())
    return Finding("salts of past days destroyed", overdue == 0, f"{overdue} overdue", "Restart Footfall.")


def _store(install: Install) -> Finding:
    """Ask the store anything at all; says what it is and who backs it up."""
    engine = install.storage.engine
    detail = f"{engine.address}, backed up by its own BACKUP" if isinstance(engine, ServerEngine) else "embedded"
    try:
        install.storage.reader.run(Statement("check", "SELECT 1"))
    except FootfallError as error:
        return Finding("store", is_fine=False, detail=detail, advice=error.message)
    return Finding("store", is_fine=True, detail=detail)


def _visits(install: Install) -> Finding:
    """Every event but engagement is counted in exactly one visit."""
    name = "visits agree with events"
    sums = ("SELECT countIf(name != 'engagement') FROM events", "SELECT sum(events) FROM visits")
    try:
        (events,), (counted,) = (install.storage.reader.run(Statement("check", sql))[0] for sql in sums)
    except FootfallError as error:
        return _not_known(name, error)
    return Finding(
        name,
        int(events) == int(counted),
        f"{events:,} events",
        "The visits were torn by a fault; restart Footfall, which mends the last batch.",
    )


def _not_known(name: str, error: FootfallError) -> Finding:
    return Finding(name, is_fine=False, detail="not known", advice=error.message)


_CHECKS: tuple[Check, ...] = (_secrets, _store, _spool, _damaged, _spool_file, _parts, _salts, _visits)
