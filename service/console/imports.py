"""导入: template, upload, preview, confirm, rejected rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

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
from service.jobs.imports import LARGEST_UPLOAD, ImportStanding, Upload
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
_DEMANDS = (TableKind.DEMANDS.value,)
_LISTED = 20


@ROUTES.get("")
def show(
    request: Request,
    service: ServiceDoor,
    caller: ImportDoor,
    kind: Annotated[str, Query(max_length=20)] = "",
    before: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    return _page(request, service, caller, _kind(kind or _next_kind(service)), before=before)


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


@ROUTES.get("/questionnaire.xlsx")
def questionnaire(service: ServiceDoor, caller: ImportDoor) -> FileResponse:
    return sent(service.imports.questionnaire())


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
        "kind": _command(found),
        "single": _single(result),
        "may_match": caller.member.may(Permission.MATCH),
        "is_open": found.is_open,
        "idle": _idle(result),
        "others": _others(found),
        "counts": result.get("counts", {}),
        "result": result if "counts" in result else {},
        "tone": tone,
        "most": (_SHOWN_CHANGES, _SHOWN_PROBLEMS),
    }
    return page(request, "imports/preview.html", **context)


@ROUTES.post("/{preview_id}/confirm")
def confirm(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    service.imports.confirm(preview_id, caller.actor)
    return redirect(request, f"/imports/{preview_id}", "已确认，正在写入。")


@ROUTES.post("/{preview_id}/again")
def again(
    request: Request,
    service: ServiceDoor,
    caller: ImportDoor,
    preview_id: str,
    kind: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """As it was uploaded, or read as another kind."""
    table = next((table for table, _ in _KINDS if table.command == kind), None)
    return redirect(request, f"/imports/{service.imports.again(preview_id, caller.actor, table).id}")


@ROUTES.post("/{preview_id}/discard")
def discard(request: Request, service: ServiceDoor, caller: ImportDoor, preview_id: str) -> Response:
    kind = _command(service.imports.standing(preview_id, caller.actor))
    service.imports.discard(preview_id, caller.actor)
    return redirect(request, f"/imports?kind={kind}", "已放弃这次导入，没有写入任何内容。请选择别的文件。")


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
    if standing.is_open and not standing.may_confirm:
        return "不用写入", "plain"
    return ("等待确认", "wait") if standing.may_confirm else ("—", "plain")


def _command(standing: ImportStanding) -> str:
    return TableKind(str(standing.preview.arguments["table"])).command


def _single(result: Mapping[str, Any]) -> str:
    """The number of the one demand that came in; "" where it was none, or several."""
    demands = [one["id"] for one in (*result.get("new", ()), *result.get("changed", ())) if one["table"] in _DEMANDS]
    return str(demands[0]) if len(demands) == 1 else ""


def _idle(result: Mapping[str, Any]) -> str:
    """Why there is nothing to write; "" where there is."""
    if not result.get("idle"):
        return ""
    counts = result["counts"].values()
    if rejected := sum(count["rejected"] for count in counts):
        return f"没有可以写入的行：退回了 {rejected} 行。请按下面写明的问题改正文件，再上传。"
    if any(count["unchanged"] for count in counts):
        return "文件里的内容库中都有了，没有变化，不用再导入。"
    return "文件里没有可以导入的行，只有表头或示例。请填好再上传。"


def _others(found: ImportStanding) -> list[tuple[str, str]]:
    """The kinds, as the form of uploads names them, that the files seem to be where they brought nothing."""
    nothing = found.preview.state is JobState.FAILED or (found.is_open and not found.may_confirm)
    result: Mapping[str, Any] = found.preview.result
    commands = {TableKind(kind).command for kind in result.get("looks_like", ())} if nothing else set()
    return [(kind.command, label) for kind, label in _KINDS if kind.command in commands]


def _next_kind(service: Service) -> str:
    """Experts first; where there are some, demands come in daily."""
    return (TableKind.DEMANDS if len(service.application.expert_catalogue.current()) else TableKind.EXPERTS).command


def _kind(command: str) -> TableKind:
    return next((kind for kind, _ in _KINDS if kind.command == command), TableKind.EXPERTS)
