"""需求库: the list, a demand's page with review, split and visits, forms."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response

from matcher.domain.vocabulary import ReviewStatus
from matcher.errors import UsageError
from matcher.store.errors import RecordExists
from matcher.workflows.record_forms import FieldProblem, RecordRejected
from service.console.lists import MOST_EXPORTED, export_arguments, list_context, pushed, query_of
from service.console.pages import page, redirect
from service.console.record_form import DEMAND_SECTIONS, TypedDoor, cells, named_codes, sections
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.exports import EXPORT, ExportKind
from service.records.errors import EditConflict, RemarkMissing, VisitInvalid
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/demands", include_in_schema=False)
ReadDoor = Annotated[Caller, Depends(requires(Permission.READ))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
EditDoor = Annotated[Caller, Depends(requires(Permission.EDIT))]
ReviewDoor = Annotated[Caller, Depends(requires(Permission.REVIEW))]
Seen = Annotated[int, Form(ge=0)]
# Decided by review, not filled in.
_HIDDEN = ("review", "review_remark")
# Stands elsewhere on the page.
_NOT_TOLD = ("id", "title", "contact.person", "contact.phone", "contact.email", *_HIDDEN)


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    query = query_of(request, service.demands.layout)
    found = service.demands.find(query, caller.actor)
    may_edit, may_export = (caller.member.may(one) for one in (Permission.EDIT, Permission.EXPORT))
    context = list_context(request, query, found.page) | {"rows": found.demands}
    context |= {"may_edit": may_edit, "may_export": may_export}
    return page(request, "demands/list.html", 200, pushed(request), **context)


@ROUTES.post("/export")
def export(request: Request, service: ServiceDoor, caller: ExportDoor) -> Response:
    """The list as its address names it. Raises ListTooLong."""
    query = query_of(request, service.demands.layout)
    ids = service.demands.ids(query, caller.actor, MOST_EXPORTED)
    total = service.demands.find(query, caller.actor).page.total
    wanted = export_arguments(ExportKind.DEMANDS, query, ids, total)
    service.jobs.start(EXPORT, "导出需求", wanted, caller.actor)
    return redirect(request, "/jobs", "已开始导出，完成后在这里下载。")


@ROUTES.get("/new")
def blank(request: Request, service: ServiceDoor, caller: EditDoor) -> Response:
    return _form(request, service, "", {}, 0)


@ROUTES.post("/new")
def create(request: Request, service: ServiceDoor, caller: EditDoor, typed: TypedDoor) -> Response:
    try:
        saved = service.demands.create(cells(typed, service.demands.table, _HIDDEN), caller.actor)
    except RecordRejected as refusal:
        return _form(request, service, "", typed, 0, refusal)
    except RecordExists as refusal:
        taken = RecordRejected((FieldProblem("id", "需求编号", str(refusal)),))
        return _form(request, service, "", typed, 0, taken)
    return redirect(request, _address(saved.id), "已新增，等待审核。")


@ROUTES.get("/{demand_id}")
def open_one(request: Request, service: ServiceDoor, caller: ReadDoor, demand_id: str) -> Response:
    return _record(request, service, caller, demand_id)


@ROUTES.post("/{demand_id}/private")
def reveal(request: Request, service: ServiceDoor, caller: ReadDoor, demand_id: str) -> Response:
    """A POST, so that no browser asks for it by itself: each sight is in the audit log."""
    contact = service.demands.contact(demand_id, caller.actor)
    shown = {f"contact.{name}": str(getattr(contact, name)) for name in ("person", "phone", "email")}
    return _record(request, service, caller, demand_id, revealed=shown)


@ROUTES.post("/{demand_id}/review")
def review(
    request: Request,
    service: ServiceDoor,
    caller: ReviewDoor,
    demand_id: str,
    seen: Seen,
    status: Annotated[ReviewStatus, Form()],
    remark: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        service.demands.review(demand_id, status, remark, caller.actor, seen=seen)
    except (RemarkMissing, EditConflict) as refusal:
        return _record(request, service, caller, demand_id, review_refusal=refusal, remark=remark)
    return redirect(request, _address(demand_id), f"审核结果已保存：{status.value}。")


@ROUTES.post("/{demand_id}/split")
def split(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: str, seen: Seen) -> Response:
    record = service.demands.get(demand_id, caller.actor)
    service.demands.split(demand_id, record.proposal, caller.actor, seen=seen)
    return redirect(request, _address(demand_id), f"已拆分为 {len(record.proposal)} 项，匹配时各自推荐专家。")


@ROUTES.post("/{demand_id}/unsplit")
def unsplit(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: str, seen: Seen) -> Response:
    service.demands.split(demand_id, (), caller.actor, seen=seen)
    return redirect(request, _address(demand_id), "已撤销拆分，匹配时按一项需求推荐专家。")


@ROUTES.post("/{demand_id}/visits")
def add_visit(
    request: Request,
    service: ServiceDoor,
    caller: EditDoor,
    demand_id: str,
    visited: Annotated[str, Form(max_length=20)] = "",
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    try:
        service.visits.add(demand_id, _day(visited), text, caller.actor)
    except VisitInvalid as refusal:
        return _record(request, service, caller, demand_id, visit_refusal=refusal, visit=(visited, text))
    return redirect(request, _address(demand_id) + "#visits", "走访记录已保存。")


@ROUTES.get("/{demand_id}/edit")
def edit(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: str) -> Response:
    record = service.demands.get(demand_id, caller.actor)
    return _form(request, service, demand_id, service.demands.form(demand_id, caller.actor), record.version)


@ROUTES.post("/{demand_id}/edit")
def save(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: str, typed: TypedDoor) -> Response:
    fields = cells(typed, service.demands.table, ("id", *_HIDDEN))
    seen = int(typed["seen"]) if typed.get("seen", "").isdecimal() else 0
    try:
        saved = service.demands.edit(demand_id, fields, seen, caller.actor)
    except RecordRejected as refusal:
        return _form(request, service, demand_id, typed, seen, refusal)
    except EditConflict as conflict:
        return _form(request, service, demand_id, typed, conflict.version, None, conflict)
    return redirect(request, _address(saved.id), "已保存。内容有改动的，需要重新审核。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise VisitInvalid("走访日期请写成 2026-03-01") from None


def _record(
    request: Request,
    service: Service,
    caller: Caller,
    demand_id: str,
    *,
    revealed: dict[str, str] | None = None,
    review_refusal: UsageError | None = None,
    remark: str = "",
    visit_refusal: UsageError | None = None,
    visit: tuple[str, str] = ("", ""),
) -> Response:
    desk, actor, may = service.demands, caller.actor, caller.member.may
    record, refusal = desk.get(demand_id, actor), review_refusal or visit_refusal
    shown = desk.form(demand_id, actor) | (revealed or {})
    told = shown | named_codes(service.application.reference, shown)
    return page(
        request,
        "demands/record.html",
        status_of(refusal) if refusal else 200,
        record=record,
        demand=record.demand,
        cells=shown,
        facts=sections(desk.table, DEMAND_SECTIONS, told, None, _NOT_TOLD),
        revealed=revealed is not None,
        sees_private=actor.sees_private,
        has_private=any(shown[name] for name in ("contact.person", "contact.phone", "contact.email")),
        visits=service.visits.of_demand(demand_id, actor),
        history=desk.history(demand_id, actor),
        plans=service.plan_watch.of_demand(demand_id),
        may_edit=may(Permission.EDIT),
        may_review=may(Permission.REVIEW),
        may_match=may(Permission.MATCH),
        review_error=str(review_refusal or ""),
        remark=remark,
        visit_error=str(visit_refusal or ""),
        visit=visit,
        today=service.clock().date().isoformat(),
    )


def _form(
    request: Request,
    service: Service,
    demand_id: str,
    values: dict[str, str],
    seen: int,
    refusal: RecordRejected | None = None,
    conflict: EditConflict | None = None,
) -> Response:
    error = conflict or refusal
    hidden = ("id", *_HIDDEN) if demand_id else _HIDDEN
    context: dict[str, object] = {
        "id": demand_id,
        "sections": sections(service.demands.table, DEMAND_SECTIONS, values, refusal, hidden),
        "seen": seen,
        "refusal": refusal,
        "conflict": conflict,
    }
    return page(request, "demands/form.html", status_of(error) if error else 200, **context)


def _address(demand_id: str) -> str:
    return f"/demands/{quote(demand_id, safe='')}"
