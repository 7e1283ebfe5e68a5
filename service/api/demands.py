"""Demand questionnaires, for portals: read, hand in, edit, review."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from matcher.domain.portal_key import KeyScope
from service.addresses import Number, step
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.listing import Asked
from service.api.problems import history_report, problems
from service.api.record_inputs import DemandEdit, DemandInput, SavedDemand, hint_reports
from service.api.record_shapes import DemandDetail, DemandPage, HistoryReport, demand_detail, demand_page
from service.api.versions import NOT_MODIFIED, IfMatch, IfNoneMatch, etag, seen_version, unless_held
from service.doors import ServiceDoor, requires_scope
from service.records.desk import SavedRecord
from service.security.actor import Actor
from service.wiring import Service

ROUTES = APIRouter(prefix="/api/v1/demands", tags=["demands"], route_class=IdempotentRoute)
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_DEMANDS))]
Writer = Annotated[Actor, Depends(requires_scope(KeyScope.WRITE_DEMANDS))]
DemandId = Annotated[Number, Path(max_length=100, description="需求编号", examples=["D001"])]
_UNKNOWN = problems(HTTPStatus.NOT_FOUND)


@ROUTES.get("", operation_id="listDemands", summary="需求列表 List demands")
def list_demands(service: ServiceDoor, actor: Reader, query: Asked) -> DemandPage:
    """查询、筛选（带计数）、排序、翻页。Sorts: changed, title, enterprise, urgency, filled, review, id."""
    return demand_page(service.demands.find(query, actor))


@ROUTES.get(
    "/{demand_id}",
    operation_id="getDemand",
    summary="一份需求 One demand",
    response_model=DemandDetail,
    responses={**_UNKNOWN, **NOT_MODIFIED},
)
def get_demand(
    service: ServiceDoor, actor: Reader, response: Response, demand_id: DemandId, held: IfNoneMatch = None
) -> DemandDetail | Response:
    """问卷、拆分的各项需求、审核状态和凝练提示。With needs, review and what to ask the firm."""
    record = service.demands.get(demand_id, actor)
    return unless_held(demand_detail(record), record.version, held, response)


@ROUTES.get("/{demand_id}/history", operation_id="listDemandHistory", summary="改动记录 History", responses=_UNKNOWN)
def list_history(service: ServiceDoor, actor: Reader, demand_id: DemandId) -> HistoryReport:
    """谁在何时改了什么，最近的在前；隐私信息打码。Private values are masked."""
    return HistoryReport(items=[history_report(line) for line in service.demands.history(demand_id, actor)])


@ROUTES.post(
    "",
    operation_id="createDemand",
    summary="提交需求 Hand in a demand",
    status_code=HTTPStatus.CREATED,
    dependencies=[IDEMPOTENT],
    responses=problems(HTTPStatus.CONFLICT),
)
def create_demand(service: ServiceDoor, actor: Writer, response: Response, demand: DemandInput) -> SavedDemand:
    """按导入的同一套规则检查；新需求为“待审核”。Checked by the rules of the import; waits for review."""
    saved = service.demands.create(demand.cells(), actor)
    response.headers["Location"] = f"/api/v1/demands/{step(saved.id)}"
    return _saved(service, saved, actor, response)


@ROUTES.patch(
    "/{demand_id}",
    operation_id="editDemand",
    summary="修改需求 Edit a demand",
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED),
)
def edit_demand(
    service: ServiceDoor,
    actor: Writer,
    response: Response,
    demand_id: DemandId,
    edit: DemandEdit,
    seen: IfMatch = None,
) -> SavedDemand:
    """须带 If-Match；别人先改过时答 412 并列出改动。改动后重新待审核。An edit of an old version is refused and told."""
    saved = service.demands.edit(demand_id, edit.cells(), seen_version(seen), actor)
    return _saved(service, saved, actor, response)


def _saved(service: Service, saved: SavedRecord, actor: Actor, response: Response) -> SavedDemand:
    response.headers["ETag"] = etag(saved.version)
    review = service.demands.get(saved.id, actor).demand.review
    return SavedDemand(id=saved.id, version=saved.version, review=review, hints=hint_reports(saved))
