"""匹配: choose a demand or describe a problem, and see who fits and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.demand import demand_id_of
from matcher.errors import UsageError
from matcher.explain.report import grouped
from service.console.matching.asked import Asked
from service.console.matching.doors import AskedQuery, MatchDoor
from service.console.matching.narrowing import panel
from service.console.matching.options import PURPOSES, SERVICES
from service.console.pages import page, redirect
from service.doors import Caller, ServiceDoor
from service.matching.desk import ShownMatch
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/match", include_in_schema=False)
_LONGEST_SEARCH, _CHOICES = 100, 12


class Described(Asked):
    """A problem in somebody's own words: it travels in the form, never in an address, and is stored nowhere."""

    text: str = Field("", max_length=5000, exclude=True)


@ROUTES.get("")
def match(request: Request, service: ServiceDoor, caller: MatchDoor, asked: AskedQuery, q: str = "") -> Response:
    if not asked.demand:
        return _start(request, service, caller, asked, q)
    found, refused = list[ShownMatch](), ""
    try:
        found = service.matches.for_demand(demand_id_of(asked.demand), asked.ask(), caller.actor)
    except UsageError as refusal:  # a filter's word that nobody bears
        refused = str(refusal)
    shown = next((one for one in found if one.report.result.demand_id == asked.demand), found[0] if found else None)
    if shown is not None:
        asked = asked.model_copy(update={"demand": shown.report.result.demand_id})
    needs = [(one.report.result.demand_id, one.report.title) for one in found]
    return _answer(request, service, caller, asked, shown=shown, needs=needs, refused=refused)


@ROUTES.get("/demands")
def suggestions(request: Request, service: ServiceDoor, caller: MatchDoor, q: str = "") -> Response:
    """The list under the search line, while somebody types."""
    found = service.demands.find(_searched(q), caller.actor)
    return page(request, "matching/demands.html", choices=found.records, total=found.page.total)


@ROUTES.get("/text")
def to_describe(request: Request, caller: MatchDoor) -> Response:
    """Whoever comes back to the address of an answer that is stored nowhere."""
    return redirect(request, "/match")


@ROUTES.post("/text")
def described(
    request: Request, service: ServiceDoor, caller: MatchDoor, asked: Annotated[Described, Form()]
) -> Response:
    shown, refused = None, ""
    try:
        shown = service.matches.for_text(asked.text, asked.ask())
    except UsageError as refusal:
        refused = str(refusal)
    if not asked.text.strip():
        return _start(request, service, caller, asked, refused=refused)
    return _answer(request, service, caller, asked, shown=shown, needs=[], refused=refused)


def _start(
    request: Request, service: Service, caller: Caller, asked: Asked, q: str = "", refused: str = ""
) -> Response:
    found = service.demands.find(_searched(q), caller.actor)
    context = {"choices": found.records, "total": found.page.total, "q": q, "asked": asked, "refused": refused}
    return page(request, "matching/start.html", purposes=PURPOSES, **context)


def _searched(text: str) -> CatalogueQuery:
    return CatalogueQuery(text[:_LONGEST_SEARCH], limit=_CHOICES)


def _answer(
    request: Request,
    service: Service,
    caller: Caller,
    asked: Asked,
    shown: ShownMatch | None,
    needs: list[tuple[str, str]],
    refused: str,
) -> Response:
    entries = service.shortlists.of(asked.demand, asked.purpose, caller.actor) if asked.demand else []
    return page(
        request,
        "matching/list.html",
        asked=asked,
        shown=shown,
        needs=needs,
        refused=refused,
        grouped=grouped(shown.report.excluded) if shown else [],
        text=getattr(asked, "text", ""),
        purposes=PURPOSES,
        services=SERVICES,
        panel=panel(asked, service.application.expert_catalogue, "/match"),
        listed={entry.expert_id for entry in entries},
        may_edit=bool(asked.demand) and caller.member.may(Permission.EDIT),
        may_review=caller.member.may(Permission.REVIEW),
    )
