"""Frozen match runs for portals: to be read. Freezing, signing and revoking are acts of people, done in the console."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from matcher.domain.portal_key import KeyScope
from service.api.listing import CURSOR
from service.api.match_shapes import RunDetail, RunList, run_detail, run_report
from service.api.problems import problems
from service.doors import ServiceDoor, requires_scope
from service.security.actor import Actor

ROUTES = APIRouter(prefix="/api/v1/runs", tags=["runs"], responses=problems(HTTPStatus.NOT_FOUND))
Reader = Annotated[Actor, Depends(requires_scope(KeyScope.READ_RUNS))]
_PRINTED = r"^[^\x00-\x1f\x7f]*$"


@ROUTES.get("", operation_id="listRuns", summary="匹配结果列表 List runs")
def list_runs(
    service: ServiceDoor,
    actor: Reader,
    demand_id: Annotated[str, Query(max_length=100, pattern=_PRINTED, description="只看一份需求 Of one demand")] = "",
    cursor: Annotated[str, Query(max_length=40, pattern=_PRINTED, description=CURSOR)] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="最多几条 At most")] = 50,
) -> RunList:
    """新的在前，含草稿和作废的，见 state。Newest first, drafts and revoked ones too: see `state`."""
    found = service.runs.newest(actor, demand_id, cursor, limit + 1)
    more = found[limit - 1].id if len(found) > limit else ""
    return RunList(items=[run_report(run) for run in found[:limit]], next=more)


@ROUTES.get("/{run_id}", operation_id="getRun", summary="一份匹配结果 One run")
def get_run(
    service: ServiceDoor,
    actor: Reader,
    run_id: Annotated[str, Path(max_length=40, pattern=_PRINTED, description="结果编号", examples=["P2026-00001"])],
) -> RunDetail:
    """保存时的完整内容；入围专家现在能不能安排见 hindered。As it was frozen; `hindered`: who cannot go as of now."""
    shown = service.runs.get(run_id, actor)
    return run_detail(shown, service.runs.hindered(shown))
