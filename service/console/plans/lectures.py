"""讲座: similar demands put together, one lecturer for several of them. Worked out by a job, shown to who asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from matcher.domain.job import Job
from matcher.errors import UsageError
from matcher.plan.clusters import ALIKE
from matcher.store.errors import JobUnknown
from service.console.files import sent
from service.console.flash import FlashKind
from service.console.jobs import tone
from service.console.pages import page, redirect
from service.console.plans.doors import PlanDoor
from service.console.plans.places import places_with_demands
from service.doors import ServiceDoor
from service.jobs.kinds.lectures import LECTURES, LecturesWanted
from service.plans.errors import RegionOutside
from service.security.actor import Actor
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans/lectures", include_in_schema=False)
_HERE, _SHOWN = "/plans/lectures", 10


class LectureForm(BaseModel):
    region: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=20)
    pending_too: bool = False


@ROUTES.get("")
def start(request: Request, service: ServiceDoor, caller: PlanDoor) -> Response:
    jobs = service.jobs.list(caller.actor, kinds=(LECTURES.name,), limit=_SHOWN)
    places = places_with_demands(service, {}, caller.actor)
    recent = [(job, tone(job), _places(service, job)) for job in jobs]
    return page(request, "plans/lectures/start.html", recent=recent, places=places, alike=ALIKE)


@ROUTES.post("")
def group(request: Request, service: ServiceDoor, caller: PlanDoor, form: Annotated[LectureForm, Form()]) -> Response:
    try:
        job = _started(service, LecturesWanted(regions=tuple(form.region), pending_too=form.pending_too), caller.actor)
    except UsageError as refusal:
        return redirect(request, _HERE, str(refusal), FlashKind.WARNING)
    return redirect(request, f"{_HERE}/{job.id}")


@ROUTES.get("/{job_id}")
def lectures(request: Request, service: ServiceDoor, caller: PlanDoor, job_id: str) -> Response:
    """Asks again until the job is over, then shows what it found."""
    job = _job(service, job_id, caller.actor)
    report = service.jobs.report(job_id, caller.actor) if job.result else None
    wanted, places = LecturesWanted.model_validate(dict(job.arguments)), _places(service, job)
    context = {"job": job, "report": report, "wanted": wanted, "places": places, "alike": ALIKE}
    return page(request, "plans/lectures/found.html", **context)


@ROUTES.get("/{job_id}/export.xlsx")
def export(service: ServiceDoor, caller: PlanDoor, job_id: str) -> FileResponse:
    return sent(service.jobs.file(_job(service, job_id, caller.actor).id, caller.actor))


def _started(service: Service, wanted: LecturesWanted, actor: Actor) -> Job:
    """Raises RegionOutside, TooManyJobs."""
    if not all(actor.scope.covers(code) for code in wanted.regions):
        raise RegionOutside
    where = service.places.names(wanted.regions or actor.scope.regions)
    return service.jobs.start(LECTURES, f"归并讲座：{where}", wanted.model_dump(mode="json"), actor)


def _job(service: Service, job_id: str, actor: Actor) -> Job:
    """Raises JobUnknown."""
    job = service.jobs.get(job_id, actor)
    if job.kind != LECTURES.name:
        raise JobUnknown(job_id)
    return job


def _places(service: Service, job: Job) -> str:
    wanted = LecturesWanted.model_validate(dict(job.arguments))
    return service.places.names(wanted.regions or job.owner.regions)
