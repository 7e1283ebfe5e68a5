"""Marks for portals: what is said of proposed experts, without the reasons."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from matcher.domain.portal_key import KeyScope
from matcher.domain.vocabulary import Verdict
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.match_shapes import MarkList, MarkReport, MarkWanted, mark_report
from service.api.problems import problems
from service.doors import ServiceDoor, requires_scope
from service.security.actor import Actor

ROUTES = APIRouter(
    prefix="/api/v1/marks", tags=["marks"], responses=problems(HTTPStatus.NOT_FOUND), route_class=IdempotentRoute
)
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_MARKS))]
Writer = Annotated[Actor, Depends(requires_scope(KeyScope.WRITE_MARKS))]
_ID = r"^[^\x00-\x1f\x7f]+$"
DemandId = Annotated[str, Query(max_length=100, pattern=_ID, description="需求编号，可为其中一项", examples=["D001"])]
ExpertId = Annotated[str, Query(max_length=100, pattern=_ID, description="专家编号", examples=["E00012"])]


@ROUTES.get("", operation_id="listMarks", summary="评价 List marks")
def list_marks(service: ServiceDoor, actor: Reader, demand_id: DemandId) -> MarkList:
    """对一份需求（或其中一项）所推荐专家的评价；不含理由。Without the reasons."""
    return MarkList(items=[mark_report(mark) for mark in service.marks.of_demand(demand_id, actor)])


@ROUTES.post(
    "",
    operation_id="giveMark",
    summary="评价 Mark",
    dependencies=[IDEMPOTENT],
    responses=problems(HTTPStatus.CONFLICT),
)
def give_mark(service: ServiceDoor, actor: Writer, wanted: MarkWanted) -> MarkReport:
    """同一事项的新评价取代旧的，历史保留。A new one takes the place of the old one; history keeps both."""
    given = service.marks.give(wanted.demand_id, wanted.expert_id, wanted.verdict, wanted.reason, actor)
    return mark_report(given)


@ROUTES.delete("", operation_id="withdrawMark", summary="撤回评价 Withdraw a mark", status_code=HTTPStatus.NO_CONTENT)
def withdraw_mark(
    service: ServiceDoor,
    actor: Writer,
    demand_id: DemandId,
    expert_id: ExpertId,
    verdict: Annotated[Verdict, Query(description="要撤回的评价 What was said")],
) -> None:
    """撤回所说的评价；历史保留。Takes back what was said on the verdict's subject; history keeps it."""
    service.marks.withdraw(demand_id, expert_id, verdict, actor)
