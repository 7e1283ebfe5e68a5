"""专家库: the list, a person's page, forms."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from matcher.domain.evidence import EvidenceItem
from matcher.store.errors import RecordExists
from matcher.workflows.record_forms import FieldProblem, RecordRejected
from service.console.lists import MOST_EXPORTED, export_arguments, list_context, pushed, query_of
from service.console.pages import page, redirect
from service.console.record_form import EXPERT_SECTIONS, TypedDoor, cells, named_codes, sections
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.exports import EXPORT, ExportKind
from service.records.errors import EditConflict
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/experts", include_in_schema=False)
ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
EditDoor = Annotated[Caller, Depends(requires(Permission.EDIT))]
# Kept by the system, or named in the address.
_HIDDEN = ("updated",)
# Stands elsewhere on the page.
_NOT_TOLD = ("id", "name", "private.id_number", "private.phone", "private.email", "private.contact")


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    query = query_of(request, service.experts.layout)
    found = service.experts.find(query)
    counts = service.store.items.counts_by_owner(found.page.ids)
    rows = [(expert, counts.get(expert.id, 0)) for expert in found.experts]
    context = list_context(request, query, found.page) | {"rows": rows}
    context |= {"may_edit": _may_edit(caller), "may_export": caller.member.may(Permission.EXPORT)}
    return page(request, "experts/list.html", 200, pushed(request), **context)


@ROUTES.post("/export")
def export(request: Request, service: ServiceDoor, caller: ExportDoor) -> Response:
    """The list as its address names it. Raises ListTooLong."""
    query = query_of(request, service.experts.layout)
    ids = service.experts.ids(query, MOST_EXPORTED)
    wanted = export_arguments(ExportKind.EXPERTS, query, ids, service.experts.find(query).page.total)
    service.jobs.start(EXPORT, "导出专家", wanted, caller.actor)
    return redirect(request, "/jobs", "已开始导出，完成后在这里下载。")


@ROUTES.get("/new")
def blank(request: Request, service: ServiceDoor, caller: EditDoor) -> Response:
    return _form(request, service, "", {}, 0)


@ROUTES.post("/new")
def create(request: Request, service: ServiceDoor, caller: EditDoor, typed: TypedDoor) -> Response:
    try:
        saved = service.experts.create(cells(typed, service.experts.table, _HIDDEN), caller.actor)
    except RecordRejected as refusal:
        return _form(request, service, "", typed, 0, refusal)
    except RecordExists as refusal:
        taken = RecordRejected((FieldProblem("id", "专家编号", str(refusal)),))
        return _form(request, service, "", typed, 0, taken)
    return redirect(request, _address(saved.id), _told("已新增。", saved.hints))


@ROUTES.get("/{expert_id}")
def open_one(request: Request, service: ServiceDoor, caller: ReadDoor, expert_id: str) -> Response:
    record = service.experts.get(expert_id, caller.actor)
    if record.expert.id != expert_id:  # merged
        return redirect(request, _address(record.expert.id), f"编号 {expert_id} 已并入本人。")
    return _record(request, service, caller, expert_id, {})


@ROUTES.post("/{expert_id}/private")
def reveal(request: Request, service: ServiceDoor, caller: ReadDoor, expert_id: str) -> Response:
    """A POST, so that no browser asks for it by itself: each sight is in the audit log."""
    private = service.experts.private(expert_id, caller.actor)
    shown = {f"private.{name}": str(getattr(private, name)) for name in ("id_number", "phone", "email", "contact")}
    return _record(request, service, caller, expert_id, shown)


@ROUTES.get("/{expert_id}/edit")
def edit(request: Request, service: ServiceDoor, caller: EditDoor, expert_id: str) -> Response:
    record = service.experts.get(expert_id, caller.actor)
    return _form(request, service, expert_id, service.experts.form(expert_id), record.version)


@ROUTES.post("/{expert_id}/edit")
def save(request: Request, service: ServiceDoor, caller: EditDoor, expert_id: str, typed: TypedDoor) -> Response:
    fields = cells(typed, service.experts.table, ("id", *_HIDDEN))
    seen = int(typed["seen"]) if typed.get("seen", "").isdecimal() else 0
    try:
        saved = service.experts.edit(expert_id, fields, seen, caller.actor)
    except RecordRejected as refusal:
        return _form(request, service, expert_id, typed, seen, refusal)
    except EditConflict as conflict:
        return _form(request, service, expert_id, typed, conflict.version, None, conflict)
    return redirect(request, _address(saved.id), _told("已保存。", saved.hints))


def _record(request: Request, service: Service, caller: Caller, expert_id: str, revealed: dict[str, str]) -> Response:
    desk, actor = service.experts, caller.actor
    record, items = desk.get(expert_id, actor), desk.items(expert_id)
    cells = desk.form(expert_id) | revealed
    told = cells | named_codes(service.application.reference, cells)
    return page(
        request,
        "experts/record.html",
        record=record,
        expert=record.expert,
        cells=cells,
        facts=sections(desk.table, EXPERT_SECTIONS, told, None, _NOT_TOLD),
        revealed=bool(revealed),
        sees_private=actor.sees_private,
        has_private=any(cells[name] for name in ("private.id_number", "private.phone", "private.email")),
        kinds=Counter(item.type.value for item in items).most_common(),
        works=[(kind, list(group)) for kind, group in groupby(sorted(items, key=_kind), key=_kind)],
        engagements=desk.engagements(expert_id, actor),
        history=desk.history(expert_id),
        may_edit=_may_edit(caller) and record.may_edit,
        may_match=caller.member.may(Permission.MATCH),
    )


def _form(
    request: Request,
    service: Service,
    expert_id: str,
    values: dict[str, str],
    seen: int,
    refusal: RecordRejected | None = None,
    conflict: EditConflict | None = None,
) -> Response:
    error = conflict or refusal
    hidden = ("id", *_HIDDEN) if expert_id else _HIDDEN
    context: dict[str, object] = {
        "id": expert_id,
        "sections": sections(service.experts.table, EXPERT_SECTIONS, values, refusal, hidden),
        "seen": seen,
        "refusal": refusal,
        "conflict": conflict,
    }
    return page(request, "experts/form.html", status_of(error) if error else 200, **context)


def _may_edit(caller: Caller) -> bool:
    return caller.member.may(Permission.EDIT)


def _kind(item: EvidenceItem) -> str:
    return item.type.value


def _address(expert_id: str) -> str:
    return f"/experts/{quote(expert_id, safe='')}"


def _told(done: str, hints: tuple[FieldProblem, ...]) -> str:
    return done + "".join(f"请留意 {hint.label}：{hint.message}" for hint in hints)
