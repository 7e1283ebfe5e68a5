"""Builds the index from scratch. A killed build leaves the old index in force and goes on with the vectors it has."""

from __future__ import annotations

from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_BUILDING = "重建索引"


def _rebuild(work: Work) -> Result:
    work.progress.stage(_BUILDING)
    index = work.application.index.rebuild(work.progress.reach)
    return {"items": index.item_count}


INDEX = JobKind("index", Permission.OPERATE, _rebuild)
