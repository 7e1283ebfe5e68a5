"""Papers of frozen match runs: the files that leave the office. Every one is in the audit log."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.beijing import day_in_beijing
from matcher.documents.paper import Paper
from matcher.domain.audit import AuditAction
from matcher.domain.demand import DemandContact, demand_id_of
from matcher.explain.sheets import match_sheets
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import Application
from matcher.workflows.frozen import ShownRun
from matcher.workflows.run_documents import Letterhead, invitation, liaison_plan
from service.audit.origin import Clock
from service.matching.runs import RunDesk, run_subject
from service.security.actor import Actor
from service.security.private_fields import PrivateFields

_CHOSEN = (
    ("序号", 6), ("专家编号", 10), ("姓名", 10), ("工作单位", 24), ("职称", 12), ("匹配程度", 10), ("推荐理由", 46),
    ("入围说明", 40), ("保存时的待核事项", 40),
)  # fmt: skip


class RunPapers:
    def __init__(self, application: Application, runs: RunDesk, private_fields: PrivateFields, clock: Clock) -> None:
        self._runs, self._private_fields, self._clock = runs, private_fields, clock
        self._store, self._templates = application.store, application.word_templates
        self._regions, self._issuer = application.reference.regions, application.settings.issuer

    def workbook(self, run_id: str, actor: Actor) -> Paper:
        """Whom people chose, and the answer they chose from, as it was frozen. Raises RecordUnknown."""
        shown = self._runs.get(run_id, actor)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "run.xlsx"
            write_workbook(path, [self._chosen(shown), *match_sheets([shown.report])])
            content = path.read_bytes()
        return self._noted(Paper(f"匹配结果{shown.run.id}（{shown.run.state}）.xlsx", content), shown, actor)

    def liaison_plan(self, run_id: str, actor: Actor) -> Paper:
        """对接方案; the contact is left blank for whoever may not see it.

        Raises RecordUnknown, RunNotIntact, TemplateFault.
        """
        shown = self._runs.get(run_id, actor)
        hindered, contact = self._runs.hindered(shown), self._contact(shown, actor)
        content = liaison_plan(shown, hindered, contact, self._regions, self._letterhead())
        made = self._templates.fill(content, self._clock())
        return self._noted(Paper(f"对接方案{shown.run.id}（{shown.run.state}）.docx", made), shown, actor)

    def invitation(self, run_id: str, expert_id: str, actor: Actor) -> Paper:
        """邀请函.

        Raises RecordUnknown, RunNotIntact, InvitationTooEarly, NotChosen, InvitedCannotGo, TemplateFault.
        """
        shown = self._runs.get(run_id, actor)
        content = invitation(shown, expert_id, self._runs.hindered(shown), self._regions, self._letterhead())
        made = self._templates.fill(content, self._clock())
        return self._noted(Paper(f"邀请函{shown.run.id} {content.name}.docx", made), shown, actor)

    def _chosen(self, shown: ShownRun) -> SheetSpec:
        """With what has changed of the people since, as of the day the file is made."""
        changed = {one.expert_id: one for one in self._runs.hindered(shown)}
        header, widths = zip(*_CHOSEN, (f"保存之后的变化（截至 {day_in_beijing(self._clock())}）", 40), strict=True)
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
                "\n".join([*one.explanation.forbidding(), *one.explanation.to_check()]),
                "\n".join(changed[one.explanation.expert.id].why) if one.explanation.expert.id in changed else "无",
            )
            for place, one in enumerate(shown.chosen, start=1)
        ]
        return SheetSpec("入围专家", header, rows, widths)

    def _contact(self, shown: ShownRun, actor: Actor) -> DemandContact:
        if not actor.sees_private:
            return DemandContact()
        number = demand_id_of(shown.run.demand_id)
        return self._private_fields.of_demands([number], actor, exported=True).get(number, DemandContact())

    def _letterhead(self) -> Letterhead:
        return Letterhead(self._issuer, day_in_beijing(self._clock()))

    def _noted(self, paper: Paper, shown: ShownRun, actor: Actor) -> Paper:
        told = {"file": paper.name, "state": shown.run.state.value, "digest": shown.run.digest}
        note = actor.origin.entry(self._clock(), AuditAction.EXPORT_RUN, run_subject(shown.run.id), after=told)
        self._store.audit.append(note)
        return paper
