"""The process that runs jobs: hands waiting ones to the queue, clears away old ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event

from filelock import FileLock, Timeout

from matcher.store.store import Store
from service.audit.origin import Clock
from service.jobs.places import JobPlaces
from service.jobs.queue import JobQueue
from service.jobs.remnants import Remnants

_LOOK_EVERY = 0.3
_LOOK_AGAIN = 5.0
_CLEAR_EVERY = 3600.0


class JobOffice:
    """`kept` is how long ended jobs and their files stay. Of several processes of one data folder one works."""

    def __init__(self, store: Store, places: JobPlaces, queue: Callable[[], JobQueue], kept: timedelta, clock: Clock):
        self._jobs, self._places, self._make_queue, self._kept, self._clock = store.jobs, places, queue, kept, clock
        self._remnants = Remnants(store, places)

    def work(self, stopping: Event) -> None:
        """Until `stopping`. What runs then is left as it is and goes on at the next start."""
        lock = FileLock(self._places.lock_file)
        while not _held(lock):
            if stopping.wait(_LOOK_EVERY):
                return
        try:
            self._work_alone(stopping)
        finally:
            lock.release()

    def _work_alone(self, stopping: Event) -> None:
        queue, site = self._make_queue(), self._places.site
        queue.launch()
        handed: set[str] = set()
        cleared, looked = -_CLEAR_EVERY, 0.0
        while not stopping.wait(_LOOK_EVERY):
            now = time.monotonic()
            if now - looked > _LOOK_AGAIN:
                handed, looked = set(), now
            waiting = self._jobs.open_at(site)
            queue.hand_over(job_id for job_id in waiting if job_id not in handed)
            handed.update(waiting)
            if now - cleared > _CLEAR_EVERY:
                self.clear()
                cleared = now
        self._jobs.put_back(site)

    def clear(self) -> None:
        """Removes jobs, results and uploads past their time, and what may tell of people who were erased."""
        old = self._jobs.ended_before(self._places.site, self._clock() - self._kept)
        self._places.remove(old)
        self._jobs.forget(old)
        self._places.remove_uploads(self._kept.total_seconds())
        self._remnants.clear()


def _held(lock: FileLock) -> bool:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True
