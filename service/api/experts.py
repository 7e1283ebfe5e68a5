"""Experts with their evidence, for portals."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import EvidenceType
from service.api.listing import catalogue_query
from service.api.problems import history_report, problems
from service.api.record_shapes import (
    EvidenceList,
    ExpertDetail,
    ExpertPage,
    HistoryReport,
    evidence_report,
    expert_detail,
    expert_summary,
    facet_reports,
)
from service.api.versions import IfNoneMatch, etag, is_held
from service.doors import ServiceDoor, requires_scope
from service.security.actor import Actor

ROUTES = APIRouter(prefix="/api/v1/experts", tags=["experts"])
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_EXPERTS))]
ExpertId = Annotated[str, Path(max_length=100, description="专家编号", examples=["E00012"])]
_UNKNOWN = problems(HTTPStatus.NOT_FOUND)


@ROUTES.get("", operation_id="listExperts", summary="专家列表 List experts")
def list_experts(
    service: ServiceDoor, actor: Reader, query: Annotated[CatalogueQuery, Depends(catalogue_query)]
) -> ExpertPage:
    """查询、筛选（带计数）、排序、翻页。Sorts: name, changed, title_level, items, id."""
    found = service.experts.find(query)
    page = found.page
    return ExpertPage(
        items=[expert_summary(expert) for expert in found.experts],
        total=page.total,
        next=page.next,
        facets=facet_reports(page.facets),
    )


@ROUTES.get(
    "/{expert_id}",
    operation_id="getExpert",
    summary="一位专家 One expert",
    response_model=ExpertDetail,
    responses={**_UNKNOWN, 304: {"description": "未变。Not changed"}},
)
def get_expert(
    service: ServiceDoor, actor: Reader, response: Response, expert_id: ExpertId, held: IfNoneMatch = None
) -> ExpertDetail | Response:
    """资料，不含隐私字段。合并掉的编号给出并入的专家。A number that was merged away leads to who lives on."""
    record = service.experts.get(expert_id, actor)
    if is_held(record.version, held):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag(record.version)})
    response.headers["ETag"] = etag(record.version)
    return expert_detail(record)


@ROUTES.get("/{expert_id}/items", operation_id="listExpertItems", summary="成果 Evidence", responses=_UNKNOWN)
def list_items(
    service: ServiceDoor,
    actor: Reader,
    expert_id: ExpertId,
    type: Annotated[EvidenceType | None, Query(description="只看一类。One kind only")] = None,
    year: Annotated[int | None, Query(ge=0, le=9999, description="只看一年。One year only")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> EvidenceList:
    """论文、专利、项目等，最近的在前。Newest first."""
    items = service.experts.items(expert_id)
    found = [item for item in items if type in (None, item.type) and year in (None, item.year)]
    return EvidenceList(items=[evidence_report(item) for item in found[:limit]], total=len(found))


@ROUTES.get("/{expert_id}/history", operation_id="listExpertHistory", summary="改动记录 History", responses=_UNKNOWN)
def list_history(service: ServiceDoor, actor: Reader, expert_id: ExpertId) -> HistoryReport:
    """谁在何时改了什么，最近的在前；隐私字段打码。Private values are masked."""
    return HistoryReport(items=[history_report(line) for line in service.experts.history(expert_id)])
