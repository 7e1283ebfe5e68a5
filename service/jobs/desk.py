"""Jobs as pages and API ask for them: who may start, see, cancel and repeat them, each act audited."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.domain.audit import AuditAction
from matcher.domain.job import Job, JobOwner, JobState
from matcher.store.errors import JobUnknown
from matcher.store.jobs import JobWish
from matcher.store.store import Store
from service.audit.origin import Clock
from service.jobs.errors import FileOutOfReach, JobMustFinish, JobNotReady, TooManyJobs
from service.jobs.places import JobPlaces, new_id
from service.jobs.work import JobKind
from service.security.actor import Actor


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file to be sent, and the name that it bears for its reader."""

    path: Path
    name: str


class JobDesk:
    """Everybody sees his or her own jobs; `everyone` (whoever operates the system) sees those of all."""

    def __init__(
        self, store: Store, places: JobPlaces, kinds: Mapping[str, JobKind], clock: Clock, *, most_open: int
    ) -> None:
        self._store, self._places, self._kinds, self._clock = store, places, kinds, clock
        self._most_open = most_open

    def kind(self, job: Job) -> JobKind:
        return self._kinds[job.kind]

    def start(
        self,
        kind: JobKind,
        title: str,
        arguments: Mapping[str, object],
        actor: Actor,
        *,
        parent: str = "",
        stage: str = "",
        alone: bool = False,
        owed: bool = False,
    ) -> Job:
        """Puts a job into the queue; `owed` by what was done already, it is never one too many.

        Raises TooManyJobs, and with `alone` JobTaken (see `Jobs.add`).
        """
        origin, now = actor.origin, self._clock()
        if not owed and self._store.jobs.open_count(origin.actor) >= self._most_open:
            raise TooManyJobs(self._most_open)
        owner = JobOwner(origin.actor, origin.address, tuple(actor.scope.regions), actor.sees_private)
        job = Job(new_id(), kind.name, title, owner, now, arguments, parent, stage=stage)
        note = origin.entry(now, AuditAction.START_JOB, job_subject(job.id), reason=job.heading)
        self._store.jobs.add(job, self._places.site, note=note, alone=alone)
        return job

    def get(self, job_id: str, actor: Actor, *, everyone: bool = False) -> Job:
        """Raises JobUnknown, for jobs of others too."""
        job = self._store.jobs.get(job_id)
        if not everyone and job.owner.name != actor.origin.actor:
            raise JobUnknown(job_id)
        return job

    def list(
        self,
        actor: Actor,
        *,
        everyone: bool = False,
        kinds: Sequence[str] = (),
        before: str = "",
        limit: int = 50,
    ) -> list[Job]:
        """Newest first. Raises JobUnknown for a `before` that is not there."""
        owner = "" if everyone else actor.origin.actor
        return self._store.jobs.list(JobWish(owner, tuple(kinds), before, limit))

    def cancel(self, job_id: str, actor: Actor, *, everyone: bool = False) -> Job:
        """Raises JobUnknown, JobNotStanding, JobMustFinish."""
        job = self.get(job_id, actor, everyone=everyone)
        if job.state is JobState.RUNNING and job.stage in self.kind(job).stages_that_stay:
            raise JobMustFinish
        now = self._clock()
        note = actor.origin.entry(now, AuditAction.CANCEL_JOB, job_subject(job_id), reason=job.heading)
        self._store.jobs.cancel(job_id, now, note=note)
        return self._store.jobs.get(job_id)

    def discard(self, job_id: str, follower: JobKind, actor: Actor) -> None:
        """Of a check that `follower` would act upon, and has not. Raises JobUnknown, JobNotStanding."""
        job, now = self.get(job_id, actor), self._clock()
        note = actor.origin.entry(now, AuditAction.CANCEL_JOB, job_subject(job_id), reason=job.title)
        self._store.jobs.discard(job_id, follower.name, now, note=note)
        self._places.remove([job_id])

    def repeat(self, job_id: str, actor: Actor, *, everyone: bool = False) -> Job:
        """A new job with the same arguments, for whoever asks; one that failed while writing goes on writing.

        Raises JobUnknown, JobNotReady for one that is not over, TooManyJobs, JobTaken.
        """
        job = self.get(job_id, actor, everyone=everyone)
        if not job.state.is_over:
            raise JobNotReady("可以重试的结果")
        kind, parent = self.kind(job), job.parent or job.id
        stage = job.stage if job.state is JobState.FAILED and job.stage in kind.stages_that_stay else ""
        alone = bool(kind.stages_that_stay)
        return self.start(kind, job.title, job.arguments, actor, parent=parent, stage=stage, alone=alone)

    def file(self, job_id: str, actor: Actor, *, field: str = "file", everyone: bool = False) -> JobFile:
        """What the job made, audited. Raises JobUnknown, JobNotReady, FileGone, FileOutOfReach."""
        job = self.get(job_id, actor, everyone=everyone)
        path = self._made(job, actor, field, everyone=everyone)
        name = str(job.result.get("name") or f"{job.title}.xlsx")
        note = actor.origin.entry(self._clock(), AuditAction.FETCH_FILE, job_subject(job_id), reason=name)
        self._store.audit.append(note)
        return JobFile(path, name)

    def report(self, job_id: str, actor: Actor) -> Mapping[str, Any]:
        """What the job found, for its page. Raises JobUnknown, JobNotReady, FileGone, FileOutOfReach."""
        path = self._made(self.get(job_id, actor), actor, "report")
        report: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report

    def _made(self, job: Job, actor: Actor, field: str, *, everyone: bool = False) -> Path:
        """Raises JobNotReady, FileGone, FileOutOfReach."""
        if not everyone and not _within(job, actor):
            raise FileOutOfReach
        made = job.result.get(field)
        if not made:
            raise JobNotReady("文件")
        return self._places.result(job.id, str(made))


def _within(job: Job, actor: Actor) -> bool:
    """Whether the job saw no more than its owner may see today."""
    narrowed = bool(actor.scope.regions) and tuple(job.owner.regions) != tuple(actor.scope.regions)
    return not narrowed and (actor.sees_private or not job.owner.sees_private)


def job_subject(job_id: str) -> str:
    return f"后台任务:{job_id}"
