"""`/api/v1/exports`: workbooks of experts, demands, the ledger, matches; made by a job, fetched from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from matcher.domain.portal_key import KeyScope
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.job_reports import RESPONSES, JobReport, job_report, location
from service.doors import ServiceDoor, requires_scope
from service.jobs.kinds.exports import EXPORT, ExportKind, ExportWanted
from service.jobs.kinds.matches import MATCHES, MatchesWanted
from service.security.actor import Actor

ROUTES = APIRouter(prefix="/api/v1/exports", tags=["exports"], responses=RESPONSES, route_class=IdempotentRoute)
ExportDoor = Annotated[Actor, Depends(requires_scope(KeyScope.EXPORT))]
MatchDoor = Annotated[Actor, Depends(requires_scope(KeyScope.MATCH))]


@ROUTES.post("", operation_id="createExport", status_code=202, summary="导出 Export", dependencies=[IDEMPOTENT])
def create_export(service: ServiceDoor, actor: ExportDoor, wanted: ExportWanted, response: Response) -> JobReport:
    """导出专家、需求或台账；不含隐私信息。Private fields are left out; texts are never formulas."""
    if wanted.listed is not None:
        query = replace(wanted.listed, limit=1)  # a condition that no list knows is told now, not by the job
        service.experts.find(query, actor) if wanted.kind is ExportKind.EXPERTS else service.demands.find(query, actor)
    job = service.jobs.start(EXPORT, f"导出{wanted.kind.called}", wanted.model_dump(mode="json"), actor)
    response.headers.update(location(job))
    return job_report(job)


@ROUTES.post(
    "/matches",
    operation_id="createMatchExport",
    status_code=202,
    summary="批量匹配 Match many",
    dependencies=[IDEMPOTENT],
)
def create_match_export(service: ServiceDoor, actor: MatchDoor, wanted: MatchesWanted, response: Response) -> JobReport:
    """批量匹配，得到汇总表和对照表。Matches many demands at once; the file is the workbook."""
    job = service.jobs.start(MATCHES, "批量匹配", wanted.model_dump(mode="json"), actor)
    response.headers.update(location(job))
    return job_report(job)
