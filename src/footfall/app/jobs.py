"""The whole background life of an install, one row a job."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from footfall.errors import Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done again and again; ``run`` is called in a thread."""

    name: str
    every_seconds: float
    run: Callable[[], object]
    also_at_start: bool = False  # before anything is served, where the store need not be waited for
    also_at_end: bool = False  # once more when the install is closed


def run_once(job: Job, *, was_put_off: bool = False) -> bool:
    """Run a job now; tells whether it was put off, which is logged the first time.

    A failure is logged, for it must not end what comes after.
    """
    try:
        job.run()
    except Unavailable as error:
        if not was_put_off:
            log.warning("the job %s is put off: %s", job.name, error.message)
        return True
    except Exception:
        log.exception("the job %s failed", job.name)
    return False


async def run_jobs(jobs: tuple[Job, ...]) -> None:
    """Run every job at its pace until cancelled."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job))


async def _repeat(job: Job) -> None:
    was_put_off = False
    while True:
        await asyncio.sleep(job.every_seconds)
        was_put_off = await asyncio.to_thread(run_once, job, was_put_off=was_put_off)
