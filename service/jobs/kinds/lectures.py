"""Puts similar demands together for one lecture each and looks for who answers them all."""

from __future__ import annotations

import json

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.demand import Demand
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.lecture_sheets import lecture_json, lecture_sheets
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_GROUPING, _WRITING = "归并相近的需求，找讲者", "写入文件"


class LecturesWanted(BaseModel):
    """`regions` are codes; none: all that the owner may see. `pending_too`: demands not yet approved as well."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regions: tuple[str, ...] = Field((), max_length=20)
    pending_too: bool = False


def _lectures(work: Work) -> Result:
    wanted = LecturesWanted.model_validate(dict(work.job.arguments))
    work.progress.stage(_GROUPING)
    plan = work.application.lectures.plan(_demands(work, wanted), pending_too=wanted.pending_too)
    work.progress.stage(_WRITING)
    workbook, report = work.file(".xlsx"), work.file(".json")
    write_workbook(workbook, lecture_sheets(plan))
    report.write_text(json.dumps(lecture_json(plan), ensure_ascii=False), encoding="utf-8")
    return {"file": workbook.name, "name": "讲座安排.xlsx", "report": report.name, "lectures": len(plan.groups)}


def _demands(work: Work, wanted: LecturesWanted) -> list[Demand]:
    """Demands outside the owner's regions are left out, as they are on every page."""
    scope = work.actor.scope
    firms = ((demand, demand.enterprise) for demand in work.application.store.demands.stream())
    return [
        demand
        for demand, firm in firms
        if scope.covers(firm.region_code, firm.jurisdiction)
        and (not wanted.regions or firm.region_code.startswith(wanted.regions))
    ]


LECTURES = JobKind("lectures", Permission.PLAN, _lectures)
