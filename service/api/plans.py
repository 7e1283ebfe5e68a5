"""`/api/v1/plans`: plans of stations, drawn up and steered by jobs; people sign them in the console."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from matcher.domain.job import Job
from matcher.domain.plan import PlanState, plan_order
from matcher.domain.portal_key import KeyScope
from matcher.store.errors import JobUnknown
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.job_reports import JobId, job_report
from service.api.listing import CURSOR
from service.api.plan_shapes import (
    PlanComparison,
    PlanDetail,
    PlanList,
    PlanOutcome,
    PlanWanted,
    PlanWork,
    plan_comparison,
    plan_detail,
    plan_summary,
)
from service.api.problems import problems
from service.doors import ServiceDoor, requires_scope
from service.jobs.kinds.plans import PLAN
from service.plans.wishes import Changes, PlanWish, StationsWish
from service.security.actor import Actor
from service.wiring import Service

ROUTES = APIRouter(
    prefix="/api/v1/plans",
    tags=["plans"],
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    route_class=IdempotentRoute,
)
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_PLANS))]
Planner = Annotated[Actor, Depends(requires_scope(KeyScope.MAKE_PLANS))]
_PRINTED = r"^[^\x00-\x1f\x7f]*$"
PlanId = Annotated[str, Path(max_length=40, pattern=_PRINTED, description="计划编号 The plan", examples=["P2026-001"])]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="版本，不写为最新 A version; else the newest")]
OneVersion = Annotated[int, Query(ge=1, le=1_000_000, description="版本 A version")]


@ROUTES.get("", operation_id="listPlans", summary="计划列表 List plans")
def list_plans(
    service: ServiceDoor,
    actor: Reader,
    state: Annotated[PlanState | None, Query(description="只看一种状态 Of one state")] = None,
    year: Annotated[int | None, Query(ge=2000, le=2100, description="只看一个计划年度 Of one year")] = None,
    cursor: Annotated[str, Query(max_length=40, pattern=_PRINTED, description=CURSOR)] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="最多几份 At most")] = 50,
) -> PlanList:
    """每份建站计划的最新版本，新的在前。The newest version of each plan of stations; visits are people's days."""
    plans = service.plans.newest(actor) if year is None else service.plans.stations_of(year)
    found = [
        one for one in plans if state in (None, one.state) and (not cursor or plan_order(one.id) < plan_order(cursor))
    ]
    more = found[limit - 1].id if len(found) > limit else ""
    return PlanList(items=[plan_summary(record) for record in found[:limit]], next=more)


@ROUTES.post("", operation_id="createPlan", status_code=202, summary="制定建站计划 Draw up", dependencies=[IDEMPOTENT])
def create_plan(service: ServiceDoor, actor: Planner, wanted: PlanWanted, response: Response) -> PlanWork:
    """由后台任务制定，结果见 Location。Solved by a job; ask at `Location` until it is done."""
    stations = StationsWish.model_validate(wanted.model_dump(exclude={"changes"}))
    return _started(service, PlanWish(stations=stations, changes=wanted.changes), actor, response)


@ROUTES.get("/jobs/{job_id}", operation_id="getPlanJob", summary="制定计划的后台任务 The job that solves")
def get_plan_job(service: ServiceDoor, actor: Planner, job_id: JobId) -> PlanWork:
    """进度；完成后是计划编号，试算则是差别。How far it is, and then the plan, or what a trial would bring."""
    job = service.jobs.get(job_id, actor)
    if job.kind != PLAN.name:
        raise JobUnknown(job_id)
    return _work(job)


@ROUTES.get("/{plan_id}", operation_id="getPlan", summary="一份计划 One plan")
def get_plan(service: ServiceDoor, actor: Reader, plan_id: PlanId, version: Version = None) -> PlanDetail:
    """当时的决定，和今天有什么不合适（如专家已停用）。As decided, and what stands against it today."""
    return plan_detail(service.plans.get(plan_id, version, actor))


@ROUTES.get("/{plan_id}/versions", operation_id="listPlanVersions", summary="各版本 Versions")
def list_versions(service: ServiceDoor, actor: Reader, plan_id: PlanId) -> PlanList:
    """由旧到新。Oldest first."""
    return PlanList(items=[plan_summary(record) for record in service.plans.versions(plan_id, actor)])


@ROUTES.get("/{plan_id}/comparison", operation_id="comparePlans", summary="比较 Compare two versions")
def compare_plans(
    service: ServiceDoor,
    actor: Reader,
    plan_id: PlanId,
    first: OneVersion,
    second: OneVersion,
    other: Annotated[str, Query(max_length=40, pattern=_PRINTED, description="另一份计划；空为同一份")] = "",
) -> PlanComparison:
    """本计划的 first 版与本计划（或 other）的 second 版。`first` of this plan, `second` of it or of `other`."""
    return plan_comparison(service.plans.compare((plan_id, first), (other or plan_id, second), actor))


@ROUTES.post(
    "/{plan_id}/versions",
    operation_id="steerPlan",
    status_code=202,
    summary="调整后重新安排 Steer and solve again",
    dependencies=[IDEMPOTENT],
)
def steer_plan(service: ServiceDoor, actor: Planner, plan_id: PlanId, changes: Changes, response: Response) -> PlanWork:
    """固定、排除、优先、更换、对调；已确认的保持。What people have confirmed stays; the result is the next version."""
    return _started(service, PlanWish(plan=plan_id, changes=changes), actor, response)


@ROUTES.post(
    "/{plan_id}/trials",
    operation_id="tryPlan",
    status_code=202,
    summary="试算 What if",
    dependencies=[IDEMPOTENT],
)
def try_plan(service: ServiceDoor, actor: Planner, plan_id: PlanId, changes: Changes, response: Response) -> PlanWork:
    """看这样调整会怎样，不保存计划。What the changes would bring; no plan is kept."""
    return _started(service, PlanWish(plan=plan_id, changes=changes, what_if=True), actor, response)


def _started(service: Service, wish: PlanWish, actor: Actor, response: Response) -> PlanWork:
    title, doubts = service.plans.title(wish, actor), service.plans.doubts(wish, actor)
    job = service.jobs.start(PLAN, title, wish.model_dump(mode="json"), actor)
    response.headers["Location"] = f"/api/v1/plans/jobs/{job.id}"
    return _work(job).model_copy(update={"warnings": list(doubts)})


def _work(job: Job) -> PlanWork:
    wish = PlanWish.model_validate(dict(job.arguments))
    solved = PlanOutcome.model_validate({"plan": wish.plan, **job.result})
    return PlanWork(**job_report(job).model_dump(), **dict(solved), what_if=wish.what_if)
