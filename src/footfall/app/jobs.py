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


async def run_jobs(jobs: tuple[Job, ...]) -> None:
    """Run every job at its pace until cancelled."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_repeat(job))


async def _repeat(job: Job) -> None:
    while True:
        await asyncio.sleep(job.every_seconds)
        try:
            await asyncio.to_thread(job.run)
        except Exception:
            # One failed round must not end the job: the next may succeed.
            log.exception("the job %s failed; it is tried again in %s seconds", job.name, job.every_seconds)
