"""Background entry points of the job ledger."""

from __future__ import annotations

from celery import shared_task

from hub.core.jobs import actions


@shared_task(name="jobs.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    """Carry out one job of the ledger."""
    actions.run(job_id)


@shared_task(name="jobs.sweep", ignore_result=True)
def sweep_jobs() -> None:
    """Queue what was lost: after a killed worker, an emptied Redis, a deleted queue file."""
    actions.sweep()
