"""Experts with their evidence, for portals: read, add, edit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import EvidenceType
from service.addresses import Number, step
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.listing import Asked
from service.api.problems import history_report, problems
from service.api.record_inputs import ExpertEdit, ExpertInput, SavedReport, hint_reports
from service.api.record_shapes import (
    EvidenceList,
    ExpertDetail,
    ExpertPage,
    HistoryReport,
    evidence_report,
    expert_detail,
    expert_page,
)
from service.api.versions import NOT_MODIFIED, IfMatch, IfNoneMatch, etag, seen_version, unless_held
from service.doors import ServiceDoor, requires_scope
from service.records.desk import SavedRecord
from service.security.actor import Actor

ROUTES = APIRouter(prefix="/api/v1/experts", tags=["experts"], route_class=IdempotentRoute)
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_EXPERTS))]
Writer = Annotated[Actor, Depends(requires_scope(KeyScope.WRITE_EXPERTS))]
ExpertId = Annotated[Number, Path(max_length=100, description="专家编号", examples=["E00012"])]
_UNKNOWN = problems(HTTPStatus.NOT_FOUND)


@ROUTES.get("", operation_id="listExperts", summary="专家列表 List experts")
def list_experts(service: ServiceDoor, actor: Reader, query: Asked) -> ExpertPage:
    """查询、筛选（带计数）、排序、翻页。Sorts: name, changed, title_level, items, id."""
    return expert_page(service.experts.find(query, actor))


@ROUTES.get(
    "/{expert_id}",
    operation_id="getExpert",
    summary="一位专家 One expert",
    response_model=ExpertDetail,
    responses={**_UNKNOWN, **NOT_MODIFIED},
)
def get_expert(
    service: ServiceDoor, actor: Reader, response: Response, expert_id: ExpertId, held: IfNoneMatch = None
) -> ExpertDetail | Response:
    """资料，不含隐私信息。合并掉的编号给出并入的专家。A number that was merged away leads to who lives on."""
    record = service.experts.get(expert_id, actor)
    return unless_held(expert_detail(record), record.version, held, response)


@ROUTES.post(
    "",
    operation_id="createExpert",
    summary="新增专家 Add an expert",
    status_code=HTTPStatus.CREATED,
    dependencies=[IDEMPOTENT],
    responses=problems(HTTPStatus.CONFLICT),
)
def create_expert(service: ServiceDoor, actor: Writer, response: Response, expert: ExpertInput) -> SavedReport:
    """按导入的同一套规则检查；新专家为“待审核”。Checked by the rules of the import; waits for review."""
    saved = service.experts.create(expert.cells(), actor)
    response.headers["Location"] = f"/api/v1/experts/{step(saved.id)}"
    return _saved(saved, response)


@ROUTES.patch(
    "/{expert_id}",
    operation_id="editExpert",
    summary="修改专家 Edit an expert",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED),
)
def edit_expert(
    service: ServiceDoor,
    actor: Writer,
    response: Response,
    expert_id: ExpertId,
    edit: ExpertEdit,
    seen: IfMatch = None,
) -> SavedReport:
    """须带 If-Match；别人先改过时答 412 并列出改动。改动后待审核。An edit of an old version is refused and told."""
    return _saved(service.experts.edit(expert_id, edit.cells(), seen_version(seen), actor), response)


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
    items = service.experts.items(expert_id, actor)
    found = [item for item in items if type in (None, item.type) and year in (None, item.year)]
    return EvidenceList(items=[evidence_report(item) for item in found[:limit]], total=len(found))


@ROUTES.get("/{expert_id}/history", operation_id="listExpertHistory", summary="改动记录 History", responses=_UNKNOWN)
def list_history(service: ServiceDoor, actor: Reader, expert_id: ExpertId) -> HistoryReport:
    """谁在何时改了什么，最近的在前；隐私信息打码。Private values are masked."""
    return HistoryReport(items=[history_report(line) for line in service.experts.history(expert_id, actor)])


def _saved(saved: SavedRecord, response: Response) -> SavedReport:
    response.headers["ETag"] = etag(saved.version)
    return SavedReport(id=saved.id, version=saved.version, hints=hint_reports(saved))
