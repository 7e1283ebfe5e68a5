"""后台任务: what runs, how far it is, what came of it; exports begin here."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import FileResponse

from matcher.domain.job import Job, JobState
from service.console.files import sent
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor, StaffDoor, requires
from service.jobs.kinds.audit_check import AUDIT_CHECK
from service.jobs.kinds.coverage import COVERAGE
from service.jobs.kinds.exports import EXPORT, ExportKind
from service.jobs.kinds.imports import IMPORT, IMPORT_PREVIEW
from service.jobs.kinds.index import INDEX
from service.jobs.kinds.lectures import LECTURES
from service.jobs.kinds.plans import PLAN
from service.jobs.kinds.reviews import REVIEWS
from service.jobs.kinds.undo import UNDO, UNDO_PREVIEW
from service.jobs.work import JobKind
from service.security.errors import PermissionMissing
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/jobs", include_in_schema=False)
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
OperateDoor = Annotated[Caller, Depends(requires(Permission.OPERATE))]
_HERE, _SHOWN = "/jobs", 30
_TONES = {
    JobState.QUEUED: "wait",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "plain",
}


def tone(job: Job) -> str:
    return _TONES[job.state]


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: StaffDoor, before: str = "") -> Response:
    everyone = caller.member.may(Permission.OPERATE)
    found = service.jobs.list(caller.actor, everyone=everyone, before=before, limit=_SHOWN + 1)
    jobs = found[:_SHOWN]
    exports = [(kind.value, kind.called) for kind in ExportKind] if caller.member.may(Permission.EXPORT) else []
    context: dict[str, object] = {
        "rows": [(job, tone(job), _page_of(job), _may_cancel(service.jobs.kind(job), job)) for job in jobs],
        "more": jobs[-1].id if len(found) > _SHOWN else "",
        "waits": any(not job.state.is_over for job in jobs),
        "everyone": everyone,
        "me": caller.actor.origin.actor,
        "exports": exports,
    }
    return page(request, "jobs/list.html", **context)


@ROUTES.post("/exports")
def export(request: Request, service: ServiceDoor, caller: ExportDoor, kind: Annotated[ExportKind, Form()]) -> Response:
    service.jobs.start(EXPORT, f"导出{kind.called}", {"kind": kind.value}, caller.actor)
    return redirect(request, _HERE, "已开始导出，完成后在这里下载。")


@ROUTES.post("/index")
def rebuild(request: Request, service: ServiceDoor, caller: OperateDoor) -> Response:
    service.jobs.start(INDEX, "重建索引", {}, caller.actor)
    return redirect(request, _HERE, "已开始重建索引，其间匹配照常可用。")


@ROUTES.post("/{job_id}/cancel")
def cancel(request: Request, service: ServiceDoor, caller: StaffDoor, job_id: str) -> Response:
    service.jobs.cancel(job_id, caller.actor, everyone=caller.member.may(Permission.OPERATE))
    return redirect(request, _HERE, "已要求停止，任务会在合适的地方停下。")


@ROUTES.post("/{job_id}/repeat")
def repeat(request: Request, service: ServiceDoor, caller: StaffDoor, job_id: str) -> Response:
    _require(service, caller, job_id)
    service.jobs.repeat(job_id, caller.actor)
    return redirect(request, _HERE, "已重新提交。")


@ROUTES.get("/{job_id}/file")
def file(service: ServiceDoor, caller: StaffDoor, job_id: str) -> FileResponse:
    _require(service, caller, job_id)
    return sent(service.jobs.file(job_id, caller.actor))


def _require(service: Service, caller: Caller, job_id: str) -> None:
    """What somebody began in an earlier role is closed to the present one. Raises JobUnknown, PermissionMissing."""
    needed = service.jobs.kind(service.jobs.get(job_id, caller.actor)).permission
    if not caller.member.may(needed):
        raise PermissionMissing(caller.member.account.role, needed)


def _page_of(job: Job) -> str:
    """Where a job has a page of its own."""
    if job.kind == IMPORT_PREVIEW.name:
        return f"/imports/{job.id}"
    if job.kind == AUDIT_CHECK.name:
        return "/admin/audit/verify"
    if job.kind == COVERAGE.name:
        return "/talent/gaps"
    if job.kind == LECTURES.name:
        return f"/plans/lectures/{job.id}"
    if job.kind == REVIEWS.name:
        return f"/reviews/jobs/{job.id}"
    if job.kind == PLAN.name:
        return f"/plans/{quote(str(job.result['plan']))}" if "version" in job.result else f"/plans/jobs/{job.id}"
    if job.kind in (UNDO_PREVIEW.name, UNDO.name):
        return f"/imports/{job.arguments['batch']}/undo"
    return f"/imports/{job.parent}" if job.kind == IMPORT.name else ""


def _may_cancel(kind: JobKind, job: Job) -> bool:
    return not job.state.is_over and not job.cancel_asked and job.stage not in kind.stages_that_stay
