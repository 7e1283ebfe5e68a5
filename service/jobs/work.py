"""What a job is given, what it gives back, and what a kind of job is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matcher.domain.job import Job
from matcher.store.jobs import Jobs
from matcher.wiring import Application
from service.audit.origin import Clock
from service.jobs.places import JobPlaces
from service.security.actor import Actor
from service.security.private_fields import PrivateFields
from service.security.roles import Permission

_EVERY = 0.5
Result = Mapping[str, object]


class JobCancelled(Exception):
    """Somebody asked for it; raised from inside the work at a place where nothing is half done."""


class JobProgress:
    """Notes how far a job is, twice a second at most, and stops it where it was asked to."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs, self._id = jobs, job.id
        self._stage, self._done, self._total = job.stage, 0, 0
        self._noted = 0.0
        self._may_stop = True

    def stage(self, name: str, total: int = 0, *, may_stop: bool = True) -> None:
        """A new stage, noted at once. With `may_stop` False the job can no longer be cancelled."""
        self._stage, self._done, self._total, self._may_stop = name, 0, total, may_stop
        self._note()

    def advance(self, count: int) -> None:
        """Raises JobCancelled."""
        self.reach(self._done + count, self._total)

    def reach(self, done: int, total: int) -> None:
        """Raises JobCancelled."""
        self._done, self._total = done, total
        if time.monotonic() - self._noted >= _EVERY:
            self._note()

    def file(self, name: str) -> None:
        """The next file of an import."""

    def rows(self, count: int) -> None:
        """Rows of an import. Raises JobCancelled."""
        self.advance(count)

    def _note(self) -> None:
        self._noted = time.monotonic()
        if self._jobs.progress(self._id, self._stage, self._done, self._total) and self._may_stop:
            raise JobCancelled


@dataclass(frozen=True, slots=True)
class Work:
    """`actor` is who started the job; `job.stage` says where an earlier attempt was killed."""

    job: Job
    actor: Actor
    application: Application
    private_fields: PrivateFields
    places: JobPlaces
    progress: JobProgress
    clock: Clock

    def file(self, suffix: str) -> Path:
        """Where the job's file of this kind goes; the same at every attempt."""
        return self.places.results(self.job.id) / f"{self.job.id}{suffix}"


@dataclass(frozen=True, slots=True)
class JobKind:
    """A line of `KINDS`. `run` may be killed anywhere and is then run again: it must end as if run once.

    `permission` is what staff need to start, cancel and repeat it.
    """

    name: str
    permission: Permission
    run: Callable[[Work], Result]
    stages_that_stay: frozenset[str] = field(default_factory=frozenset)
