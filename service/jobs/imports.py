"""Imports as pages and API ask for them: upload, look at the preview, confirm, take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from matcher.domain.job import Job, JobState
from matcher.intake.columns import TableKind
from matcher.intake.errors import FileUnreadable
from matcher.intake.readers.sniff import READABLE_SUFFIXES, sniff
from matcher.intake.templates import form_sheets, template_sheets
from matcher.reference.tables import ReferenceTables
from matcher.store.errors import JobUnknown
from matcher.store.store import Store
from matcher.tables.write_workbook import write_workbook
from service.jobs.desk import JobDesk, JobFile
from service.jobs.errors import (
    JobNotReady,
    KindOfFileRefused,
    NothingUploaded,
    RightsChanged,
    TooManyFiles,
    UploadTooLarge,
)
from service.jobs.kinds.imports import (
    IMPORT,
    IMPORT_PREVIEW,
    granted_reviews,
    import_arguments,
    named_files,
    reviews_of,
)
from service.jobs.kinds.undo import UNDO, UNDO_PREVIEW, undo_arguments
from service.jobs.places import JobPlaces
from service.security.actor import Actor

# What a route takes at most, whatever the setting says.
LARGEST_UPLOAD = 201 << 20
_MOST_FILES = 50
_LONGEST_NAME = 120
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sends it: its name is only shown, never a path."""

    name: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class UndoStanding:
    """What taking an import back would do (`check`) and, once confirmed, the job that does it."""

    check: Job
    undone: Job | None

    @property
    def may_confirm(self) -> bool:
        waits = self.undone is None or self.undone.state in (JobState.CANCELLED, JobState.FAILED)
        return self.check.state is JobState.DONE and waits


@dataclass(frozen=True, slots=True)
class ImportStanding:
    """A preview and, once confirmed, the import that does what it showed."""

    preview: Job
    applied: Job | None

    @property
    def is_open(self) -> bool:
        """The check is done, and nothing was written."""
        waits = self.applied is None or self.applied.state in (JobState.CANCELLED, JobState.FAILED)
        return self.preview.state is JobState.DONE and waits

    @property
    def may_confirm(self) -> bool:
        """There is something to write."""
        return self.is_open and not self.preview.result.get("idle")

    @property
    def may_undo(self) -> bool:
        """One that failed or was cancelled half way too: what it wrote stands."""
        return self.applied is not None and self.applied.state.is_over


