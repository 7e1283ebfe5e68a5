"""Papers of frozen match runs: the files that leave the office. Every one is in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.domain.audit import AuditAction
from matcher.explain.sheets import match_sheets
from matcher.store.store import Store
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.frozen import ShownRun
from service.audit.origin import Clock
from service.matching.runs import RunDesk, run_subject
from service.security.actor import Actor

_CHOSEN = (
    ("序号", 6), ("专家编号", 10), ("姓名", 10), ("工作单位", 24), ("职称", 12), ("匹配程度", 10), ("推荐理由", 46),
    ("入围说明", 40), ("冻结时的待核事项", 40),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """`name` is what the file is called when it is saved."""

    name: str
    content: bytes


class RunPapers:
    def __init__(self, runs: RunDesk, store: Store, clock: Clock) -> None:
        self._runs, self._store, self._clock = runs, store, clock

    def workbook(self, run_id: str, actor: Actor) -> Paper:
        """Whom people chose, and the answer they chose from, as it was frozen. Raises RecordUnknown."""
        shown = self._runs.get(run_id, actor)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "run.xlsx"
            write_workbook(path, [*match_sheets([shown.report]), _chosen(shown)])
            content = path.read_bytes()
        told = {"file": "xlsx", "state": shown.run.state.value, "digest": shown.run.digest}
        note = actor.origin.entry(self._clock(), AuditAction.EXPORT_RUN, run_subject(run_id), after=told)
        self._store.audit.append(note)
        return Paper(f"匹配结果{shown.run.id}（{shown.run.state}）.xlsx", content)


def _chosen(shown: ShownRun) -> SheetSpec:
    header, widths = zip(*_CHOSEN, strict=True)
    rows = [
        (
            place,
            one.explanation.expert.id,
            one.explanation.expert.name,
            one.explanation.expert.organization,
            one.explanation.expert.title,
            one.explanation.band.value,
            one.explanation.summary(),
            one.note,
            "\n".join(one.explanation.to_check()),
        )
        for place, one in enumerate(shown.chosen, start=1)
    ]
    return SheetSpec("入选专家", header, rows, widths)
