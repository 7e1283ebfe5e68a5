"""Approves the records of a list of numbers: one after the other, what is left with why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from service.jobs.work import JobKind, Result, Work
from service.records.approval import Approval
from service.records.demands import DemandDesk
from service.records.experts import ExpertDesk
from service.security.roles import Permission

_REVIEWING, _INDEXING = "审核", "更新检索"
# Lists of jobs read every result: a long list of what was left would slow them all.
_MOST_TOLD = 200


class ReviewKind(StrEnum):
    EXPERTS = "experts"
    DEMANDS = "demands"


class ReviewWanted(BaseModel):
    """The records whose numbers stand in the one of `files` (stored and shown name), as they stood at `as_of`.

    `with_gaps` approves those too that lack required fields, as somebody may who reviews one by one.
    A file, since it may be the whole library; one, since every attempt must have the same list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ReviewKind
    as_of: int = Field(ge=0)
    with_gaps: bool = False
    files: tuple[tuple[str, str]]


def _review(work: Work) -> Result:
    """An attempt that follows a killed one goes on: what that one approved counts as approved."""
    wanted = ReviewWanted.model_validate(dict(work.job.arguments))
    desk = _desk(work, wanted.kind)
    ids = json.loads(work.places.upload(wanted.files[0][0]).read_text(encoding="utf-8"))
    work.progress.stage(_REVIEWING, len(ids), may_stop=False)
    done = []
    for id in ids:
        done.append(desk.approve(id, work.actor, as_of=wanted.as_of, with_gaps=wanted.with_gaps))
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
    return {"counts": {what: counts}, "left": left[:_MOST_TOLD]}


REVIEWS = JobKind("reviews", Permission.REVIEW, _review, frozenset({_REVIEWING, _INDEXING}))
