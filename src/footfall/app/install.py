"""One open install: every room built, in the order in which they lean on each other."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from footfall.accounts import (
    Accounts,
    AuditLog,
    Entrance,
    KeyRing,
    Links,
    Passwords,
    SecondFactors,
    SessionLife,
    Sessions,
)
from footfall.accounts.second_factor import KEY_PURPOSE
from footfall.app.erasing import ERASURES, Eraser
from footfall.app.erasure_log import ErasureLog
from footfall.app.jobs import Job, run_once
from footfall.app.lock import FolderLock
from footfall.app.passwords import passwords_of
from footfall.app.plans import usage_letter
from footfall.app.rebuilding import Rebuilder
from footfall.app.visitor_rights import VisitorRights
from footfall.collect.address import TrustedProxies
from footfall.collect.custom_domain import Seen
from footfall.collect.intake import Intake
from footfall.collect.quotas import Quotas
from footfall.collect.rates import Rates
from footfall.collect.steps import steps
from footfall.collect.verdicts import Verdicts
from footfall.domain.calendar import DAY_MS, local_day
from footfall.enrich import Enricher
from footfall.identity import Identity, NetworkNames, SaltStore
from footfall.mail import Post
from footfall.metadata import Database
from footfall.metadata.clock import elapsed_ms
from footfall.metadata.opening import open_database
from footfall.plans import Metering, TeamPlans, Usage, tell_owners
from footfall.profiles import Consents, LastingIds, Profiles
from footfall.realtime import FriendlyNames, Hub
from footfall.realtime.recall import goals_from, recall_from
from footfall.settings import Secrets, Settings, clickhouse_password, load_secrets
from footfall.sites import (
    Annotations,
    ChannelRebuilds,
    EventRegistry,
    Goals,
    Segments,
    SharedLinks,
    SiteDirectory,
    SiteShields,
    VerdictDays,
)
from footfall.spool import SeenIds, Spool, salvage_if_damaged
from footfall.store import (
    Channels,
    Engine,
    Erasure,
    Finaliser,
    Reader,
    Writer,
    count_received,
    count_views,
    open_embedded,
    open_server,
    reason_of,
)
from footfall.visits import Applier, OpenVisits

MEGABYTE = 1_000_000
_STORE_SECONDS = 3.0

Clock = Callable[[], int]
AfterStep = Callable[[str], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Install:
    """What the edges are given."""

    settings: Settings
    secrets: Secrets
    lock: FolderLock
    clock: Clock
    database: Database
    passwords: Passwords
    accounts: Accounts
    sessions: Sessions
    links: Links
    second_factors: SecondFactors
    entrance: Entrance
    keys: KeyRing
    audit_log: AuditLog
    sites: SiteDirectory
    goals: Goals
    segments: Segments
    shared_links: SharedLinks
    annotations: Annotations
    registry: EventRegistry
    shields: SiteShields
    verdict_days: VerdictDays
    quotas: Quotas
    plans: TeamPlans
    usage: Usage
    metering: Metering
    enricher: Enricher
    salts: SaltStore
    engine: Engine
    reader: Reader
    writer: Writer
    finaliser: Finaliser
    rebuilder: Rebuilder
    spool: Spool
    applier: Applier
    intake: Intake
    seen_hosts: dict[int, Seen]
    """When the own host of a site was last asked, by the number of the site."""
    proxies: TrustedProxies
    profiles: Profiles
    consents: Consents
    lasting_ids: LastingIds
    rights: VisitorRights
    jobs: tuple[Job, ...]
    names: FriendlyNames
    live: Hub
    restart: asyncio.Event
    """Set when the server should start anew."""


@contextmanager
def open_install(settings: Settings, clock: Clock, *, after_step: AfterStep = log.debug) -> Iterator[Install]:
    """Open the install in ``settings.data_dir``, making it where there's none; closes it in order at the end.

    ``after_step`` is told each step of the applier and of erasures.

    Raises DataFolderInUse while another process owns the folder, SettingsError where a setting or file is wrong.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FolderLock(settings.data_dir) as lock:
        install = _build(settings, clock, lock, after_step)
        _start_applier(install)
        try:
            _catch_up(install)
            yield install
        finally:
            _close(install)


def _start_applier(install: Install) -> None:
    """Mend before anything else, but do not wait for a server that may be away."""
    if install.settings.clickhouse_url:
        install.applier.start()
        install.applier.await_store(_STORE_SECONDS)
    else:
        install.applier.recover()
        install.applier.start()


