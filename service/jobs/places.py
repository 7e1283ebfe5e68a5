"""Where files of jobs lie below MATCHER_HOME: what was uploaded, what was made. No name of a user's is ever a path."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from service.jobs.errors import FileGone

_NAME = re.compile(r"[0-9a-f]{32}(\.[a-z]{2,6})?", re.ASCII)
_PRIVATE = 0o700


class JobPlaces:
    """`site` names this data folder: a job is run where its files lie."""

    def __init__(self, home: Path) -> None:
        self._uploads, self._results = home / "uploads", home / "jobs"

    @property
    def queue_file(self) -> Path:
        return _made(self._results) / "queue.db"

    @property
    def lock_file(self) -> Path:
        return _made(self._results) / "lock"

    @property
    def site(self) -> str:
        path = _made(self._results) / "site"
        try:
            with path.open("x", encoding="ascii") as file:
                file.write(new_id())
        except FileExistsError:
            pass
        return path.read_text(encoding="ascii")

    def new_upload(self, suffix: str) -> Path:
        """A path for one uploaded file."""
        return _made(self._uploads) / f"{new_id()}{suffix}"

    def upload(self, name: str) -> Path:
        """Raises FileGone."""
        return _found(self._uploads / _checked(name))

    def discard_upload(self, name: str) -> None:
        (self._uploads / _checked(name)).unlink(missing_ok=True)

    def results(self, job_id: str) -> Path:
        """The job's own folder."""
        return _made(_made(self._results) / _checked(job_id))

    def result(self, job_id: str, name: str) -> Path:
        """Raises FileGone."""
        return _found(self._results / _checked(job_id) / _checked(name))

    def remove(self, job_ids: Iterable[str]) -> None:
        for job_id in job_ids:
            shutil.rmtree(self._results / _checked(job_id), ignore_errors=True)

    def remove_uploads(self, older_than_seconds: float) -> None:
        for path in _made(self._uploads).iterdir():
            if time.time() - path.stat().st_mtime > older_than_seconds:
                path.unlink(missing_ok=True)

    def remove_uploads_of(self, before: datetime, needed: Collection[str]) -> None:
        """Those from before the moment that are not `needed` any more."""
        for path in _made(self._uploads).iterdir():
            if path.name not in needed and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)


def new_id() -> str:
    return secrets.token_hex(16)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise FileGone
    return name


def _found(path: Path) -> Path:
    if not path.is_file():
        raise FileGone
    return path


def _made(folder: Path) -> Path:
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    return folder
