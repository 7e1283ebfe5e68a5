"""From a problem to a plan of stations: model, answer, backups, teams, reasons, what is missed and why."""

from __future__ import annotations

from matcher.domain.match import FindingKind
from matcher.domain.vocabulary import StationMode
from matcher.plan.backups import with_people
from matcher.plan.errors import TargetUnknown
from matcher.plan.infeasible import shortfalls
from matcher.plan.problem import Pair, Person, Site, StationProblem
from matcher.plan.program import Solved
from matcher.plan.reasons import unchosen
from matcher.plan.result import Quality, Station, StationPlan
from matcher.plan.scoring import Part, mode_points, pair_parts, unfit
from matcher.plan.solver import Solve
from matcher.plan.stations import StationModel, station_model


def plan_stations(problem: StationProblem, solve: Solve) -> StationPlan:
    """The best plan that keeps every rule. Targets that cannot be met give way as little as can be, and are named.

    Raises TargetUnknown for an accepted target that the problem does not have.
    """
    model = station_model(problem)
    _check_accepted(problem, model)
    solved = solve(model.program)
    stations = with_people(problem, _stations(problem, model, solved))
    quality = Quality(plan_points(problem, stations), solved.proven, round(solved.gap, 6), solved.by_clock)
    return StationPlan(stations, unchosen(problem, stations), shortfalls(problem, model, solved, solve), quality)


def plan_points(problem: StationProblem, stations: tuple[Station, ...]) -> int:
    """The points of all stations less what is taken off for crowding: the objective in whole points."""
    sites = {site.demand_id: site for site in problem.sites}
    weights = problem.book.weights
    crowded = (
        (weights.region_balance, [sites[s.demand_id].region for s in stations]),
        (weights.industry_balance, [sites[s.demand_id].industry for s in stations]),
        (weights.load, [s.expert_id for s in stations]),
    )
    off = sum(weight * (len(keys) - len(set(keys))) for weight, all_keys in crowded for keys in [_stated(all_keys)])
    return sum(station.points for station in stations) - off


def _stated(keys: list[str]) -> list[str]:
    return [key for key in keys if key]


def _check_accepted(problem: StationProblem, model: StationModel) -> None:
    unknown = next((name for name in problem.steering.accepted if name not in model.gaps), None)
    if unknown is not None:
        raise TargetUnknown(unknown, tuple(model.gaps))


def _stations(problem: StationProblem, model: StationModel, solved: Solved) -> tuple[Station, ...]:
    sites = {site.demand_id: site for site in problem.sites}
    people = {person.id: person for person in problem.people}
    modes = {built[0]: built[2] for number, built in model.built.items() if solved.values[number]}
    pairs = sorted((p for n, p in model.chosen.items() if solved.values[n]), key=lambda p: (p.kind, p.demand_id))
    return tuple(
        _station(problem, sites[pair.demand_id], people[pair.expert_id], pair, modes[pair.demand_id]) for pair in pairs
    )


def _station(problem: StationProblem, site: Site, person: Person, pair: Pair, mode: StationMode) -> Station:
    by_mode = mode_points(problem, site, mode)
    parts = pair_parts(problem, site, person, pair) + ((Part("筹建方式", by_mode),) if by_mode else ())
    notes = [f.message for f in (*site.findings, *pair.findings) if f.kind is FindingKind.NOTE]
    return Station(
        demand_id=site.demand_id,
        expert_id=pair.expert_id,
        kind=pair.kind,
        mode=mode,
        funding=problem.book.modes[mode].funding(pair.kind),
        fit=pair.fit,
        rank=pair.rank,
        parts=parts,
        need_id=pair.need_id,
        kind_to_check=not site.kind_stated,
        notes=tuple(dict.fromkeys(notes)),
        doubts=(f"首席由工作人员指定，{unfit(pair.fit, problem.least_fit)}",) if pair.fit < problem.least_fit else (),
    )
