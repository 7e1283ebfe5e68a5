"""Looks which demands the library does not answer: all that the owner may see are ranked, at home and abroad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.domain.demand import Demand
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission
from service.talent.coverage import coverage_result

_LOOKING = "逐项匹配"


def _coverage(work: Work) -> Result:
    store, scope = work.application.store, work.actor.scope
    demands = [
        one for one in store.demands.stream() if scope.covers(one.enterprise.region_code, one.enterprise.jurisdiction)
    ]
    work.progress.stage(_LOOKING, len(demands))
    return coverage_result(work.application.coverage.read(_counted(work, demands)))


def _counted(work: Work, demands: Sequence[Demand]) -> Iterator[Demand]:
    for demand in demands:
        yield demand
        work.progress.advance(1)


COVERAGE = JobKind("coverage", Permission.MATCH, _coverage)
