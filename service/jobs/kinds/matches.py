"""Matches many demands at once and writes the workbook that goes round: 汇总表, 对照表, 依据, 未列入人员."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.demand import Demand
from matcher.domain.vocabulary import Purpose, ServiceKind
from matcher.explain.report import MatchReport
from matcher.explain.sheets import match_sheets
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.match import MatchRequest
from matcher.workflows.report import report_all
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_MATCHING, _WRITING = "匹配", "写入文件"


class MatchesWanted(BaseModel):
    """要匹配的需求和要求。No demands named: all that the owner may see."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    demands: tuple[str, ...] = Field((), max_length=10_000, description="需求编号；空为全部", examples=[["D001"]])
    purpose: Purpose = Field(Purpose.ENTERPRISE_VISIT, description="用途")
    services: tuple[ServiceKind, ...] = Field((), description="服务方式")
    top: int = Field(10, ge=1, le=100, description="每个需求列出几个（同一团队合为一个）")


def _match(work: Work) -> Result:
    wanted = MatchesWanted.model_validate(dict(work.job.arguments))
    request = MatchRequest(wanted.purpose, wanted.top, by_team=True, services=wanted.services)
    demands = _asked(work, wanted)
    work.progress.stage(_MATCHING, len(demands))
    reports = list(_reported(work, demands, request))
    work.progress.stage(_WRITING)
    path = work.file(".xlsx")
    write_workbook(path, match_sheets(reports))
    without = sum(report.result.gap is not None for report in reports)
    return {"file": path.name, "name": "匹配结果.xlsx", "demands": len(demands), "without_expert": without}


def _asked(work: Work, wanted: MatchesWanted) -> list[Demand]:
    """Demands outside the owner's regions are left out, as they are on every page."""
    store, scope = work.application.store, work.actor.scope
    found = store.demands.get_many(wanted.demands).values() if wanted.demands else store.demands.stream()
    return [one for one in found if scope.covers(one.enterprise.region_code, one.enterprise.jurisdiction)]


def _reported(work: Work, demands: list[Demand], request: MatchRequest) -> Iterator[MatchReport]:
    application = work.application
    for demand in demands:
        yield from report_all([demand], request, application.matchmaker, application.reporter)
        work.progress.advance(1)


MATCHES = JobKind("match", Permission.MATCH, _match)
