"""A plan: shown, confirmed, signed, voided, exported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response

from matcher.domain.plan import PlanKind, PlanState
from matcher.errors import UsageError
from matcher.store.errors import PlanUnknown
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.plan_sheets import station_sheets
from service.console.files import WORKBOOK
from service.console.flash import FlashKind
from service.console.pages import page, redirect
from service.console.plans.doors import ExportDoor, PlanDoor, ReadDoor, SignDoor, Version
from service.console.plans.visit_showing import visit_context
from service.doors import ServiceDoor
from service.plans.desk import ShownPlan
from service.security.actor import Actor
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)
OneVersion = Annotated[int, Form(ge=1)]
_OPEN = (PlanState.DRAFT, PlanState.AWAITING)


@ROUTES.get("/{plan_id}")
def plan(request: Request, service: ServiceDoor, caller: ReadDoor, plan_id: str, version: Version = None) -> Response:
    shown = service.plans.get(plan_id, version, caller.actor)
    whole, may = service.plans.may_change(shown, caller.actor), caller.member.may
    latest = shown.record.version == shown.newest
    context = {
        "shown": shown,
        "record": shown.record,
        "report": shown.stations,
        "latest": latest,
        "open": shown.record.state in _OPEN,
        "versions": service.plans.versions(plan_id, caller.actor)[::-1],
        "may_plan": latest and whole and may(Permission.PLAN),
        "may_sign": whole and may(Permission.SIGN_PLAN),
        "may_export": may(Permission.EXPORT),
    }
    if shown.visits:
        return page(request, "plans/visits/plan.html", **context, **visit_context(service, shown.visits))
    return page(request, "plans/plan.html", **context)


@ROUTES.get("/{plan_id}/export.xlsx")
def export(service: ServiceDoor, caller: ExportDoor, plan_id: str, version: Version = None) -> Response:
    shown = service.plans.get(plan_id, version, caller.actor)
    name = f"{shown.record.title} {shown.record.id} 第{shown.record.version}版.xlsx"
    content = _workbook(service, shown)
    service.plans.exported(shown, name, caller.actor)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=WORKBOOK, headers=headers)


@ROUTES.post("/{plan_id}/confirm")
def confirm(
    request: Request,
    service: ServiceDoor,
    caller: PlanDoor,
    plan_id: str,
    choice: Annotated[str, Form(min_length=1, max_length=250)],
) -> Response:
    try:
        service.plans.confirm(plan_id, [choice], caller.actor)
    except UsageError as refusal:
        return _back(request, plan_id, str(refusal), FlashKind.WARNING)
    return _back(request, plan_id, "已确认，重新安排时保持不变。")


@ROUTES.post("/{plan_id}/sign")
def sign(request: Request, service: ServiceDoor, caller: SignDoor, plan_id: str, version: OneVersion) -> Response:
    try:
        record = service.plans.sign(plan_id, version, caller.actor)
    except UsageError as refusal:
        return _back(request, plan_id, str(refusal), FlashKind.WARNING)
    return _back(request, plan_id, f"第 {version} 版已签发，现为“{record.state}”。")


@ROUTES.post("/{plan_id}/void")
def void(
    request: Request,
    service: ServiceDoor,
    caller: SignDoor,
    plan_id: str,
    version: OneVersion,
    reason: Annotated[str, Form(min_length=1, max_length=2000)],
) -> Response:
    try:
        service.plans.void(plan_id, version, reason, caller.actor)
    except UsageError as refusal:
        return _back(request, plan_id, str(refusal), FlashKind.WARNING)
    return _back(request, plan_id, f"第 {version} 版已作废，内容仍可查看。")


def shown_stations(service: Service, plan_id: str, version: int | None, actor: Actor) -> tuple[ShownPlan, PlanReport]:
    """Raises PlanUnknown."""
    _require_stations(service, plan_id, actor)
    shown = service.plans.get(plan_id, version, actor)
    assert shown.stations
    return shown, shown.stations


def _require_stations(service: Service, plan_id: str, actor: Actor) -> None:
    """Asking for an itinerary in the wrong place is no sight of it. Raises PlanUnknown."""
    if service.plans.versions(plan_id, actor)[-1].kind is not PlanKind.STATIONS:
        raise PlanUnknown(plan_id)


def _workbook(service: Service, shown: ShownPlan) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        write_workbook(path, _sheets(service, shown))
        return path.read_bytes()


def _sheets(service: Service, shown: ShownPlan) -> Sequence[SheetSpec]:
    if shown.visits:
        return shown.visits.sheets()
    assert shown.stations
    application = service.application
    months = application.rules.book.months_on_site.per_station
    return station_sheets(shown.stations, application.plan_book.stations, months)


def _back(request: Request, plan_id: str, said: str, kind: FlashKind = FlashKind.DONE) -> Response:
    return redirect(request, f"/plans/{quote(plan_id)}", said, kind)
