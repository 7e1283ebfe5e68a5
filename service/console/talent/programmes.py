"""人才 / 奖项举荐: whom to put forward for an award or a programme, each condition checked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from matcher.explain.report import grouped
from service.console.files import sent_paper
from service.console.talent.doors import MOST, STEP, ExportDoor, MatchDoor, more, talent_page
from service.doors import ServiceDoor

ROUTES = APIRouter(prefix="/talent/programmes", include_in_schema=False)
Name = Annotated[str, Query(max_length=200)]
Top = Annotated[int, Query(ge=1, le=MOST)]


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: MatchDoor, name: Name = "", top: Top = STEP) -> Response:
    if not name:
        return talent_page(request, caller, "programmes", offered=service.talent.programmes())
    found = service.talent.nominations(name, top)
    context = {"found": found, "top": top, "more": more(top), "grouped": grouped(found.forbidden)}
    return talent_page(request, caller, "nominations", **context)


@ROUTES.get("/export.xlsx")
def export(service: ServiceDoor, caller: ExportDoor, name: Name, top: Top = STEP) -> Response:
    return sent_paper(service.talent_papers.nominations(service.talent.nominations(name, top), caller.actor))
