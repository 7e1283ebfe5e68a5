"""Approves what was ticked in a list, or all that a list shows: one record after the other, what is left with why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matcher.catalogue.query import CatalogueQuery
from service.jobs.work import JobKind, Result, Work
from service.records.approval import Approval
from service.records.demands import DemandDesk
from service.records.experts import ExpertDesk
from service.security.roles import Permission

_REVIEWING, _INDEXING = "审核", "更新检索"
_Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ReviewKind(StrEnum):
    EXPERTS = "experts"
    DEMANDS = "demands"


class ReviewWanted(BaseModel):
    """The `ids`, or with `whole` all that the list of `q` and `facets` shows, as it all stood at version `as_of`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ReviewKind
    as_of: int = Field(ge=0)
    whole: bool = False
    ids: tuple[_Value, ...] = Field((), max_length=500)
    q: str = Field("", max_length=200)
    facets: dict[_Value, tuple[_Value, ...]] = Field(default_factory=dict)


def _review(work: Work) -> Result:
    """An attempt that follows a killed one goes on: what that one approved counts as approved."""
    wanted = ReviewWanted.model_validate(dict(work.job.arguments))
    desk = _desk(work, wanted.kind)
    ids = desk.ids_of(CatalogueQuery(wanted.q, wanted.facets), work.actor) if wanted.whole else wanted.ids
    work.progress.stage(_REVIEWING, len(ids), may_stop=False)
    done = []
    for id in ids:
        done.append(desk.approve(id, work.actor, as_of=wanted.as_of))
        work.progress.advance(1)
    work.progress.stage(_INDEXING, may_stop=False)
    work.application.index.catch_up()
    return _told(desk.what, done)


def _desk(work: Work, kind: ReviewKind) -> ExpertDesk | DemandDesk:
    app = work.application
    rest = (app.reference, work.private_fields, work.clock)
    if kind is ReviewKind.EXPERTS:
        return ExpertDesk(app.store, app.expert_catalogue, *rest)
    return DemandDesk(app.store, app.demand_catalogue, *rest)


def _told(what: str, done: Sequence[Approval]) -> dict[str, object]:
    """Numbers only, no names: they are looked up when somebody looks."""
    left = [[one.id, one.why] for one in done if one.why]
    already = sum(one.already for one in done)
    counts = {"approved": len(done) - len(left) - already, "already": already, "left": len(left)}
    return {"counts": {what: counts}, "left": left}


REVIEWS = JobKind("reviews", Permission.REVIEW, _review, frozenset({_REVIEWING, _INDEXING}))
