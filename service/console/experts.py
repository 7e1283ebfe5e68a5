"""专家库: the list, a person's page, forms."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from matcher.catalogue.query import CataloguePage
from matcher.domain.expert import Expert
from service.addresses import Number
from service.console.pages import page, redirect
from service.console.record_form import EXPERT_SECTIONS, TypedDoor, named_codes, sections
from service.console.record_pages import RecordPages
from service.console.works import works
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.erasure import ERASURE, erasure_arguments
from service.jobs.kinds.exports import ExportKind
from service.records.errors import ErasureUnconfirmed
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/experts", include_in_schema=False)
ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
EditDoor = Annotated[Caller, Depends(requires(Permission.EDIT))]
EraseDoor = Annotated[Caller, Depends(requires(Permission.ERASE))]
Line = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=2000)]
EXPERT_PAGES = RecordPages(
    path="/experts",
    library="专家库",
    unit="位专家",
    export=ExportKind.EXPERTS,
    starts=EXPERT_SECTIONS,
    hidden=("updated",),  # kept by the system
    added="已新增。",
    saved="已保存。",
    on_new="编号是本年度的下一个空号，可以改。",
    on_edit="打了星号（*）的联系方式保持不动即不修改。",
)
_SIMILAR = 6
# Stands elsewhere on the page.
_NOT_TOLD = ("id", "name", "private.id_number", "private.phone", "private.email", "private.contact")


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    def rows(experts: Sequence[Expert], found: CataloguePage) -> list[tuple[Expert, int]]:
        counts = service.store.items.counts_by_owner(found.ids)
        return [(expert, counts.get(expert.id, 0)) for expert in experts]

    return EXPERT_PAGES.list(request, service.experts, caller, rows)


@ROUTES.post("/export")
def export(request: Request, service: ServiceDoor, caller: ExportDoor) -> Response:
    return EXPERT_PAGES.export_list(request, service, service.experts, caller)


@ROUTES.get("/new")
def blank(request: Request, service: ServiceDoor, caller: EditDoor) -> Response:
    return EXPERT_PAGES.blank(request, service.experts)


@ROUTES.post("/new")
def create(request: Request, service: ServiceDoor, caller: EditDoor, typed: TypedDoor) -> Response:
    return EXPERT_PAGES.create(request, service.experts, typed, caller)


@ROUTES.get("/{expert_id}")
def open_one(
    request: Request, service: ServiceDoor, caller: ReadDoor, expert_id: Number, similar: bool = False
) -> Response:
    """`similar`: with the experts who work on the same; the page fetches that part after it is shown."""
    if stone := service.experts.tombstone(expert_id):
        return page(request, "experts/erased.html", HTTPStatus.GONE, stone=stone)
    record = service.experts.get(expert_id, caller.actor)
    if record.expert.id != expert_id:  # merged
        return redirect(request, EXPERT_PAGES.address(record.expert.id), f"编号 {expert_id} 已并入本人。")
    return _record(request, service, caller, expert_id, {}, similar=similar)


@ROUTES.post("/{expert_id}/private")
def reveal(request: Request, service: ServiceDoor, caller: ReadDoor, expert_id: Number) -> Response:
    """A POST, so that no browser asks for it by itself: each sight is in the audit log."""
    private = service.experts.private(expert_id, caller.actor)
    shown = {f"private.{name}": str(getattr(private, name)) for name in ("id_number", "phone", "email", "contact")}
    return _record(request, service, caller, expert_id, shown)


@ROUTES.get("/{expert_id}/edit")
def edit(request: Request, service: ServiceDoor, caller: EditDoor, expert_id: Number) -> Response:
    return EXPERT_PAGES.edit(request, service.experts, expert_id, caller)


@ROUTES.post("/{expert_id}/edit")
def save(request: Request, service: ServiceDoor, caller: EditDoor, expert_id: Number, typed: TypedDoor) -> Response:
    return EXPERT_PAGES.save(request, service.experts, expert_id, typed, caller)


@ROUTES.get("/{expert_id}/erase")
def ask_erasure(request: Request, service: ServiceDoor, caller: EraseDoor, expert_id: Number) -> Response:
    return _erasure(request, service, caller, expert_id)


@ROUTES.post("/{expert_id}/erase")
def erase(
    request: Request, service: ServiceDoor, caller: EraseDoor, expert_id: Number, typed: Line = "", reason: Text = ""
) -> Response:
    """Who is gone is gone at once; what is left of it in files and index, a job sees to."""
    try:
        service.experts.erase(expert_id, typed, reason, caller.actor)
    except ErasureUnconfirmed as refusal:
        return _erasure(request, service, caller, expert_id, refusal=refusal, typed=typed, reason=reason)
    title = f"清理已删除人员的残留（编号 {expert_id}）"
    service.jobs.start(ERASURE, title, erasure_arguments(expert_id), caller.actor, owed=True)
    return redirect(request, EXPERT_PAGES.address(expert_id), "已删除。")


def _erasure(
    request: Request,
    service: Service,
    caller: Caller,
    expert_id: str,
    *,
    refusal: ErasureUnconfirmed | None = None,
    typed: str = "",
    reason: str = "",
) -> Response:
    context: dict[str, object] = {
        "expert": service.experts.get(expert_id, caller.actor).expert,
        "goes": service.experts.erasure_scope(expert_id, caller.actor),
        "problems": refusal.problems if refusal else {},
        "typed": typed,
        "reason": reason,
    }
    return page(request, "experts/erase.html", status_of(refusal) if refusal else HTTPStatus.OK, **context)


def _record(
    request: Request,
    service: Service,
    caller: Caller,
    expert_id: str,
    revealed: dict[str, str],
    *,
    similar: bool = False,
) -> Response:
    desk, actor, may = service.experts, caller.actor, caller.member.may
    record, items = desk.get(expert_id, actor), desk.items(expert_id, actor)
    cells = desk.form(expert_id, actor) | revealed
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
        works=works(items),
        plans=service.plan_watch.of_expert(record.expert.id, actor),
        runs=service.runs.of_expert(expert_id, actor) if may(Permission.MATCH) else [],
        marks=service.marks.of_expert(expert_id, actor) if may(Permission.MATCH) else [],
        similar=service.matches.similar(expert_id, _SIMILAR) if similar and may(Permission.MATCH) else None,
        engagements=desk.engagements(expert_id, actor),
        history=desk.history(expert_id, actor),
        may_edit=may(Permission.EDIT) and record.may_edit,
        may_erase=may(Permission.ERASE) and record.may_edit,
        may_match=may(Permission.MATCH),
    )
