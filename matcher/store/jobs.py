"""`store.jobs`: every job and how far it is. The queue's library runs them; what users see stands here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, or_, select, update

from matcher.domain.audit import AuditEntry
from matcher.domain.job import Job, JobOwner, JobState
from matcher.store.access import Access, Reading
from matcher.store.audit_chain import append
from matcher.store.errors import JobNotStanding, JobTaken, JobUnknown
from matcher.store.job_tables import jobs

_OPEN = (JobState.QUEUED.value, JobState.RUNNING.value)
_TAKEN = (*_OPEN, JobState.DONE.value)


@dataclass(frozen=True, slots=True)
class JobWish:
    """Which jobs are listed: of one owner, of some kinds; those that stand before `before` in the order of lists."""

    owner: str = ""
    kinds: tuple[str, ...] = ()
    before: str = ""
    limit: int = 50


class Jobs:
    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, job: Job, site: str, *, note: AuditEntry, alone: bool = False) -> None:
        """`alone`: only one job of this kind may follow the parent and be open or done. Raises JobTaken."""
        with self._access.acting() as work:
            if alone and work.connection.scalar(select(jobs.c.id).where(_followers(job))):
                raise JobTaken(job.title)
            work.connection.execute(insert(jobs), {**_row(job), "site": site})
            append(work, note)

    def get(self, job_id: str) -> Job:
        """Raises JobUnknown."""
        with self._access.reading() as work:
            row = work.connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
        if row is None:
            raise JobUnknown(job_id)
        return _job_of(row)

    def list(self, wish: JobWish) -> list[Job]:
        """Newest first."""
        wanted = select(jobs).order_by(jobs.c.created.desc(), jobs.c.id.desc()).limit(wish.limit)
        if wish.owner:
            wanted = wanted.where(jobs.c.owner == wish.owner)
        if wish.kinds:
            wanted = wanted.where(jobs.c.kind.in_(wish.kinds))
        with self._access.reading() as work:
            if wish.before:
                wanted = wanted.where(_older(work, wish.before))
            return [_job_of(row) for row in work.connection.execute(wanted)]

    def following(self, *parents: str) -> Sequence[Job]:
        """The jobs that confirm or repeat these, oldest first."""
        wanted = select(jobs).where(jobs.c.parent.in_(parents)).order_by(jobs.c.created, jobs.c.id)
        with self._access.reading() as work:
            return [_job_of(row) for row in work.connection.execute(wanted)]

    def open_count(self, owner: str) -> int:
        wanted = select(jobs.c.id).where(jobs.c.owner == owner, jobs.c.state.in_(_OPEN))
        with self._access.reading() as work:
            return len(work.connection.execute(wanted).all())

    def open_at(self, site: str) -> Sequence[str]:
        """Ids of what waits or runs there, oldest first."""
        wanted = select(jobs.c.id).where(jobs.c.site == site, jobs.c.state.in_(_OPEN)).order_by(jobs.c.created)
        with self._access.reading() as work:
            return list(work.connection.scalars(wanted))

    def start(self, job_id: str, at: datetime) -> Job | None:
        """The job, now running and counted as tried once more; None when it is over or was cancelled before."""
        standing = (jobs.c.id == job_id) & jobs.c.state.in_(_OPEN)
        values = {"state": JobState.RUNNING.value, "started": at, "attempts": jobs.c.attempts + 1}
        with self._access.acting() as work:
            if not work.connection.execute(update(jobs).where(standing).values(values)).rowcount:
                return None
        return self.get(job_id)

    def put_back(self, site: str) -> None:
        """What runs there was stopped on purpose: the attempt does not count."""
        running = (jobs.c.site == site) & (jobs.c.state == JobState.RUNNING.value) & (jobs.c.attempts > 0)
        with self._access.acting() as work:
            work.connection.execute(update(jobs).where(running).values(attempts=jobs.c.attempts - 1))

    def progress(self, job_id: str, stage: str, done: int, total: int) -> bool:
        """Notes how far it is; whether somebody asked to cancel it."""
        with self._access.acting() as work:
            values = {"stage": stage, "done": done, "total": total}
            work.connection.execute(update(jobs).where(jobs.c.id == job_id).values(values))
            return bool(work.connection.scalar(select(jobs.c.cancel_asked).where(jobs.c.id == job_id)))

    def finish(
        self,
        job_id: str,
        state: JobState,
        at: datetime,
        *,
        note: AuditEntry,
        result: Mapping[str, object] | None = None,
        error: str = "",
    ) -> None:
        values = {"state": state.value, "ended": at, "error": error, "result": _json(result or {})}
        with self._access.acting() as work:
            standing = (jobs.c.id == job_id) & jobs.c.state.in_(_OPEN)
            if work.connection.execute(update(jobs).where(standing).values(values)).rowcount:
                append(work, note)

    def cancel(self, job_id: str, at: datetime, *, note: AuditEntry) -> None:
        """One that waits is cancelled at once, one that runs is asked to stop. Raises JobNotStanding."""
        with self._access.acting() as work:
            waiting = (jobs.c.id == job_id) & (jobs.c.state == JobState.QUEUED.value)
            running = (jobs.c.id == job_id) & (jobs.c.state == JobState.RUNNING.value)
            over = {"state": JobState.CANCELLED.value, "ended": at}
            if not (
                work.connection.execute(update(jobs).where(waiting).values(over)).rowcount
                or work.connection.execute(update(jobs).where(running).values(cancel_asked=True)).rowcount
            ):
                raise JobNotStanding
            append(work, note)

    def discard(self, job_id: str, follower: str, at: datetime, *, note: AuditEntry) -> None:
        """One that is done counts as cancelled and forgets what it found, unless a job of the kind `follower` follows.

        Raises JobNotStanding.
        """
        followed = exists().where(jobs.c.parent == job_id, jobs.c.kind == follower, jobs.c.state.in_(_TAKEN))
        done = (jobs.c.id == job_id) & (jobs.c.state == JobState.DONE.value)
        values = {"state": JobState.CANCELLED.value, "ended": at, "result": _json({})}
        with self._access.acting() as work:
            if work.connection.scalar(select(followed)):
                raise JobNotStanding
            if not work.connection.execute(update(jobs).where(done).values(values)).rowcount:
                raise JobNotStanding
            append(work, note)

    def over_at(self, site: str, *, begun_before: datetime) -> Sequence[Job]:
        """What is over there and was started, or never was, and added, before the moment."""
        begun = func.coalesce(jobs.c.started, jobs.c.created) < begun_before
        wanted = select(jobs).where(jobs.c.site == site, jobs.c.state.not_in(_OPEN), begun)
        with self._access.reading() as work:
            return [_job_of(row) for row in work.connection.execute(wanted)]

    def replace(self, job: Job) -> None:
        """Title, arguments and result of a job that is over."""
        values = {"title": job.title, "arguments": _json(job.arguments), "result": _json(job.result)}
        over = (jobs.c.id == job.id) & jobs.c.state.not_in(_OPEN)
        with self._access.acting() as work:
            work.connection.execute(update(jobs).where(over).values(values))

    def ended_before(self, site: str, at: datetime) -> Sequence[str]:
        with self._access.reading() as work:
            return list(work.connection.scalars(select(jobs.c.id).where(jobs.c.site == site, jobs.c.ended < at)))

    def forget(self, ids: Sequence[str]) -> None:
        with self._access.acting() as work:
            for job_id in ids:
                work.connection.execute(delete(jobs).where(jobs.c.id == job_id))


def _followers(job: Job) -> ColumnElement[bool]:
    return and_(jobs.c.parent == job.parent, jobs.c.kind == job.kind, jobs.c.state.in_(_TAKEN))


def _older(work: Reading, job_id: str) -> ColumnElement[bool]:
    created = work.connection.scalar(select(jobs.c.created).where(jobs.c.id == job_id))
    if created is None:
        raise JobUnknown(job_id)
    return or_(jobs.c.created < created, and_(jobs.c.created == created, jobs.c.id < job_id))


def _row(job: Job) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(job, name) for name in Job.__slots__ if name != "owner"}
    owner = {"owner": job.owner.name, "address": job.owner.address, "sees_private": job.owner.sees_private}
    jsons = {"arguments": _json(job.arguments), "result": _json(job.result), "regions": json.dumps(job.owner.regions)}
    return {**row, **owner, **jsons, "state": job.state.value}


def _job_of(row: Row[Any]) -> Job:
    named = {name: getattr(row, name) for name in Job.__slots__}
    named["owner"] = JobOwner(row.owner, row.address, tuple(json.loads(row.regions)), row.sees_private)
    named |= {"state": JobState(row.state), "arguments": json.loads(row.arguments), "result": json.loads(row.result)}
    return Job(**named)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
