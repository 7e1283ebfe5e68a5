"""Lists of talent as workbooks: the files that leave the office. Every one is in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.beijing import in_beijing
from matcher.documents.paper import Paper
from matcher.domain.audit import AuditAction
from matcher.explain.achievement import AchievementReport
from matcher.explain.achievement_sheets import achievement_sheets
from matcher.store.store import Store
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.enterprise_team import EnterpriseTeam, team_sheet
from matcher.workflows.gaps import Coverage, coverage_sheets
from matcher.workflows.programmes import Nominations, nomination_sheet
from service.audit.origin import Clock
from service.security.actor import Actor
from service.talent.desk import TalentDesk


class TalentPapers:
    def __init__(self, desk: TalentDesk, store: Store, clock: Clock) -> None:
        self._desk, self._store, self._clock = desk, store, clock

    def team(self, found: EnterpriseTeam, actor: Actor) -> Paper:
        case = found.case
        about = f"需求:{case.demand.id}" if case.demand else f"专家:{case.chief.id}" if case.chief else ""
        return self._noted("团队培养", case.enterprise, [team_sheet(found)], about, actor)

    def nominations(self, found: Nominations, actor: Actor) -> Paper:
        return self._noted(
            "举荐人选", found.programme.name, [nomination_sheet(found)], f"举荐:{found.programme.name}", actor
        )

    def achievements(self, demand_id: str, found: Sequence[AchievementReport], actor: Actor) -> Paper:
        return self._noted("成果对接表", demand_id, achievement_sheets(found), f"需求:{demand_id}", actor)

    def coverage(self, found: Coverage, actor: Actor) -> Paper:
        sheets = coverage_sheets(found, self._desk.names(found))
        return self._noted("人才缺口", f"{in_beijing(self._clock()):%Y-%m-%d}", sheets, "人才缺口", actor)

    def _noted(self, kind: str, of: str, sheets: Sequence[SheetSpec], about: str, actor: Actor) -> Paper:
        name = f"{kind}{f' {of}' if of else ''}.xlsx"
        paper = Paper(name, _workbook(sheets))
        self._store.audit.append(actor.origin.entry(self._clock(), AuditAction.EXPORT_TALENT, about, reason=name))
        return paper


def _workbook(sheets: Sequence[SheetSpec]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "talent.xlsx"
        write_workbook(path, sheets)
        return path.read_bytes()
