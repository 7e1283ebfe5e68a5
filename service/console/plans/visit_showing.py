"""A plan of visits: what its page shows, and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.plan.problem import Choice, Steering
from matcher.plan.steering import parse_choice
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


@dataclass(frozen=True, slots=True)
class Steered:
    """A choice that a person made: `choice` as the form sends it back, `words` with names."""

    label: str
    choice: str
    words: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A fixed choice that could not be held, with names, and why not."""

    words: str
    why: str


def visit_context(service: Service, report: VisitReport) -> dict[str, object]:
    application, request = service.application, report.kept.request
    regions = [application.reference.regions.get(code) for code in request.regions]
    steered, missed = [*_steered(request.steering)], report.kept.plan.missed_with_why
    choices = [parse_choice(text) for text in (*(text for _, text in steered), *(name for name, _ in missed))]
    narrowed = application.directory.experts([*request.people, *(id for id, _ in request.away),
                                              *(choice.expert_id for choice in choices)])  # fmt: skip
    firms = application.store.demands.get_many(choice.demand_id for choice in choices)
    said = [
        Steered(label, text, _in_words(choice, narrowed, firms))
        for (label, text), choice in zip(steered, choices[: len(steered)], strict=True)
    ]
    return {
        "steered": said,
        "missed": [Missed(_in_words(parse_choice(name), narrowed, firms), why) for name, why in missed],
        "visits": report,
        "plan": report.kept.plan,
        "asked": request,
        "regions": [region.name for region in regions if region],
        "named": {id: expert.name for id, expert in narrowed.items()},
        "book": application.plan_book.visits,
        "trip": itinerary(report, application.visit_planner.ways()),
    }


def _steered(steering: Steering) -> Iterator[tuple[str, str]]:
    yield from (("固定", str(choice)) for choice in steering.fixed)
    yield from (("排除", str(choice)) for choice in steering.forbidden)
    yield from (("优先", str(choice)) for choice in steering.preferred)


def _in_words(choice: Choice, experts: Mapping[str, Expert], demands: Mapping[str, Demand]) -> str:
    expert, demand = experts.get(choice.expert_id), demands.get(choice.demand_id)
    who = expert.name if expert else choice.expert_id
    firm = demand.enterprise.name if demand and demand.enterprise.name else choice.demand_id
    if who and firm:
        return f"{who}到{firm}"
    return who or firm