class ImportDesk:
    """`largest` bounds the files of one upload together, in megabytes."""

    def __init__(
        self, jobs: JobDesk, store: Store, places: JobPlaces, tables: ReferenceTables, *, largest: int
    ) -> None:
        self._jobs, self._store, self._places, self._tables = jobs, store, places, tables
        self.largest = largest

    def upload(self, kind: TableKind, files: Sequence[Upload], actor: Actor) -> Job:
        """The job that finds out what the files would change. Raises UploadRefused, FileUnreadable, TooManyJobs."""
        given = [file for file in files if file.name]
        if not given:
            raise NothingUploaded
        if len(given) > _MOST_FILES:
            raise TooManyFiles(_MOST_FILES)
        return self._check(kind, self._kept(given), actor)

    def standing(self, preview_id: str, actor: Actor) -> ImportStanding:
        """Raises JobUnknown."""
        preview = self._jobs.get(preview_id, actor)
        if preview.kind != IMPORT_PREVIEW.name:
            raise JobUnknown(preview_id)
        return self._standings([preview])[0]

    def waiting(self, actor: Actor) -> int:
        """How many of the actor's newest previews wait for a confirmation."""
        return sum(standing.may_confirm for standing in self._standings(self.previews(actor)))

    def _standings(self, previews: Sequence[Job]) -> list[ImportStanding]:
        """`applied` is the newest import that followed."""
        following = self._store.jobs.following(*(preview.id for preview in previews))
        applied = {job.parent: job for job in following if job.kind == IMPORT.name}
        return [ImportStanding(preview, applied.get(preview.id)) for preview in previews]

    def previews(self, actor: Actor, *, before: str = "", limit: int = 20) -> list[Job]:
        return self._jobs.list(actor, kinds=(IMPORT_PREVIEW.name,), before=before, limit=limit)

    def confirm(self, preview_id: str, actor: Actor) -> Job:
        """The job that does what the preview showed, or nothing.

        Raises JobUnknown, JobNotReady, JobTaken, RightsChanged.
        """
        preview = self.standing(preview_id, actor).preview
        if preview.state is not JobState.DONE:
            raise JobNotReady("核对结果")
        if not granted_reviews(preview.arguments) <= reviews_of(actor):
            raise RightsChanged
        title = preview.title.replace("核对：", "：", 1)
        return self._jobs.start(IMPORT, title, preview.arguments, actor, parent=preview_id, alone=True)

    def discard(self, preview_id: str, actor: Actor) -> None:
        """Nothing stays of a preview that nobody confirmed, nor of its files. Raises JobUnknown, JobNotStanding."""
        preview = self.standing(preview_id, actor).preview
        self._jobs.discard(preview_id, IMPORT, actor)
        for stored, _ in named_files(preview.arguments):
            self._places.discard_upload(stored)

    def again(self, preview_id: str, actor: Actor, kind: TableKind | None = None) -> Job:
        """The same files checked once more, as another kind of table where one is given; the former check goes.

        Raises JobUnknown, JobNotReady for one that is not over or was confirmed, TooManyJobs.
        """
        standing = self.standing(preview_id, actor)
        preview = standing.preview
        if not standing.is_open and preview.state is not JobState.FAILED:
            raise JobNotReady("可以重新核对的结果")
        files = named_files(preview.arguments)
        job = self._check(kind or TableKind(str(preview.arguments["table"])), files, actor, parent=preview_id)
        if standing.is_open:
            self._jobs.discard(preview_id, IMPORT, actor)
        return job

    def _check(self, kind: TableKind, files: Sequence[tuple[str, str]], actor: Actor, *, parent: str = "") -> Job:
        arguments = import_arguments(kind, files, actor)
        return self._jobs.start(IMPORT_PREVIEW, _title(kind, files), arguments, actor, parent=parent)

    def check_undo(self, preview_id: str, actor: Actor) -> Job:
        """The job that finds out what taking the import back would do. Raises JobUnknown, JobNotReady, TooManyJobs."""
        standing = self.standing(preview_id, actor)
        if not standing.may_undo:
            raise JobNotReady("导入的结果")
        title = standing.preview.title.replace("导入", "撤销导入", 1)
        return self._jobs.start(UNDO_PREVIEW, title, undo_arguments(preview_id), actor, parent=preview_id)

    def undo_standing(self, preview_id: str, actor: Actor) -> UndoStanding | None:
        """Of the newest check; None where nobody has asked yet. Raises JobUnknown."""
        self.standing(preview_id, actor)
        checks = [job for job in self._store.jobs.following(preview_id) if job.kind == UNDO_PREVIEW.name]
        if not checks:
            return None
        undone = [job for job in self._store.jobs.following(checks[-1].id) if job.kind == UNDO.name]
        return UndoStanding(checks[-1], undone[-1] if undone else None)

    def undo(self, preview_id: str, actor: Actor) -> Job:
        """The job that takes the import back. Raises JobUnknown, JobNotReady, JobTaken, TooManyJobs."""
        found = self.undo_standing(preview_id, actor)
        if found is None or found.check.state is not JobState.DONE:
            raise JobNotReady("撤销前的核对")
        title, parent = found.check.title.replace("核对：", "：", 1), found.check.id
        return self._jobs.start(UNDO, title, undo_arguments(preview_id), actor, parent=parent, alone=True)

    def rejected(self, preview_id: str, actor: Actor) -> JobFile:
        """The rows that went back, ready to be corrected and imported. Raises JobUnknown, JobNotReady, FileGone."""
        found = self._jobs.file(self.standing(preview_id, actor).preview.id, actor, field="rejected_file")
        return JobFile(found.path, "退回的行和问题清单.xlsx")

    def template(self, kind: TableKind) -> JobFile:
        """The empty table; written anew each time, so that its drop-downs are those of today."""
        path = self._places.new_upload(".xlsx")
        write_workbook(path, template_sheets(kind, self._tables))
        return JobFile(path, f"{kind.value}模板.xlsx")

    def questionnaire(self) -> JobFile:
        """The form of one page that a firm fills in and returns."""
        path = self._places.new_upload(".xlsx")
        write_workbook(path, form_sheets(TableKind.DEMANDS, self._tables))
        return JobFile(path, "企业技术需求问卷.xlsx")

    def _kept(self, files: Iterable[Upload]) -> list[tuple[str, str]]:
        """Stored and shown names. What is refused leaves nothing behind."""
        room = self.largest << 20
        kept: list[tuple[str, str]] = []
        try:
            for file in files:
                name = shown_name(file.name)
                path = self._places.new_upload(_suffix(name))
                kept.append((path.name, name))
                with path.open("xb") as target:
                    path.chmod(0o600)
                    _copy(file.content, target, room, self.largest)
                room -= path.stat().st_size
                _check_content(str(path.name), name, self._places, self.largest)
        except BaseException:
            for stored, _ in kept:
                self._places.discard_upload(stored)
            raise
        return kept


def _title(kind: TableKind, files: Sequence[tuple[str, str]]) -> str:
    names = [name for _, name in files]
    more = f" 等 {len(names)} 个文件" if len(names) > 1 else ""
    return f"导入{kind.value}核对：{names[0]}{more}"


def _copy(content: BinaryIO, target: BinaryIO, room: int, largest: int) -> None:
    """Raises UploadTooLarge."""
    while chunk := content.read(_CHUNK):
        room -= len(chunk)
        if room < 0:
            raise UploadTooLarge(largest)
        target.write(chunk)


def shown_name(name: str) -> str:
    """The last part of whatever the browser calls the file, without control characters."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(letter for letter in last if letter.isprintable())[-_LONGEST_NAME:] or "文件"


def _suffix(name: str) -> str:
    """Raises KindOfFileRefused."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in READABLE_SUFFIXES:
        raise KindOfFileRefused(name)
    return suffix


def _check_content(stored: str, name: str, places: JobPlaces, largest: int) -> None:
    """Raises FileUnreadable under the name that the user knows."""
    try:
        sniff(places.upload(stored), largest)
    except FileUnreadable as error:
        raise error.called(name) from None
