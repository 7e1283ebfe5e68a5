"""A plan of visits: what its page shows, and its paper."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.store.errors import PlanUnknown
from matcher.workflows.visit_report import VisitReport
from service.console.pages import page
from service.console.plans.doors import ReadDoor, Version
from service.doors import ServiceDoor
from service.plans.itinerary import itinerary
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans", include_in_schema=False)


@ROUTES.get("/{plan_id}/itinerary")
def paper(request: Request, service: ServiceDoor, caller: ReadDoor, plan_id: str, version: Version = None) -> Response:
    """What the teams take along."""
    shown = service.plans.get(plan_id, version, caller.actor)
    if shown.visits is None:
        raise PlanUnknown(plan_id)
    offices = ("科协", "组织部") if service.settings.two_signatures else ("经办单位",)
    context = {"shown": shown, "record": shown.record, "offices": offices, "printed": service.clock()}
    return page(request, "plans/visits/paper.html", **context, **visit_context(service, shown.visits))


def visit_context(service: Service, report: VisitReport) -> dict[str, object]:
    application, request = service.application, report.kept.request
    regions = [application.reference.regions.get(code) for code in request.regions]
    narrowed = application.directory.experts([*request.people, *(id for id, _ in request.away)])
    return {
        "visits": report,
        "plan": report.kept.plan,
        "asked": request,
        "regions": [region.name for region in regions if region],
        "named": {id: expert.name for id, expert in narrowed.items()},
        "book": application.plan_book.visits,
        "trip": itinerary(report, application.visit_planner.ways()),
    }
