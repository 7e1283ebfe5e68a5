"""What jobs kept may tell of people who were erased since: files and results from before an erasure go, whoever they
belong to. They are copies, made again in a minute; to search each of them for one person would miss some."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from matcher.domain.job import Job
from matcher.store.errors import ScrubIncomplete
from matcher.store.store import Store
from service.jobs.places import JobPlaces

_FILES = ("file", "report", "rejected_file")


class Remnants:
    """Counts, numbers and states of the jobs stay, for pages and for taking an import back."""

    def __init__(self, store: Store, places: JobPlaces) -> None:
        self._store, self._places = store, places

    def clear(self) -> None:
        """Of this data folder. A job that still runs is cleared by the next call after its end."""
        erased = self._store.experts.last_erasure()
        if erased is None:
            return
        over = self._store.jobs.over_at(self._places.site, begun_before=erased)
        self._places.remove(job.id for job in over)
        telling = [bare for job in over if (bare := _bare(job)) != job]
        for bare in telling:
            self._store.jobs.replace(bare)
        self._clear_uploads(erased)
        if telling:
            with suppress(ScrubIncomplete):  # somebody reads; the log is emptied by later writes
                self._store.scrub()

    def _clear_uploads(self, erased: datetime) -> None:
        waiting = (self._store.jobs.get(id) for id in self._store.jobs.open_at(self._places.site))
        needed = {stored for job in waiting for stored, _ in _files(job.arguments)}
        self._places.remove_uploads_of(erased, needed)


def _bare(job: Job) -> Job:
    """Without lists of records, without names of files, which may be a person's."""
    result = {name: [] if isinstance(value, list) else value for name, value in job.result.items()}
    result = {name: value for name, value in result.items() if name not in _FILES}
    files = _files(job.arguments)
    if not files:
        return replace(job, result=result)
    arguments = {**job.arguments, "files": [[stored, stored] for stored, _ in files]}
    return replace(job, result=result, arguments=arguments, title=job.heading, error="")


def _files(arguments: Mapping[str, object]) -> list[tuple[str, str]]:
    found = arguments.get("files")
    return [(str(stored), str(shown)) for stored, shown in found] if isinstance(found, list) else []
