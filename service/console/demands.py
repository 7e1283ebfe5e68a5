"""需求库: the list, a demand's page with review, split and visits, forms."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from matcher.beijing import day_in_beijing
from matcher.domain.vocabulary import ReviewStatus
from matcher.errors import UsageError
from service.addresses import Number
from service.console.days import DayUnreadable, read_day
from service.console.pages import page, redirect
from service.console.record_form import DEMAND_SECTIONS, TypedDoor, named_codes, sections
from service.console.record_pages import RecordPages
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.exports import ExportKind
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
DEMAND_PAGES = RecordPages(
    path="/demands",
    library="需求库",
    unit="份需求",
    export=ExportKind.DEMANDS,
    starts=DEMAND_SECTIONS,
    hidden=("review", "review_remark"),  # decided by review
    added="已新增，等待审核。",
    saved="已保存。内容有改动的，需要重新审核。",
    on_new="编号是本年度的下一个空号，可以改。新增后等待审核。",
    on_edit="保存后需要重新审核。打了星号（*）的联系方式保持不动即不修改。",
)
# Stands elsewhere on the page.
_NOT_TOLD = ("id", "title", "contact.person", "contact.phone", "contact.email", *DEMAND_PAGES.hidden)


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    return DEMAND_PAGES.list(request, service.demands, caller, lambda demands, found: demands)


@ROUTES.post("/export")
def export(request: Request, service: ServiceDoor, caller: ExportDoor) -> Response:
    return DEMAND_PAGES.export_list(request, service, service.demands, caller)


@ROUTES.get("/new")
def blank(request: Request, service: ServiceDoor, caller: EditDoor) -> Response:
    return DEMAND_PAGES.blank(request, service.demands)


@ROUTES.post("/new")
def create(request: Request, service: ServiceDoor, caller: EditDoor, typed: TypedDoor) -> Response:
    return DEMAND_PAGES.create(request, service.demands, typed, caller)


@ROUTES.get("/{demand_id}")
def open_one(request: Request, service: ServiceDoor, caller: ReadDoor, demand_id: Number) -> Response:
    return _record(request, service, caller, demand_id)


@ROUTES.post("/{demand_id}/private")
def reveal(request: Request, service: ServiceDoor, caller: ReadDoor, demand_id: Number) -> Response:
    """A POST, so that no browser asks for it by itself: each sight is in the audit log."""
    contact = service.demands.contact(demand_id, caller.actor)
    shown = {f"contact.{name}": str(getattr(contact, name)) for name in ("person", "phone", "email")}
    return _record(request, service, caller, demand_id, revealed=shown)


@ROUTES.post("/{demand_id}/review")
def review(
    request: Request,
    service: ServiceDoor,
    caller: ReviewDoor,
    demand_id: Number,
    seen: Seen,
    status: Annotated[ReviewStatus, Form()],
    remark: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        service.demands.review(demand_id, status, remark, caller.actor, seen=seen)
    except (RemarkMissing, EditConflict) as refusal:
        return _record(request, service, caller, demand_id, review_refusal=refusal, remark=remark)
    return redirect(request, DEMAND_PAGES.address(demand_id), f"审核结果已保存：{status.value}。")


@ROUTES.post("/{demand_id}/split")
def split(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: Number, seen: Seen) -> Response:
    record = service.demands.get(demand_id, caller.actor)
    service.demands.split(demand_id, record.proposal, caller.actor, seen=seen)
    return redirect(
        request, DEMAND_PAGES.address(demand_id), f"已拆分为 {len(record.proposal)} 项，匹配时各自推荐专家。"
    )


@ROUTES.post("/{demand_id}/unsplit")
def unsplit(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: Number, seen: Seen) -> Response:
    service.demands.split(demand_id, (), caller.actor, seen=seen)
    return redirect(request, DEMAND_PAGES.address(demand_id), "已撤销拆分，匹配时按一项需求推荐专家。")


@ROUTES.post("/{demand_id}/visits")
def add_visit(
    request: Request,
    service: ServiceDoor,
    caller: EditDoor,
    demand_id: Number,
    visited: Annotated[str, Form(max_length=20)] = "",
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    try:
        service.visits.add(demand_id, _day(visited), text, caller.actor)
    except VisitInvalid as refusal:
        return _record(request, service, caller, demand_id, visit_refusal=refusal, visit=(visited, text))
    return redirect(request, DEMAND_PAGES.address(demand_id) + "#visits", "走访记录已保存。")


@ROUTES.get("/{demand_id}/edit")
def edit(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: Number) -> Response:
    return DEMAND_PAGES.edit(request, service.demands, demand_id, caller)


@ROUTES.post("/{demand_id}/edit")
def save(request: Request, service: ServiceDoor, caller: EditDoor, demand_id: Number, typed: TypedDoor) -> Response:
    return DEMAND_PAGES.save(request, service.demands, demand_id, typed, caller)


def _day(text: str) -> date:
    try:
        day = read_day(text)
    except DayUnreadable as refusal:
        raise VisitInvalid(f"走访日期{refusal}") from None
    if day is None:
        raise VisitInvalid("没有写走访日期")
    return day


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
        others=service.visits.around(demand_id, actor),
        runs=service.runs.newest(actor, demand_id) if may(Permission.MATCH) else [],
        history=desk.history(demand_id, actor),
        plans=service.plan_watch.of_demand(demand_id),
        may_edit=may(Permission.EDIT),
        may_review=may(Permission.REVIEW),
        waiting=desk.next_waiting(demand_id, actor) if may(Permission.REVIEW) else ("", 0),
        may_match=may(Permission.MATCH),
        review_error=str(review_refusal or ""),
        remark=remark,
        visit_error=str(visit_refusal or ""),
        visit=visit,
        today=day_in_beijing(service.clock()).isoformat(),
    )
