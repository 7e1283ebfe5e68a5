"""Plans are drawn up and tried by jobs: the pages that start one and wait for it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from matcher.beijing import in_beijing
from matcher.domain.job import Job
from matcher.domain.plan import PlanKind
from matcher.errors import UsageError
from matcher.store.errors import JobUnknown
from service.console.flash import FlashKind
from service.console.pages import page, redirect
from service.console.plans.doors import PlanDoor, ReadDoor, StationFields, SteeringFields
from service.console.plans.visit_form import form_address
from service.doors import Caller, ServiceDoor
from service.jobs.kinds.plans import PLAN
from service.plans.wishes import PlanWish
from service.security.actor import Actor
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)


@ROUTES.get("")
def plans(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    found = [record for record in service.plans.newest(caller.actor) if record.kind is PlanKind.STATIONS]
    context = {"plans": found, "year": in_beijing(service.clock()).year, "may_plan": _may_plan(caller)}
    return page(request, "plans/list.html", **context)


@ROUTES.post("")
def draw_up(request: Request, service: ServiceDoor, caller: PlanDoor, form: StationFields) -> Response:
    try:
        job = started(service, PlanWish(stations=form.wish()), caller.actor)
    except UsageError as refusal:
        return redirect(request, "/plans", str(refusal), FlashKind.WARNING)
    return redirect(request, f"/plans/jobs/{job.id}")


@ROUTES.get("/jobs/{job_id}")
def work(request: Request, service: ServiceDoor, caller: PlanDoor, job_id: str) -> Response:
    """Asks again until the job is over, then goes to the plan; what was tried is shown here."""
    job = _job(service, job_id, caller.actor)
    wish = PlanWish.model_validate(dict(job.arguments))
    if "version" in job.result:
        return _onwards(request, f"/plans/{quote(str(job.result['plan']))}")
    form = form_address(wish.visits) if wish.visits else "/plans"
    context = {"job": job, "wish": wish, "tried": job.result or None, "form": form}
    return page(request, "plans/work.html", **context)


@ROUTES.post("/jobs/{job_id}/adopt")
def adopt(request: Request, service: ServiceDoor, caller: PlanDoor, job_id: str) -> Response:
    """What was tried is solved again and kept as the next version."""
    tried = PlanWish.model_validate(dict(_job(service, job_id, caller.actor).arguments))
    try:
        job = started(service, tried.model_copy(update={"what_if": False}), caller.actor)
    except UsageError as refusal:
        return redirect(request, f"/plans/jobs/{job_id}", str(refusal), FlashKind.WARNING)
    return redirect(request, f"/plans/jobs/{job.id}")


@ROUTES.post("/{plan_id}/solve")
def solve(request: Request, service: ServiceDoor, caller: PlanDoor, plan_id: str, form: SteeringFields) -> Response:
    """Asks back where somebody chosen hardly suits."""
    try:
        wish = PlanWish(plan=plan_id, changes=form.changes(service.store), what_if=form.what_if)
        doubts = () if form.what_if or form.agreed else service.plans.doubts(wish, caller.actor)
        if doubts:
            return page(request, "plans/doubts.html", plan_id=plan_id, doubts=doubts, fields=form.fields())
        job = started(service, wish, caller.actor)
    except UsageError as refusal:
        return redirect(request, f"/plans/{quote(plan_id)}", str(refusal), FlashKind.WARNING)
    return redirect(request, f"/plans/jobs/{job.id}")


def started(service: Service, wish: PlanWish, actor: Actor) -> Job:
    return service.jobs.start(PLAN, service.plans.title(wish, actor), wish.model_dump(mode="json"), actor)


def _job(service: Service, job_id: str, actor: Actor) -> Job:
    """Raises JobUnknown."""
    job = service.jobs.get(job_id, actor)
    if job.kind != PLAN.name:
        raise JobUnknown(job_id)
    return job


def _onwards(request: Request, path: str) -> Response:
    """htmx follows a plain redirect out of sight."""
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": path})
    return redirect(request, path, "计划已制定。")


def _may_plan(caller: Caller) -> bool:
    return caller.member.may(Permission.PLAN) and not caller.actor.scope.regions
