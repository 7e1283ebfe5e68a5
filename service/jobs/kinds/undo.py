"""An import taken back: a preview without effect, then the undoing of what nobody touched since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from matcher.workflows.import_undo import UndoLine, UndoReport, preview_undo, undo_import
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_READING, _UNDOING, _INDEXING = "核对", "撤销", "更新检索"


def undo_arguments(batch: str) -> dict[str, object]:
    return {"batch": batch}


def _preview(work: Work) -> Result:
    store, batch = work.application.store, str(work.job.arguments["batch"])
    work.progress.stage(_READING, store.batches.get(batch).records)
    return _told(preview_undo(store, batch, work.actor.origin.actor, work.progress.advance))


def _undo(work: Work) -> Result:
    """An attempt that follows a killed one goes on; what stands as before already is told again."""
    store, batch = work.application.store, str(work.job.arguments["batch"])
    work.progress.stage(_UNDOING, store.batches.get(batch).records, may_stop=False)
    report = undo_import(store, batch, work.actor.origin.actor, work.progress.advance)
    work.progress.stage(_INDEXING, may_stop=False)
    work.application.index.catch_up()
    return _told(report)


def _told(report: UndoReport) -> dict[str, object]:
    return {
        "counts": {kind.value: asdict(counts) for kind, counts in report.counts.items()},
        "stayed": report.stayed,
        "removed": _lines(report.removed),
        "restored": _lines(report.restored),
        "stays": _lines(report.stays),
    }


def _lines(lines: Sequence[UndoLine]) -> list[dict[str, object]]:
    return [
        {
            "table": line.kind.value,
            "id": line.key,
            "name": line.name,
            "why": line.why,
            "fields": [asdict(field) for field in line.fields],
        }
        for line in lines
    ]


UNDO_PREVIEW = JobKind("undo_preview", Permission.EDIT, _preview)
UNDO = JobKind("undo", Permission.EDIT, _undo, frozenset({_UNDOING, _INDEXING}))
