"""Draws up what is asked: candidates, solver, validator, archive. Runs inside a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.domain.job import Job
from matcher.domain.plan import PlanHead, PlanKind
from matcher.errors import MatcherError
from matcher.plan.comparison import compare
from matcher.plan.problem import StationProblem
from matcher.plan.result import StationPlan
from matcher.plan.validator import Violation, violations
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visit_result import VisitPlan
from matcher.plan.visit_validator import visit_violations
from matcher.wiring import Application
from matcher.workflows.index_build import Progress
from matcher.workflows.plan_archive import Act
from matcher.workflows.plan_documents import (
    StationRequest,
    digest_of,
    digest_of_stations,
    read_station_document,
    station_title,
)
from matcher.workflows.plan_names import names_of
from matcher.workflows.plan_visits import VisitRequest
from matcher.workflows.visit_archive import KeptVisits
from matcher.workflows.visit_comparison import visit_words
from service.plans.comparison import SideBySide, side_by_side, station_sides, visit_sides
from service.plans.steering import (
    changed_stations,
    changed_visits,
    station_request,
    steering_of,
    visit_request,
    visit_steering_of,
)
from service.plans.wishes import PlanWish

READING, SOLVING, CHECKING, KEEPING = "读取资料", "计算", "核对", "保存"


class PlanUnsound(MatcherError):
    """The validator found a rule broken by a plan that was just made: a fault of ours, not of the user."""

    def __init__(self, found: Sequence[Violation]) -> None:
        super().__init__(
            f"得出的计划没有通过核对（{found[0].message}），没有保存。请把任务的名称和提交时间告诉系统管理员。"
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """What hears how far it is: a new stage, and how much of the present one is done."""

    stage: Callable[[str], None]
    reach: Progress


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the changes would bring: sentences, and demand by demand. `warnings`: whom it takes although unfit."""

    plan: str
    words: tuple[str, ...]
    warnings: tuple[str, ...]
    rows: tuple[SideBySide, ...]


def draw_up(application: Application, wish: PlanWish, job: Job, act: Act, steps: Steps) -> PlanHead:
    """Keeps the plan as a new one or as the next version. One that this person's job has kept already stays the one.

    Raises what the planners raise, PlanUnsound.
    """
    request = asked(application, wish)
    if isinstance(request, VisitRequest):
        problem, plan = _visits(application, request, steps)
        steps.stage(KEEPING)
        found = _kept_already(application, wish, PlanKind.VISITS, digest_of(problem, VisitProblem), job)
        return found or application.visits.keep(request, problem, plan, act, id=wish.plan).record
    stations, answer = _stations(application, request, steps)
    steps.stage(KEEPING)
    found = _kept_already(application, wish, PlanKind.STATIONS, digest_of_stations(stations), job)
    if found and found.title == station_title(request.year):  # two years may pose the same problem
        return found
    return application.stations.keep(request, stations, answer, act, id=wish.plan).record


def what_if(application: Application, wish: PlanWish, steps: Steps) -> WhatIf:
    """The newest version solved as it is asked today, and with the changes; nothing is kept."""
    base = asked(application, PlanWish(plan=wish.plan))
    changed = asked(application, wish)
    if isinstance(base, VisitRequest) and isinstance(changed, VisitRequest):
        return _visits_tried(application, wish.plan, (base, changed), steps)
    assert isinstance(base, StationRequest)
    assert isinstance(changed, StationRequest)
    return _stations_tried(application, wish.plan, (base, changed), steps)


def _visits_tried(
    application: Application, plan: str, requests: tuple[VisitRequest, VisitRequest], steps: Steps
) -> WhatIf:
    record = application.store.plans.get(plan)
    kept = (KeptVisits(record, one, _visits(application, one, steps)[1]) for one in requests)
    before, after = map(application.visit_reporter.report, kept)
    shown = after.kept.plan
    words = (*visit_words(before, after), *map(after.sentence, shown.missed_words), *shown.ways_out)
    doubts = tuple(f"{after.enterprise(stop.demand_id)}：{doubt}" for stop in shown.stops for doubt in stop.doubts)
    return WhatIf(plan, words, doubts, side_by_side(visit_sides(before), visit_sides(after)))


def _stations_tried(
    application: Application, plan: str, requests: tuple[StationRequest, StationRequest], steps: Steps
) -> WhatIf:
    before, after = (_stations(application, one, steps)[1] for one in requests)
    first, second = (application.plan_reporter.report(one) for one in (before, after))
    missed = (one.in_words for one in after.open_shortfalls)
    words = (*compare(before, after).in_words(), *missed, *after.ways_out, *_drift(application, plan, before))
    doubts = tuple(
        f"{second.enterprise(one.demand_id)}，{second.person(one.expert_id)}：{doubt}"
        for one in after.stations
        for doubt in one.doubts
    )
    told = tuple(map(names_of(first, second).sentence, words))
    return WhatIf(plan, told, doubts, side_by_side(station_sides(first), station_sides(second)))


def _drift(application: Application, plan: str, today: StationPlan) -> Iterator[str]:
    """That the version on the screen was drawn up from other records, where it was."""
    record = application.store.plans.get(plan)
    moved = compare(read_station_document(record).plan, today)
    if moved.same and not moved.points:
        return
    cost = moved.in_words()[-1]
    yield f"第 {record.version} 版制定以后资料有变：不作这些调整、只重新安排，也会与它不同（{cost}）"


def asked(application: Application, wish: PlanWish) -> StationRequest | VisitRequest:
    """Raises PlanUnknown, RegionUnreadable, ChoiceUnreadable, RegionFloorUnreadable."""
    regions = application.reference.regions
    if wish.stations is not None:
        steering = steering_of(wish.changes, regions)
        return changed_stations(replace(station_request(wish.stations), steering=steering), wish.changes)
    if wish.visits is not None:
        steered = replace(visit_request(wish.visits, regions), steering=visit_steering_of(wish.changes))
        return changed_visits(steered, wish.changes)
    if application.store.plans.get(wish.plan).kind is PlanKind.VISITS:
        steered = application.visits.again(wish.plan, visit_steering_of(wish.changes))
        return changed_visits(steered, wish.changes)
    steering = steering_of(wish.changes, regions)
    return changed_stations(application.stations.again(wish.plan, steering), wish.changes)


def _stations(application: Application, request: StationRequest, steps: Steps) -> tuple[StationProblem, StationPlan]:
    steps.stage(READING)
    problem = application.station_planner.problem(request, steps.reach)
    steps.stage(SOLVING)
    plan = application.station_planner.solved(problem, request.year)
    steps.stage(CHECKING)
    _require_sound(violations(problem, plan))
    return problem, plan


def _visits(application: Application, request: VisitRequest, steps: Steps) -> tuple[VisitProblem, VisitPlan]:
    steps.stage(READING)
    problem = application.visit_planner.problem(request, steps.reach)
    steps.stage(SOLVING)
    plan = application.visit_planner.solved(problem)
    steps.stage(CHECKING)
    _require_sound(visit_violations(problem, plan))
    return problem, plan


def _require_sound(found: Sequence[Violation]) -> None:
    if found:
        raise PlanUnsound(found)


def _kept_already(application: Application, wish: PlanWish, kind: PlanKind, digest: str, job: Job) -> PlanHead | None:
    """What an attempt that was killed after keeping has kept: same inputs, same person, since the job was handed in."""
    plans = application.store.plans
    found = plans.versions(wish.plan)[-1:] if wish.plan else plans.newest(kind)
    return next(
        (one for one in found if one.digest == digest and one.made_by == job.owner.name and one.made_at >= job.created),
        None,
    )