def _build(settings: Settings, clock: Clock, lock: FolderLock, after_step: AfterStep) -> Install:
    folder = settings.data_dir
    secrets = load_secrets(folder)
    enricher = Enricher(settings.geoip_db)
    passwords = passwords_of(settings, is_start=True)
    database = open_database(settings, clock)
    sites = SiteDirectory(
        database, clock, base_url=settings.base_url, asks_everybody=settings.asks_everybody_for_second_factor
    )
    salts = SaltStore(folder / "salts.db")
    salts.load(clock())
    engine = _open_engine(settings)
    reader = Reader(
        engine,
        threads=settings.query_threads,
        timeout_seconds=settings.query_timeout_seconds,
        max_memory_bytes=settings.max_memory_mb * MEGABYTE * 3 // 4,
        shared_seconds=0.5,
    )
    writer = Writer(engine)
    spool = _open_spool(settings, clock)
    applier = Applier(
        spool,
        writer,
        OpenVisits(_zones(sites)),
        clock_ms=clock,
        interval_ms=settings.apply_interval_ms,
        after_step=after_step,
    )
    finaliser = Finaliser(engine, applier.pause)
    audit_log = AuditLog(database, clock)
    life = SessionLife(settings.session_idle_days)
    accounts = Accounts(database, clock, passwords, life)
    second_factors = SecondFactors(database, clock, secrets.key_for(KEY_PURPOSE))
    consents, profiles = Consents(database, clock), Profiles(database, clock)
    consents.load()
    identity = Identity(salts, secrets.visitor_key)
    lasting_ids = LastingIds(identity, consents)
    networks = NetworkNames(secrets.key_for("shields"))
    verdicts = Verdicts(applier.dropped.copy)
    verdict_days = VerdictDays(database)
    goals = Goals(database, clock)
    registry = EventRegistry(
        database, clock, most_names=settings.event_names_per_site, most_keys=settings.property_keys_per_site
    )
    names = FriendlyNames(secrets.key_for("friendly names"))
    quotas = Quotas(verdicts.totals, partial(count_received, reader))
    usage, plans = Usage(database, clock), TeamPlans(database)
    count = partial(count_views, reader)
    metering = Metering(database, usage, plans, count, clock, drops=settings.past_quota == "drop")
    count_team_views = Job("count the views of teams", 60, metering.run)
    tell_teams = Job(
        "tell teams whose views are nearly used up",
        60,
        lambda: tell_owners(plans, usage, metering, Post(settings), usage_letter(settings), clock()),
    )
    if settings.has_plans:
        _run_at_start(count_team_views, settings)
    count_quotas = Job("count what sites have used of their quota", 60, lambda: quotas.recount(sites.all(), clock()))
    _run_at_start(count_quotas, settings)
    intake = Intake(
        steps(enricher, identity, lasting_ids, networks, quotas, metering, registry.known),
        spool,
        reader,
        clock,
        Rates(per_client=settings.rate_per_client, per_site=settings.rate_per_site),
        verdicts,
    )
    eraser = Eraser(
        data_dir=folder,
        log=ErasureLog(folder / ERASURES, secrets.key_for("erasures")),
        clock=clock,
        database=database,
        sites=sites,
        profiles=profiles,
        consents=consents,
        spool=spool,
        applier=applier,
        store=Erasure(engine, writer),
        rollups=finaliser,
        after_step=after_step,
    )
    rebuilder = Rebuilder(
        sites=sites,
        journal=ChannelRebuilds(database),
        channels=Channels(engine),
        rollups=finaliser,
        reader=reader,
        applier=applier,
        settle=eraser.settle,
        clock=clock,
        after_step=after_step,
    )
    return Install(
        settings=settings,
        secrets=secrets,
        lock=lock,
        clock=clock,
        database=database,
        passwords=passwords,
        accounts=accounts,
        sessions=Sessions(database, clock, life),
        links=Links(database, clock, passwords),
        second_factors=second_factors,
        entrance=Entrance(database, clock, accounts, second_factors),
        keys=KeyRing(database, clock),
        audit_log=audit_log,
        sites=sites,
        goals=goals,
        segments=Segments(database, clock),
        shared_links=SharedLinks(database, clock),
        annotations=Annotations(database, clock),
        registry=registry,
        shields=SiteShields(database, clock, sites, networks),
        verdict_days=verdict_days,
        quotas=quotas,
        plans=plans,
        usage=usage,
        metering=metering,
        enricher=enricher,
        salts=salts,
        engine=engine,
        reader=reader,
        writer=writer,
        finaliser=finaliser,
        rebuilder=rebuilder,
        spool=spool,
        applier=applier,
        intake=intake,
        seen_hosts={},
        proxies=TrustedProxies(settings.trusted_proxies),
        profiles=profiles,
        consents=consents,
        lasting_ids=lasting_ids,
        rights=VisitorRights(lasting_ids, profiles, consents, reader, eraser),
        jobs=(
            Job("destroy salts whose day is over", 60, lambda: salts.destroy_expired(clock())),
            Job("wipe what has left the spool", 600, spool.wipe_journal),
            Job(
                "delete what is older than its site keeps",
                3600,
                lambda: delete_expired(sites, writer, finaliser, applier, clock()),
            ),
            Job("bring what is stored up to date with the zone and the rules of its site", 5, rebuilder.run),
            Job("roll up days that have closed or changed", 600, lambda: finaliser.run(sites.all(), clock())),
            Job(
                "delete profiles their site has not spoken of since",
                3600,
                lambda: forget_profiles(sites, profiles, clock()),
            ),
            Job("delete old entries of the audit log", 3600, audit_log.expire),
            Job("end consents of 13 months", 3600, consents.expire),
            Job("take up erasures that were cut off", 60, eraser.catch_up),
            count_quotas,
            *((count_team_views, tell_teams) if settings.has_plans else ()),
            Job("write down new names of events", 10, registry.write_down, also_at_end=True),
            Job(
                "write down what became of events",
                60,
                lambda: verdicts.write_down(verdict_days, sites.by_id, clock()),
                also_at_end=True,
            ),
        ),
        names=names,
        live=Hub(spool, recall_from(spool, applier, reader, clock), goals_from(goals), names, clock),
        restart=asyncio.Event(),
    )


