"""Runs one job: state, errors, audit. Knows nothing of the queue."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from matcher.domain.audit import AuditAction, AuditEntry, Outcome
from matcher.domain.job import Job, JobState
from matcher.errors import MatcherError
from matcher.wiring import Application
from service.audit.origin import Clock, Origin
from service.jobs.errors import JobFailed, JobFindings, JobInterrupted
from service.jobs.places import JobPlaces
from service.jobs.work import JobCancelled, JobKind, JobProgress, Work
from service.logs.json_lines import log_event
from service.security.actor import Actor
from service.security.private_fields import PrivateFields
from service.security.roles import RegionScope

_LOGGER = logging.getLogger("service.jobs")
_MOST_ATTEMPTS = 3
_COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "new": "新增",
        "changed": "修改",
        "unchanged": "未变",
        "rejected": "退回",
        "removed": "移除",
        "restored": "恢复",
        "stays": "保留",
        "approved": "审核通过",
        "already": "原已通过",
        "left": "未通过",
    }
)


class JobRunner:
    def __init__(
        self,
        application: Application,
        private_fields: PrivateFields,
        places: JobPlaces,
        kinds: Mapping[str, JobKind],
        clock: Clock,
    ) -> None:
        self._application, self._private_fields, self._places = application, private_fields, places
        self._kinds, self._clock, self._jobs = kinds, clock, application.store.jobs

    def run(self, job_id: str) -> None:
        """Whatever happens, the job is over afterwards; one that is over already stays as it is.

        A job whose process was killed comes here again. Raises nothing.
        """
        job = self._jobs.start(job_id, self._clock())
        if job is None:
            return
        log_event(_LOGGER, logging.INFO, "job started", job=job.id, kind=job.kind, attempt=job.attempts)
        try:
            if job.attempts > _MOST_ATTEMPTS:
                raise JobInterrupted(job.attempts - 1)
            self._places.remove([job.id])  # drafts of a killed attempt
            result = self._kinds[job.kind].run(self._work(job))
        except JobCancelled:
            self._end(job, JobState.CANCELLED)
        except MatcherError as error:
            self._fail(job, error, error)
        except Exception as error:
            self._fail(job, JobFailed(), error)
        else:
            self._end(job, JobState.DONE, result=result)

    def _work(self, job: Job) -> Work:
        owner = job.owner
        actor = Actor(Origin(owner.name, owner.address, ""), RegionScope(owner.regions), owner.sees_private)
        progress = JobProgress(self._jobs, job)
        return Work(job, actor, self._application, self._private_fields, self._places, progress, self._clock)

    def _fail(self, job: Job, told: MatcherError, cause: Exception) -> None:
        log_event(_LOGGER, logging.ERROR, "job failed", error=cause, job=job.id, kind=job.kind)
        findings = told.findings if isinstance(told, JobFindings) else None
        self._end(job, JobState.FAILED, result=findings, error=str(told))

    def _end(self, job: Job, state: JobState, *, result: Mapping[str, object] | None = None, error: str = "") -> None:
        log_event(_LOGGER, logging.INFO, "job ended", job=job.id, kind=job.kind, state=state.name)
        outcome = Outcome.FAILED if state is JobState.FAILED else Outcome.DONE
        note = _note(job, self._clock, outcome, f"{job.heading}：{state}")
        if result and self._kinds[job.kind].stages_that_stay:
            note = replace(note, after=_counted(result))
        self._jobs.finish(job.id, state, self._clock(), note=note, result=result, error=error)


def _counted(result: Mapping[str, object]) -> Mapping[str, object] | None:
    """What the job did to the records, table by table, for the audit log."""
    counts = result.get("counts")
    if not isinstance(counts, Mapping):
        return None
    return {
        table: "，".join(f"{words} {numbers[name]}" for name, words in _COUNTS.items() if numbers.get(name))
        for table, numbers in counts.items()
    }


def _note(job: Job, clock: Clock, outcome: Outcome, reason: str) -> AuditEntry:
    origin = Origin(job.owner.name, job.owner.address)
    subject = f"后台任务:{job.id}"
    return origin.entry(clock(), AuditAction.END_JOB, subject, outcome=outcome, reason=reason)
