"""What an install does by itself, again and again: one row a job."""

from footfall.app.install import Install
from footfall.app.jobs import Job
from footfall.app.plans import usage_letter
from footfall.app.rooms.storage import Storage
from footfall.domain.calendar import DAY_MS, local_day
from footfall.mail import Post
from footfall.plans import tell_owners
from footfall.profiles import Profiles
from footfall.sites import SiteDirectory
from footfall.store import give_back_program


def jobs_of(install: Install) -> tuple[Job, ...]:
    """All of them."""
    clock, sites, rebuilder = install.clock, install.sites, install.rebuilder
    people, belongings, visitors, storage = install.people, install.belongings, install.visitors, install.storage
    verdicts, quotas = install.intake.verdicts, install.allowances.quotas
    return (
        Job("destroy salts whose day is over", 60, lambda: visitors.salts.destroy_expired(clock())),
        Job("wipe what has left the spool", 600, storage.spool.wipe_journal),
        Job(
            "delete what is older than its site keeps",
            3600,
            lambda: delete_expired(sites, storage, clock()),
        ),
        Job("bring what is stored up to date with the zone and the rules of its site", 5, rebuilder.run),
        Job("roll up days that have closed or changed", 600, lambda: storage.finaliser.run(sites.all(), clock())),
        Job(
            "delete profiles their site has not spoken of since",
            3600,
            lambda: forget_profiles(sites, visitors.profiles, clock()),
        ),
        Job("delete old entries of the audit log", 3600, people.audit_log.expire),
        Job("end consents of 13 months", 3600, visitors.consents.expire),
        Job("take up erasures that were cut off", 60, install.rights.eraser.catch_up),
        Job(
            "count what sites have used of their quota",
            60,
            lambda: quotas.recount(sites.all(), clock()),
            also_at_start=True,
        ),
        *_of_own_engine(install),
        *_of_plans(install),
        Job("write down new names of events", 10, belongings.registry.write_down, also_at_end=True),
        Job(
            "write down what became of events",
            60,
            lambda: verdicts.write_down(belongings.verdict_days, sites.by_id, clock()),
            also_at_end=True,
        ),
    )


def _of_own_engine(install: Install) -> tuple[Job, ...]:
    """Those of an install whose engine runs in this very process."""
    if install.settings.clickhouse_url:
        return ()
    return (Job("give back the engine's program", 20, give_back_program),)


def _of_plans(install: Install) -> tuple[Job, ...]:
    """Those of an install whose teams have plans."""
    settings, clock, allowances = install.settings, install.clock, install.allowances
    if not settings.has_plans:
        return ()
    plans, usage, metering = allowances.plans, allowances.usage, allowances.metering
    post, letter = Post(settings), usage_letter(settings)
    return (
        Job("count the views of teams", 60, metering.run, also_at_start=True),
        Job(
            "tell teams whose views are nearly used up",
            60,
            lambda: tell_owners(plans, usage, metering, post, letter, clock()),
        ),
    )


def delete_expired(sites: SiteDirectory, storage: Storage, now_ms: int) -> int:
    """Delete events past their site's retention; returns how many sites had any."""
    limits = [(site, local_day(now_ms, site.zone) - site.retention_days) for site in sites.all() if site.retention_days]
    expired = [(site, day) for site, day in limits if storage.writer.has_before(site.id, day)]
    for site, day in expired:
        with storage.finaliser.forgetting(site.id, range(day), strays=site.stray_days), storage.applier.pause():
            storage.writer.delete_before(site.id, day)
    return len(expired)


def forget_profiles(sites: SiteDirectory, profiles: Profiles, now_ms: int) -> None:
    """Delete profiles that are older than their site keeps events."""
    for site in sites.all():
        if site.retention_days:
            profiles.delete_before(site.id, now_ms - site.retention_days * DAY_MS)
