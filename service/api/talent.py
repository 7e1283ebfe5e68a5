"""Achievements for a demand, and what the library lacks: read with the scope of matches, the latter found by a job."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from matcher.domain.job import Job, JobState
from matcher.domain.vocabulary import EvidenceType
from matcher.store.errors import JobUnknown
from service.api.idempotency import IDEMPOTENT, IdempotentRoute
from service.api.job_reports import JobId
from service.api.matches import DemandId, Limit, MatchDoor
from service.api.problems import problems
from service.api.talent_shapes import AchievementAnswers, CoverageWork, achievement_answers, coverage_work
from service.doors import ServiceDoor
from service.jobs.kinds.coverage import COVERAGE
from service.talent.coverage import coverage_of
from service.wiring import Service

ROUTES = APIRouter(
    prefix="/api/v1",
    tags=["talent"],
    responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    route_class=IdempotentRoute,
)
AskedTypes = Annotated[
    list[EvidenceType],
    Query(
        alias="type",
        max_length=20,
        description="成果类型，可重复；不写为可转让的 Kinds; else what a firm can take over",
    ),
]


@ROUTES.get(
    "/demands/{demand_id}/achievements", operation_id="listFittingAchievements", summary="适合的成果 Achievements"
)
def list_achievements(
    service: ServiceDoor,
    actor: MatchDoor,
    demand_id: DemandId,
    types: AskedTypes = [],  # noqa: B006 - FastAPI copies it
    limit: Limit = 10,
) -> AchievementAnswers:
    """成果库中适合这份需求的成果，附完成人。Ranked as experts are, with sentences and owners."""
    return achievement_answers(service.talent.achievements(demand_id, types, limit, actor))


@ROUTES.post(
    "/coverage", operation_id="createCoverage", status_code=202, summary="人才缺口 Gaps", dependencies=[IDEMPOTENT]
)
def create_coverage(service: ServiceDoor, actor: MatchDoor, response: Response) -> CoverageWork:
    """逐项需求看库中有无人选，由后台任务完成，结果见 Location。A job looks at every demand; ask at `Location`."""
    job = service.jobs.start(COVERAGE, "人才缺口分析", {}, actor)
    response.headers["Location"] = f"/api/v1/coverage/{job.id}"
    return _work(service, job)


@ROUTES.get("/coverage/{job_id}", operation_id="getCoverage", summary="缺口分析的结果 What was found")
def get_coverage(service: ServiceDoor, actor: MatchDoor, job_id: JobId) -> CoverageWork:
    """哪些需求无人可答，应征集哪些学科。Which demands nobody answers, and which fields to recruit from."""
    job = service.jobs.get(job_id, actor)
    if job.kind != COVERAGE.name:
        raise JobUnknown(job_id)
    return _work(service, job)


def _work(service: Service, job: Job) -> CoverageWork:
    found = coverage_of(job.result) if job.state is JobState.DONE else None
    return coverage_work(job, found, service.talent.names(found) if found else {})
