"""走访: the list of plans of visits and the form of a new one."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from matcher.catalogue.query import CatalogueQuery, FacetCount
from matcher.domain.demand import Demand
from matcher.domain.plan import PlanKind
from matcher.domain.vocabulary import ReviewStatus, ServiceKind
from matcher.errors import UsageError
from service.console.lists import pushed
from service.console.pages import page, redirect
from service.console.plans.doors import PlanDoor, ReadDoor
from service.console.plans.drawing import started
from service.console.plans.places import places_with_demands
from service.console.plans.visit_form import VisitFields, VisitForm, VisitQuery
from service.doors import ServiceDoor
from service.plans.wishes import PlanWish
from service.security.actor import Actor
from service.security.roles import Permission
from service.statuses import status_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/plans/visits", include_in_schema=False)
# More rows nobody ticks one by one.
_MOST = 200
_SERVICES = [(kind.value, kind.value) for kind in ServiceKind if kind is not ServiceKind.STATION]


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be visited: places with the number of approved demands, the first `_MOST` demands of those chosen."""

    places: tuple[FacetCount, ...]
    demands: tuple[Demand, ...]
    total: int
    waiting: int

    @property
    def ids(self) -> frozenset[str] | None:
        """What can be ticked; None: too many to tick, all take part."""
        return frozenset(demand.id for demand in self.demands) if self.total <= _MOST else None


@ROUTES.get("")
def plans(request: Request, service: ServiceDoor, caller: ReadDoor) -> Response:
    found = [record for record in service.plans.newest(caller.actor) if record.kind is PlanKind.VISITS]
    return page(request, "plans/visits/list.html", plans=found, may_plan=caller.member.may(Permission.PLAN))


@ROUTES.get("/new")
def new(request: Request, service: ServiceDoor, caller: PlanDoor, form: VisitQuery) -> Response:
    return _form(request, service, _offer(service, form, caller.actor), form)


@ROUTES.post("")
def draw_up(request: Request, service: ServiceDoor, caller: PlanDoor, form: VisitFields) -> Response:
    offer = _offer(service, form, caller.actor)
    try:
        job = started(service, PlanWish(visits=form.wish(service.store, offer.ids)), caller.actor)
    except UsageError as refusal:
        return _form(request, service, offer, form, str(refusal), status_of(refusal))
    return redirect(request, f"/plans/jobs/{job.id}")


def _form(
    request: Request, service: Service, offer: Offer, form: VisitForm, error: str = "", status: int = 200
) -> Response:
    context = {"offer": offer, "form": form, "services": _SERVICES, "error": error, "most": _MOST}
    book, headers = service.application.plan_book.visits, pushed(request) if request.method == "GET" else {}
    return page(request, "plans/visits/new.html", status, headers, book=book, **context)


def _offer(service: Service, form: VisitForm, actor: Actor) -> Offer:
    """Demands of the places and services chosen, as far as the places of whoever asks go."""
    chosen = {"service": tuple(kind.value for kind in form.service)} if form.service else {}
    approved = {**chosen, "review": (ReviewStatus.APPROVED.value,)}
    places = places_with_demands(service, approved, actor)
    if not form.region:
        return Offer(places, (), 0, 0)
    here = {"region": tuple(form.region)}
    found = service.demands.find(CatalogueQuery(chosen={**approved, **here}, sort="enterprise", limit=_MOST), actor)
    pending = {**chosen, **here, "review": (ReviewStatus.PENDING.value,)}
    waiting = CatalogueQuery(chosen=pending, limit=1)
    return Offer(places, found.records, found.page.total, service.demands.find(waiting, actor).page.total)
