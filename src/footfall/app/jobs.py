"""The whole background life of an install, one row a job."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done again and again; ``run`` is called in a thread."""

    name: str
    every_seconds: float
    run: Callable[[], object]
    also_at_end: bool = False  # once more when the install is closed


def run_once(job: Job) -> None:
    """Run a job now; a failure is logged, for it must not end what comes after."""
    try:
        job.run()
    except Exception:
        log.exception("the job %s failed", job.name)


async def run_jobs(jobs: tuple[Job, ...]) -> None:
    """Run every job at its pace until cancelled."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job))


async def _repeat(job: Job) -> None:
    while True:
        await asyncio.sleep(job.every_seconds)
        await asyncio.to_thread(run_once, job)
