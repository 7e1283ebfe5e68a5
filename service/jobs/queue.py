"""The one door to DBOS, which queues jobs, runs them in threads, and starts those anew whose process was killed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dbos import DBOS, DBOSConfig, SetWorkflowID

_QUEUE, _WORKFLOW = "jobs", "job"
_POLLING_SECONDS = 0.3
# Ours counts attempts and says so in Chinese; the library's own limit lies above it.
_MOST_RECOVERIES = 20
_OPEN = frozenset({"ENQUEUED", "PENDING", "DELAYED"})


class JobQueue:
    """One a process (DBOS is). `url` names its own tables: a file, or the schema `dbos` of PostgreSQL.

    `site` is the executor: what a killed process of it had begun is run again by the next one.
    """

    def __init__(self, url: str, site: str, run: Callable[[str], None], at_once: int) -> None:
        self._at_once = at_once
        self._queue = f"{_QUEUE}-{site}"
        config: DBOSConfig = {
            "name": "matcher-jobs",
            "system_database_url": url,
            "executor_id": site,
            "application_version": "1",  # a new version of ours goes on with jobs of the one before
            "enable_otlp": False,
            "use_listen_notify": False,
            "log_level": "ERROR",
        }
        DBOS(config=config)

        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=_MOST_RECOVERIES)
        def job(job_id: str) -> None:
            run(job_id)

        self._workflow = job

    def launch(self) -> None:
        """Starts threads; jobs that a killed process had begun run again."""
        DBOS.launch()
        DBOS.register_queue(self._queue, worker_concurrency=self._at_once, polling_interval_sec=_POLLING_SECONDS)

    def hand_over(self, job_ids: Iterable[str]) -> None:
        """Queues the jobs, which are not over: one that waits or runs is left as it is, one that the library takes for
        over begins again."""
        for job_id in job_ids:
            known = DBOS.get_workflow_status(job_id)
            if known is not None and known.status in _OPEN:
                continue
            if known is not None:
                DBOS.delete_workflow(job_id)
            with SetWorkflowID(job_id):
                DBOS.enqueue_workflow(self._queue, self._workflow, job_id)
