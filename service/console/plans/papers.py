"""A plan of stations on paper: what is laid before a meeting, signed by hand where that is asked for, and filed."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.console.pages import page
from service.console.plans.doors import ReadDoor
from service.console.plans.showing import Version, shown_stations
from service.doors import ServiceDoor

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)


@ROUTES.get("/{plan_id}/print")
def paper(request: Request, service: ServiceDoor, caller: ReadDoor, plan_id: str, version: Version = None) -> Response:
    shown, report = shown_stations(service, plan_id, version, caller.actor)
    context = {"shown": shown, "record": shown.record, "report": report, "printed": service.clock()}
    offices = ("科协", "组织部") if service.settings.two_signatures else ("经办单位",)
    return page(request, "plans/plan_print.html", offices=offices, **context)
