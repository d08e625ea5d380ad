"""Opening an install: every room, in the order in which they lean on each other, and closing it again."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from footfall.app.erasing import ERASURES, Eraser
from footfall.app.erasure_log import ErasureLog
from footfall.app.install import Install
from footfall.app.jobs import Job, run_once
from footfall.app.lock import FolderLock
from footfall.app.passwords import passwords_of
from footfall.app.rebuilding import Rebuilder
from footfall.app.rooms.allowances import Allowances, make_allowances
from footfall.app.rooms.belongings import Belongings, make_belongings
from footfall.app.rooms.people import make_people
from footfall.app.rooms.storage import Storage, open_storage
from footfall.app.rooms.visitors import Visitors, open_visitors
from footfall.app.upkeep import jobs_of
from footfall.app.visitor_rights import VisitorRights
from footfall.collect.address import TrustedProxies
from footfall.collect.intake import Intake
from footfall.collect.rates import Rates
from footfall.collect.steps import steps
from footfall.collect.verdicts import Verdicts
from footfall.enrich import Enricher
from footfall.metadata import Clock, Database
from footfall.metadata.opening import open_database
from footfall.realtime import FriendlyNames, Hub
from footfall.realtime.recall import goals_from, recall_from
from footfall.settings import Secrets, Settings, load_secrets
from footfall.sites import ChannelRebuilds, SiteDirectory
from footfall.store import Channels, Erasure, reason_of

_STORE_SECONDS = 3.0
_MENDING_SECONDS = 10.0

AfterStep = Callable[[str], None]

log = logging.getLogger(__name__)


@contextmanager
def open_install(settings: Settings, clock: Clock, *, after_step: AfterStep = log.debug) -> Iterator[Install]:
    """Open the install in ``settings.data_dir``, making it where there's none; closes it in order at the end.

    ``after_step`` is told each step of the applier and of erasures.

    Raises DataFolderInUse while another process owns the folder, SettingsError where a setting or file is wrong.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FolderLock(settings.data_dir) as lock:
        install = _build(settings, clock, lock, after_step)
        jobs = jobs_of(install)
        _run_at_start(jobs, settings)
        _start_applier(install)
        try:
            _catch_up(install)
            yield install
        finally:
            _close(install, jobs)


def _build(settings: Settings, clock: Clock, lock: FolderLock, after_step: AfterStep) -> Install:
    secrets = load_secrets(settings.data_dir)
    enricher, passwords = Enricher(settings.geoip_db), passwords_of(settings, is_start=True)
    database = open_database(settings, clock)
    sites = SiteDirectory(
        database, clock, base_url=settings.base_url, asks_everybody=settings.asks_everybody_for_second_factor
    )
    visitors = open_visitors(settings, secrets, database, clock)
    belongings = make_belongings(settings, database, clock, sites, visitors.networks)
    storage = open_storage(settings, clock, sites, after_step)
    verdicts = Verdicts(storage.applier.dropped.copy)
    allowances = make_allowances(settings, database, clock, storage.reader, verdicts)
    eraser = _eraser(settings, secrets, database, clock, sites, visitors, storage, after_step)
    names = FriendlyNames(secrets.key_for("friendly names"))
    return Install(
        settings=settings,
        secrets=secrets,
        lock=lock,
        clock=clock,
        database=database,
        sites=sites,
        people=make_people(settings, secrets, database, clock, passwords),
        belongings=belongings,
        visitors=visitors,
        storage=storage,
        allowances=allowances,
        enricher=enricher,
        intake=_intake(settings, clock, enricher, visitors, belongings, allowances, storage, verdicts),
        seen_hosts={},
        proxies=TrustedProxies(settings.trusted_proxies),
        rights=VisitorRights(visitors.lasting_ids, visitors.profiles, visitors.consents, storage.reader, eraser),
        rebuilder=_rebuilder(database, clock, sites, storage, eraser, after_step),
        names=names,
        live=_hub(clock, storage, belongings, names),
        restart=asyncio.Event(),
    )


def _intake(
    settings: Settings,
    clock: Clock,
    enricher: Enricher,
    visitors: Visitors,
    belongings: Belongings,
    allowances: Allowances,
    storage: Storage,
    verdicts: Verdicts,
) -> Intake:
    taken = steps(
        enricher,
        visitors.identity,
        visitors.lasting_ids,
        visitors.networks,
        allowances.quotas,
        allowances.metering,
        belongings.registry.known,
    )
    rates = Rates(per_client=settings.rate_per_client, per_site=settings.rate_per_site)
    return Intake(taken, storage.spool, storage.reader, clock, rates, verdicts)


def _eraser(
    settings: Settings,
    secrets: Secrets,
    database: Database,
    clock: Clock,
    sites: SiteDirectory,
    visitors: Visitors,
    storage: Storage,
    after_step: AfterStep,
) -> Eraser:
    folder = settings.data_dir
    return Eraser(
        data_dir=folder,
        log=ErasureLog(folder / ERASURES, secrets.key_for("erasures")),
        clock=clock,
        database=database,
        sites=sites,
        profiles=visitors.profiles,
        consents=visitors.consents,
        spool=storage.spool,
        applier=storage.applier,
        store=Erasure(storage.engine, storage.writer),
        rollups=storage.finaliser,
        after_step=after_step,
    )


def _rebuilder(
    database: Database, clock: Clock, sites: SiteDirectory, storage: Storage, eraser: Eraser, after_step: AfterStep
) -> Rebuilder:
    return Rebuilder(
        sites=sites,
        journal=ChannelRebuilds(database),
        channels=Channels(storage.engine),
        rollups=storage.finaliser,
        reader=storage.reader,
        applier=storage.applier,
        settle=eraser.settle,
        clock=clock,
        after_step=after_step,
    )


def _hub(clock: Clock, storage: Storage, belongings: Belongings, names: FriendlyNames) -> Hub:
    recall = recall_from(storage.spool, storage.applier, storage.reader, clock)
    return Hub(storage.spool, recall, goals_from(belongings.goals), names, clock)


def _run_at_start(jobs: Sequence[Job], settings: Settings) -> None:
    """Run what comes before anything is served, but do not wait for a server that may be away."""
    for job in jobs:
        if job.also_at_start and settings.clickhouse_url:
            threading.Thread(target=run_once, args=(job,), name=job.name, daemon=True).start()
        elif job.also_at_start:
            run_once(job)


def _start_applier(install: Install) -> None:
    """Mend before anything else, but do not wait for a server that may be away, nor for room on a disk that is full."""
    applier = install.storage.applier
    applier.start()
    applier.await_store(_STORE_SECONDS if install.settings.clickhouse_url else _MENDING_SECONDS)


def _catch_up(install: Install) -> None:
    """Erase what a crash or a restore has kept; where the store does not let us yet, a job tries again."""
    try:
        install.rights.eraser.catch_up()
    except Exception as error:  # without its text, which may tell whom it is about
        log.error("an erasure could not be taken up yet, it is tried again every minute: %s", reason_of(error))


def _close(install: Install, jobs: Sequence[Job]) -> None:
    """Last in, first out: nothing is closed while something still leans on it."""
    storage = install.storage
    install.rebuilder.stop()
    storage.finaliser.close()
    install.rebuilder.close()
    storage.applier.stop()
    for job in jobs:
        if job.also_at_end:
            run_once(job)
    storage.spool.close()
    storage.reader.close()
    install.rights.eraser.store.close()
    storage.writer.close()
    storage.engine.close()
    install.visitors.salts.close()
    install.enricher.close()
    install.database.close()
