"""人才 / 人才缺口: demands that nobody, only people overseas, or one team answers; disciplines to recruit."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.domain.job import Job, JobState
from matcher.workflows.gaps import GapKind
from service.console.files import sent_paper
from service.console.pages import redirect
from service.console.talent.doors import ExportDoor, MatchDoor, talent_page
from service.doors import Caller, ServiceDoor
from service.jobs.errors import JobNotReady
from service.jobs.kinds.coverage import COVERAGE
from service.talent.coverage import coverage_of
from service.wiring import Service

ROUTES = APIRouter(prefix="/talent/gaps", include_in_schema=False)
_LOOKED_BACK = 20


@ROUTES.get("")
def show(request: Request, service: ServiceDoor, caller: MatchDoor) -> Response:
    """The answer of one's newest analysis that is done, and how far a newer one is."""
    jobs = _jobs(service, caller)
    done = _done(jobs)
    found = coverage_of(done.result) if done else None
    return talent_page(
        request,
        caller,
        "gaps",
        job=jobs[0] if jobs else None,
        done=done,
        found=found,
        people=service.talent.names(found) if found else {},
        kinds=list(GapKind),
    )


@ROUTES.post("")
def look(request: Request, service: ServiceDoor, caller: MatchDoor) -> Response:
    """One at a time: a second press shows the first."""
    if not any(not job.state.is_over for job in _jobs(service, caller)):
        service.jobs.start(COVERAGE, "人才缺口分析", {}, caller.actor)
    return redirect(request, "/talent/gaps")


@ROUTES.get("/export.xlsx")
def export(service: ServiceDoor, caller: ExportDoor) -> Response:
    """Raises JobNotReady."""
    done = _done(_jobs(service, caller))
    if done is None:
        raise JobNotReady("人才缺口分析")
    return sent_paper(service.talent_papers.coverage(coverage_of(done.result), caller.actor))


def _jobs(service: Service, caller: Caller) -> list[Job]:
    """Newest first; what was looked at for other places than today's is left out."""
    found = service.jobs.list(caller.actor, kinds=(COVERAGE.name,), limit=_LOOKED_BACK)
    return [job for job in found if tuple(job.owner.regions) == tuple(caller.actor.scope.regions)]


def _done(jobs: list[Job]) -> Job | None:
    return next((job for job in jobs if job.state is JobState.DONE), None)
