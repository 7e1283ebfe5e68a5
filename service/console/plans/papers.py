"""A plan on paper: laid before a meeting, signed by hand where that is asked for, filed; as a Word file too."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.console.files import sent_paper
from service.console.pages import page
from service.console.plans.doors import ExportDoor, ReadDoor, Version
from service.console.plans.showing import shown_stations
from service.doors import ServiceDoor

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)


@ROUTES.get("/{plan_id}/print")
def paper(request: Request, service: ServiceDoor, caller: ReadDoor, plan_id: str, version: Version = None) -> Response:
    shown, report = shown_stations(service, plan_id, version, caller.actor)
    context = {"shown": shown, "record": shown.record, "report": report, "printed": service.clock()}
    offices = ("科协", "组织部") if service.settings.two_signatures else ("经办单位",)
    return page(request, "plans/plan_print.html", offices=offices, **context)


@ROUTES.get("/{plan_id}/plan.docx")
def document(service: ServiceDoor, caller: ExportDoor, plan_id: str, version: Version = None) -> Response:
    """Of stations or of visits."""
    return sent_paper(service.plan_papers.document(plan_id, version, caller.actor))
