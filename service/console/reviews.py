"""批量审核: what was ticked in a list, or all that it shows, is named, confirmed and approved by a job."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from pydantic import StringConstraints

from matcher.catalogue.query import CatalogueQuery, FacetCounts
from matcher.domain.vocabulary import ReviewStatus
from service.console.demands import DEMAND_PAGES
from service.console.experts import EXPERT_PAGES
from service.console.jobs import tone
from service.console.lists import list_context, query_of
from service.console.pages import page, redirect
from service.console.record_pages import RecordPages
from service.doors import Caller, ServiceDoor, requires
from service.jobs.kinds.reviews import ReviewKind
from service.records.demands import DemandDesk
from service.records.experts import ExpertDesk
from service.security.roles import Permission
from service.wiring import Service

ROUTES = APIRouter(prefix="/reviews", include_in_schema=False)
ReviewDoor = Annotated[Caller, Depends(requires(Permission.REVIEW))]
Number = Annotated[str, StringConstraints(max_length=200)]
Ticked = Annotated[list[Number], Query(alias="id", max_length=500)]
_PAGES: Mapping[ReviewKind, RecordPages] = MappingProxyType(
    {ReviewKind.EXPERTS: EXPERT_PAGES, ReviewKind.DEMANDS: DEMAND_PAGES}
)
_DECIDED = (ReviewStatus.APPROVED.value, ReviewStatus.RETURNED.value)


@ROUTES.get("/jobs/{job_id}")
def standing(request: Request, service: ServiceDoor, caller: ReviewDoor, job_id: str) -> Response:
    job = service.reviews.standing(job_id, caller.actor)
    kind = ReviewKind(str(job.arguments["kind"]))
    desk, left = _desk(service, kind), job.result.get("left", [])
    lines = [(id, why) for id, why in left] if isinstance(left, list) else []
    counts = dict(job.result.get("counts", {})).get(desk.what)  # type: ignore[call-overload]
    context: dict[str, object] = {
        "job": job,
        "tone": tone(job),
        "pages": _PAGES[kind],
        "counts": counts,
        "lines": lines,
        "titles": desk.titles([id for id, _ in lines], caller.actor),
        "more": counts["left"] - len(lines) if counts else 0,
    }
    return page(request, "reviews/result.html", **context)


@ROUTES.get("/{kind}")
def ask(
    request: Request,
    service: ServiceDoor,
    caller: ReviewDoor,
    kind: ReviewKind,
    ticked: Ticked = [],  # noqa: B006 - FastAPI copies it
    whole: bool = False,
) -> Response:
    """The page to confirm; it bears the version up to which somebody can have seen the records."""
    desk, as_of, ticked = _desk(service, kind), service.store.past.last(), list(dict.fromkeys(filter(None, ticked)))
    query = query_of(request, desk.layout)
    found = desk.find(query, caller.actor).page
    context = list_context(request, query, found) if whole else {"total": len(ticked), "chosen": []}
    context |= {
        "pages": _PAGES[kind],
        "what": desk.what,
        "kind": kind.value,
        "titles": {} if whole else desk.titles(ticked, caller.actor),
        "decided": _decided(found.facets, query) if whole else {},
        "whole": whole,
        "as_of": as_of,
        "query": request.url.query,
        "back": request.url.remove_query_params(["id", "whole"]).query,
    }
    return page(request, "reviews/ask.html", **context)


@ROUTES.post("/{kind}")
def approve(
    request: Request,
    service: ServiceDoor,
    caller: ReviewDoor,
    kind: ReviewKind,
    as_of: Annotated[int, Form(ge=0)],
    ticked: Ticked = [],  # noqa: B006 - FastAPI copies it
    whole: bool = False,
    with_gaps: Annotated[bool, Form()] = False,
) -> Response:
    desk = _desk(service, kind)
    ids = desk.ids_of(query_of(request, desk.layout), caller.actor) if whole else ticked
    job = service.reviews.start(kind, ids, _PAGES[kind].unit, as_of, caller.actor, with_gaps=with_gaps)
    return redirect(request, f"/reviews/jobs/{quote(job.id)}")


def _desk(service: Service, kind: ReviewKind) -> ExpertDesk | DemandDesk:
    return service.experts if kind is ReviewKind.EXPERTS else service.demands


def _decided(facets: tuple[FacetCounts, ...], query: CatalogueQuery) -> dict[str, int]:
    """How many of the list are decided on already, by state."""
    review, chosen = next(one for one in facets if one.name == "review"), query.chosen.get("review", ())
    return {
        value.value: value.count
        for value in review.values
        if value.value in _DECIDED and value.count and (not chosen or value.value in chosen)
    }
