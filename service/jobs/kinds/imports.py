"""Imports: a preview that stays without effect, then the confirmed import, which does what the preview showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial

from matcher.domain.job import Job
from matcher.intake.columns import TableKind
from matcher.intake.errors import NothingToImport
from matcher.store.store import Store
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_files import ImportOptions
from matcher.workflows.import_kinds import IMPORTERS
from matcher.workflows.import_preview import ImportPreview, preview_import
from matcher.workflows.import_report import ImportReport
from matcher.workflows.import_sheets import import_sheets
from service.jobs.errors import NothingFound, PreviewStale
from service.jobs.work import JobKind, Result, Work
from service.security.actor import Actor
from service.security.roles import Permission

_READING, _WRITING, _INDEXING = "核对", "写入", "更新检索"
_PROBLEMS_SHOWN = 500
_REPORT = ".xlsx"


def import_arguments(kind: TableKind, files: Sequence[tuple[str, str]], actor: Actor) -> Mapping[str, object]:
    """`files`: stored name and the name that the user knows."""
    reviews = sorted(table.value for table in reviews_of(actor))
    return {"table": kind.value, "files": [list(pair) for pair in files], "reviews": reviews}


def reviews_of(actor: Actor) -> frozenset[TableKind]:
    """The tables whose 审核状态 the actor may set by a file, as by page: demands with the right, experts as staff."""
    held = {TableKind.DEMANDS: actor.may_review, TableKind.EXPERTS: actor.is_staff}
    return frozenset(table for table, may in held.items() if may)


def granted_reviews(arguments: Mapping[str, object]) -> frozenset[TableKind]:
    """Those of whoever had the files checked; none where an older version noted none."""
    given = arguments.get("reviews")
    return frozenset(map(TableKind, given)) if isinstance(given, list) else frozenset()


def _preview(work: Work) -> Result:
    work.progress.stage(_READING)
    basis = work.application.store.past.last()
    try:
        found = preview_import(work.application.store, partial(_import, work, work.job.arguments))
    except NothingToImport as error:
        raise NothingFound(str(error), [kind.value for kind in error.looks_like]) from error
    told = {"digest": found.digest, "basis": basis, "idle": found.changes_nothing}
    return _told(work, found.report) | _changes(found) | told


def _apply(work: Work) -> Result:
    """An attempt that follows a killed one goes on writing: what stands already comes out as unchanged."""
    store, preview = work.application.store, work.application.store.jobs.get(work.job.parent)
    if work.job.stage not in (_WRITING, _INDEXING):
        work.progress.stage(_READING)
        _require_unchanged(work, preview)
        work.progress.stage(_WRITING, may_stop=False)
    # Under the preview's name, whichever attempt writes: the undoing takes all of it.
    report = _import(work, preview.arguments, store.within(preview.id))
    work.progress.stage(_INDEXING, may_stop=False)
    work.application.index.catch_up()
    return _told(work, report) | {"counts": preview.result["counts"]}


def _require_unchanged(work: Work, preview: Job) -> None:
    """Where no record changed since, nothing is to be found out. Raises PreviewStale."""
    if work.application.store.past.last() == preview.result["basis"]:
        return
    found = preview_import(work.application.store, partial(_import, work, preview.arguments))
    if found.digest != preview.result["digest"]:
        raise PreviewStale


def _import(work: Work, arguments: Mapping[str, object], store: Store) -> ImportReport:
    names = {work.places.upload(stored): name for stored, name in named_files(arguments)}
    scope = work.actor.scope.covers if work.actor.scope.regions else None
    options = ImportOptions(
        work.actor.origin.actor,
        max_megabytes=_limit(work),
        names=names,
        covers=scope,
        reviews=granted_reviews(arguments),
    )
    importer = IMPORTERS[TableKind(str(arguments["table"]))]
    return importer(store, work.application.reference, list(names), options, work.progress)


def _limit(work: Work) -> int:
    return work.application.settings.max_file_mb


def named_files(arguments: Mapping[str, object]) -> list[tuple[str, str]]:
    """As given to `import_arguments`."""
    files = arguments["files"]
    return [(str(stored), str(name)) for stored, name in files] if isinstance(files, list) else []


def _told(work: Work, report: ImportReport) -> dict[str, object]:
    told: dict[str, object] = {
        "counts": {kind.value: asdict(counts) for kind, counts in report.counts.items()},
        "problems": [
            {**asdict(found.place), "severity": found.severity.value, "column": found.column, "value": found.value,
             "message": found.message, "advice": found.advice}
            for found in report.problems[:_PROBLEMS_SHOWN]
        ],
        "problem_count": len(report.problems),
        "notes": list(report.notes),
        "failed_files": list(report.failed_files),
        "looks_like": [kind.value for kind in report.looks_like],
        "rejected_count": report.rejected_count,
    }  # fmt: skip
    if report.has_rejects or report.problems:
        path = work.file(_REPORT)
        write_workbook(path, import_sheets(report))
        told["rejected_file"] = path.name
    return told


def _changes(found: ImportPreview) -> dict[str, object]:
    return {
        name: [
            {
                "table": one.kind.value,
                "id": one.key,
                "name": one.name,
                "fields": [asdict(field) for field in one.fields],
            }
            for one in records
        ]
        for name, records in (("new", found.new), ("changed", found.changed))
    }


IMPORT_PREVIEW = JobKind("import_preview", Permission.EDIT, _preview)
IMPORT = JobKind("import", Permission.EDIT, _apply, frozenset({_WRITING, _INDEXING}))