def _catch_up(install: Install) -> None:
    """Erase what a crash or a restore has kept; where the store does not let us yet, a job tries again."""
    try:
        install.rights.eraser.catch_up()
    except Exception as error:  # without its text, which may tell whom it is about
        log.error("an erasure could not be taken up yet, it is tried again every minute: %s", reason_of(error))


def delete_expired(sites: SiteDirectory, writer: Writer, finaliser: Finaliser, applier: Applier, now_ms: int) -> int:
    """Delete events past their site's retention; returns how many sites had any."""
    limits = [(site, local_day(now_ms, site.zone) - site.retention_days) for site in sites.all() if site.retention_days]
    expired = [(site, day) for site, day in limits if writer.has_before(site.id, day)]
    for site, day in expired:
        with finaliser.forgetting(site.id, range(day), strays=site.stray_days), applier.pause():
            writer.delete_before(site.id, day)
    return len(expired)


def forget_profiles(sites: SiteDirectory, profiles: Profiles, now_ms: int) -> None:
    """Delete profiles that are older than their site keeps events."""
    for site in sites.all():
        if site.retention_days:
            profiles.delete_before(site.id, now_ms - site.retention_days * DAY_MS)


def _run_at_start(job: Job, settings: Settings) -> None:
    """Run a job before anything is served, but do not wait for a server that may be away."""
    if settings.clickhouse_url:
        threading.Thread(target=run_once, args=(job,), name=job.name, daemon=True).start()
    else:
        run_once(job)


def _open_engine(settings: Settings) -> Engine:
    """The store of the data folder, or the server that is named instead."""
    if settings.clickhouse_url:
        password = clickhouse_password(settings)
        return open_server(settings.clickhouse_url, password, timeout_seconds=settings.clickhouse_timeout_seconds)
    folder = settings.data_dir
    return open_embedded(
        folder / "store", max_memory_bytes=settings.max_memory_mb * MEGABYTE, temporary_dir=folder / "tmp"
    )


def _open_spool(settings: Settings, clock: Clock) -> Spool:
    """Open the spool with the ids of the events in it; the applier adds those of the store.

    They grow old by a clock that nobody can set: an id forgotten too early would let a retry be stored twice.
    """
    seen = SeenIds()
    path = settings.data_dir / "spool.db"
    salvage_if_damaged(path, f"{datetime.fromtimestamp(clock() / 1000, UTC):%Y%m%dT%H%M%S}")
    spool = Spool(path, max_bytes=settings.spool_max_mb * MEGABYTE, clock_ms=elapsed_ms, seen=seen)
    seen.remember(spool.event_ids(), elapsed_ms())
    return spool


def _zones(sites: SiteDirectory) -> Callable[[int], ZoneInfo | None]:
    """A site's zone, None where the site is gone."""

    def zone_of(site_id: int) -> ZoneInfo | None:
        site = sites.by_id(site_id)
        return site.zone if site else None

    return zone_of


def _close(install: Install) -> None:
    """Last in, first out: nothing is closed while something still leans on it."""
    install.rebuilder.stop()
    install.finaliser.close()
    install.rebuilder.close()
    install.applier.stop()
    for job in install.jobs:
        if job.also_at_end:
            run_once(job)
    install.spool.close()
    install.reader.close()
    install.rights.eraser.store.close()
    install.writer.close()
    install.engine.close()
    install.salts.close()
    install.enricher.close()
    install.database.close()
