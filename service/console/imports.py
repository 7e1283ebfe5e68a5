"""导入: template, upload, preview, confirm, rejected rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse

from matcher.domain.job import Job, JobState
from matcher.intake.columns import TableKind
from matcher.intake.errors import FileUnreadable
from service.console.files import sent
from service.console.jobs import tone
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor, StaffUploadRoute, requires
from service.jobs.errors import TooManyJobs, UploadRefused
from service.jobs.imports import LARGEST_UPLOAD, Upload
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/imports", include_in_schema=False, route_class=StaffUploadRoute)
ImportDoor = Annotated[Caller, Depends(requires(Permission.EDIT))]
_KINDS = (
    (TableKind.EXPERTS, "专家和成果"),
    (TableKind.DEMANDS, "需求问卷"),
    (TableKind.LEDGER, "建站/对接台账"),
    (TableKind.MARKS, "评价"),
    (TableKind.TOPICS, "选题"),
)
_SHOWN_CHANGES, _SHOWN_PROBLEMS = 50, 100
_LISTED = 20


@ROUTES.get("")
def show(
    request: Request,
    service: ServiceDoor,
    caller: ImportDoor,
    kind: Annotated[str, Query(max_length=20)] = TableKind.EXPERTS.command,
    before: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    return _page(request, service, caller, _kind(kind), before=before)


@ROUTES.post("", max_body_size=LARGEST_UPLOAD)
def upload(
    request: Request,
    service: ServiceDoor,
    caller: ImportDoor,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 - FastAPI copies it
    kind: Annotated[str, Form(max_length=20)] = TableKind.EXPERTS.command,
) -> Response:
    table = _kind(kind)
    try:
        given = [Upload(file.filename or "", file.file) for file in files]
        job = service.imports.upload(table, given, caller.actor)
    except (UploadRefused, FileUnreadable, TooManyJobs) as refusal:
        return _page(request, service, caller, table, str(refusal), status_of(refusal))
    return redirect(request, f"/imports/{job.id}")


@ROUTES.get("/templates/{kind}.xlsx")
def template(service: ServiceDoor, caller: ImportDoor, kind: str) -> FileResponse:
    return sent(service.imports.template(_kind(kind)))


@ROUTES.get("/{preview_id}")
def standing(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    found = service.imports.standing(preview_id, caller.actor)
    result, applied = found.preview.result, found.applied
    context: dict[str, object] = {
        "preview": found.preview,
        "applied": applied,
        "may_confirm": found.may_confirm,
        "may_undo": found.may_undo,
        "undoing": service.imports.undo_standing(preview_id, caller.actor),
        "waits": not found.preview.state.is_over or bool(applied and not applied.state.is_over),
        "running": applied if applied and not applied.state.is_over else found.preview,
        "counts": result.get("counts", {}),
        "result": result,
        "tone": tone,
        "most": (_SHOWN_CHANGES, _SHOWN_PROBLEMS),
    }
    return page(request, "imports/preview.html", **context)


@ROUTES.post("/{preview_id}/confirm")
def confirm(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    service.imports.confirm(preview_id, caller.actor)
    return redirect(request, f"/imports/{preview_id}", "已确认，正在写入。")


@ROUTES.post("/{preview_id}/again")
def again(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    return redirect(request, f"/imports/{service.imports.again(preview_id, caller.actor).id}")


@ROUTES.post("/{preview_id}/discard")
def discard(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    service.imports.discard(preview_id, caller.actor)
    return redirect(request, "/imports", "已放弃这次导入，没有写入任何内容。请选择别的文件。")


@ROUTES.post("/{preview_id}/undo")
def check_undo(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    service.imports.check_undo(preview_id, caller.actor)
    return redirect(request, f"/imports/{preview_id}/undo")


@ROUTES.get("/{preview_id}/undo")
def undo_standing(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    found = service.imports.undo_standing(preview_id, caller.actor)
    if found is None:
        return redirect(request, f"/imports/{preview_id}")
    newest = found.undone or found.check
    context: dict[str, object] = {
        "preview_id": preview_id,
        "check": found.check,
        "undone": found.undone,
        "may_confirm": found.may_confirm,
        "newest": newest,
        "result": newest.result or found.check.result,
        "tone": tone,
        "most": (_SHOWN_CHANGES, _SHOWN_PROBLEMS),
    }
    return page(request, "imports/undo.html", **context)


@ROUTES.post("/{preview_id}/undo/confirm")
def undo(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    service.imports.undo(preview_id, caller.actor)
    return redirect(request, f"/imports/{preview_id}/undo", "已确认，正在撤销。")


@ROUTES.get("/{preview_id}/rejected.xlsx")
def rejected(service: ServiceDoor, caller: ImportDoor, preview_id: str) -> FileResponse:
    return sent(service.imports.rejected(preview_id, caller.actor))


def _page(
    request: Request,
    service: Service,
    caller: Caller,
    chosen: TableKind,
    message: str = "",
    status: int = 200,
    before: str = "",
) -> Response:
    kinds = [(kind.command, label) for kind, label in _KINDS]
    found = service.imports.previews(caller.actor, before=before, limit=_LISTED + 1)
    recent = [(job, tone(job), _written(service, job, caller)) for job in found[:_LISTED]]
    older = found[_LISTED - 1].id if len(found) > _LISTED else ""
    context: dict[str, object] = {"kinds": kinds, "chosen": chosen.command, "message": message, "recent": recent}
    context |= {"older": older, "before": before}
    return page(request, "imports/start.html", status, largest=service.imports.largest, **context)


def _written(service: Service, preview: Job, caller: Caller) -> tuple[str, str]:
    """Whether the import was confirmed and still stands, with the colour of its badge."""
    desk = service.imports
    standing, undo = desk.standing(preview.id, caller.actor), desk.undo_standing(preview.id, caller.actor)
    if undo and undo.undone and undo.undone.state is JobState.DONE:
        return "已撤销", "plain"
    if standing.applied:
        return standing.applied.state.value, tone(standing.applied)
    return ("等待确认", "wait") if standing.may_confirm else ("—", "plain")


def _kind(command: str) -> TableKind:
    return next((kind for kind, _ in _KINDS if kind.command == command), TableKind.EXPERTS)
