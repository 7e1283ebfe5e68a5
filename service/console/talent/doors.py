"""Who may enter the pages of talent, and how they are made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.demand import Demand
from service.console.navigation import TALENT
from service.console.pages import page, redirect
from service.doors import Caller, requires
from service.records.desk import RecordList
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/talent", include_in_schema=False)
MatchDoor = Annotated[Caller, Depends(requires(Permission.MATCH))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
Line = Annotated[str, Field(max_length=100)]
STEP, MOST = 10, 50
_CHOICES = 12


@ROUTES.get("")
def enter(request: Request, caller: MatchDoor) -> Response:
    return redirect(request, TALENT[0].path)


def talent_page(request: Request, caller: Caller, template: str, **context: object) -> Response:
    may = {"may_edit": caller.member.may(Permission.EDIT), "may_export": caller.member.may(Permission.EXPORT)}
    return page(request, f"talent/{template}.html", tabs=TALENT, **may, **context)


def demands_to_choose(service: Service, caller: Caller, q: str) -> RecordList[Demand]:
    """Those that the words find, else those changed last."""
    return service.demands.find(CatalogueQuery(q, limit=_CHOICES), caller.actor)


def more(top: int) -> int:
    """How many to show next; 0: no more than now."""
    return min(top + STEP, MOST) if top < MOST else 0
