"""选题专家组: the think tank's topics, and for each the people who together answer all of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from matcher.domain.match import FindingKind
from matcher.intake.columns import TableKind
from matcher.plan.panel import PanelTerms
from matcher.workflows.panel_sheets import guarantee, left_out_reason
from service.console.files import sent_paper
from service.console.pages import page
from service.console.plans.doors import ExportDoor
from service.doors import Caller, ServiceDoor, requires
from service.security.roles import Permission

ROUTES = APIRouter(prefix="/plans/panels", include_in_schema=False)
MatchDoor = Annotated[Caller, Depends(requires(Permission.MATCH))]


class PanelAsked(BaseModel):
    """The number stands in the query: what people number their topics by may hold a slash."""

    topic: str = Field(min_length=1, max_length=100)
    size: int = Field(5, ge=1, le=30)
    per_unit: int = Field(1, ge=1, le=30)

    @property
    def terms(self) -> PanelTerms:
        return PanelTerms(self.size, self.per_unit)


PanelQuery = Annotated[PanelAsked, Query()]


@ROUTES.get("")
def topics(
    request: Request, service: ServiceDoor, caller: MatchDoor, q: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    context = {
        "topics": service.panels.topics(q.split()),
        "q": q,
        "may_import": caller.member.may(Permission.EDIT),
        "import_path": f"/imports?kind={TableKind.TOPICS.command}",
    }
    return page(request, "plans/panels/topics.html", **context)


@ROUTES.get("/panel")
def panel(request: Request, service: ServiceDoor, caller: MatchDoor, asked: PanelQuery) -> Response:
    report = service.panels.panel(asked.topic, asked.terms)
    context = {
        "report": report,
        "topic": report.topic,
        "asked": asked,
        "left_out": [(expert, left_out_reason(report, one)) for expert, one in report.left_out],
        "guarantee": guarantee(report) if report.members else "",
        "unknown": FindingKind.UNKNOWN,
        "may_export": caller.member.may(Permission.EXPORT),
    }
    return page(request, "plans/panels/panel.html", **context)


@ROUTES.get("/panel.xlsx")
def export(service: ServiceDoor, caller: ExportDoor, asked: PanelQuery) -> Response:
    return sent_paper(service.panels.workbook(asked.topic, asked.terms, caller.actor))
