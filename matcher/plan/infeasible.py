"""Why a target cannot be met with every rule kept, and each way out, with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import StationKind
from matcher.plan import naming
from matcher.plan.errors import PlanUnsolved
from matcher.plan.problem import FIXED, Choice, QuotaTarget, StationProblem, fixed_name
from matcher.plan.program import Solved, worth
from matcher.plan.releasing import releases
from matcher.plan.result import Shortfall
from matcher.plan.solver import Solve
from matcher.plan.station_relaxing import station_ways
from matcher.plan.stations import StationModel
from matcher.rank.relief import never_relaxed

_PEOPLE = {StationKind.ACADEMICIAN: "院士", StationKind.EXPERT: "专家"}
_SHORT = {StationKind.ACADEMICIAN: "院士名额", StationKind.EXPERT: "科技专家工作站名额"}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Setting:
    problem: StationProblem
    model: StationModel
    solved: Solved
    missed: Mapping[str, int]
    solve: Solve


def missed_targets(model: StationModel, solved: Solved) -> dict[str, int]:
    """By how much each target is missed; met ones are left out."""
    return {name: solved.values[gap] for name, gap in model.gaps.items() if solved.values[gap]}


def shortfalls(problem: StationProblem, model: StationModel, solved: Solved, solve: Solve) -> tuple[Shortfall, ...]:
    """One entry a missed target. Solves variants of the model: which rules must give way, what else could be let go."""
    missed = missed_targets(model, solved)
    if not missed:
        return ()
    setting = _Setting(problem, model, solved, missed, solve)
    ways = tuple(_ways_out(setting))
    return tuple(_shortfall(setting, name, gap, ways) for name, gap in missed.items())


def _shortfall(setting: _Setting, name: str, gap: int, ways: tuple[str, ...]) -> Shortfall:
    accepted = setting.problem.steering.accepts(name)
    target = next((target for target in QuotaTarget if target == name), None)
    if target is not None:
        quota = setting.problem.quota(target.kind)
        return Shortfall(name, quota, quota - gap, _quota(setting.problem, target.kind, gap), ways, accepted)
    floor = next((floor for floor in setting.problem.steering.floors if str(floor) == name), None)
    if floor is not None:
        message = f"{floor}，按现有规则只能安排 {floor.least - gap} 站：需在该地区再征集 {gap} 项需求或减少 {gap} 站"
        return Shortfall(name, floor.least, floor.least - gap, message, ways, accepted)
    return Shortfall(name, 1, 0, _fixed(setting.problem, name), ways, accepted)


def _quota(problem: StationProblem, kind: StationKind, gap: int) -> str:
    usable = [pair for pair in problem.usable() if pair.kind is kind]
    people = {pair.expert_id for pair in usable}
    places = sum(_places(problem, name, kind) for name in people)
    firms = {site.firm for site in problem.sites if site.demand_id in {pair.demand_id for pair in usable}}
    quota, who = problem.quota(kind), _PEOPLE[kind]
    may = f"（共可任 {places} 站）" if places != len(people) else ""
    head = f"{_SHORT[kind]} {quota}，可用{who} {len(people)}{may}"
    less = f"减少 {gap} 站"
    if places < quota and len(firms) < quota:
        short = quota - len(firms)
        return f"{head}，可建站企业 {len(firms)}：需再征集{who} {quota - places} 位、企业 {short} 家，或{less}"
    if places < quota:
        return f"{head}：需再征集 {gap} 位或{less}"
    if len(firms) < quota:
        return f"{head}，可建站企业 {len(firms)}：需再征集 {quota - len(firms)} 家企业的需求或{less}"
    return f"{head}，可建站企业 {len(firms)}，但与预算、驻站月数或指定人选合在一起排不下：需{less}，或放宽下列一条"


def _places(problem: StationProblem, expert_id: str, kind: StationKind) -> int:
    person = next(person for person in problem.people if person.id == expert_id)
    by_months = person.tenths // problem.tenths_a_station if problem.tenths_a_station else 99
    return min(by_months, person.academician_slots) if kind is StationKind.ACADEMICIAN else by_months


def _fixed(problem: StationProblem, name: str) -> str:
    """What stands against a fixed choice: a rule, or the other targets."""
    choice = next(choice for choice in problem.steering.fixed if name.startswith(fixed_name(choice)))
    pairs = sorted((p for p in problem.pairs if choice.fits(p)), key=lambda p: (p.demand_id, p.expert_id, p.kind))
    sites = {site.demand_id: site for site in problem.sites}
    against: list[Finding] = []
    for pair in pairs:
        against += [*sites[pair.demand_id].findings, *pair.findings]
    blocking = list(dict.fromkeys(f.message for f in against if f.kind is not FindingKind.NOTE))
    said = f"“{naming.target(name)}”不能满足"
    if not pairs:
        return f"{said}：不在候选人中，或企业不能建这类站"
    if not any(pair in problem.usable() for pair in pairs):
        fast = "、".join(never_relaxed(against))
        then = f"{fast}不能放宽，只能换人或撤销这一条" if fast else "须先解决，或撤销这一条"
        return f"{said}：{'；'.join(blocking[:_NAMED]) or '同时又被排除'}。{then}"
    rivals = list(dict.fromkeys(_rivals(problem, choice)))
    why = "；".join(rivals[:_NAMED]) or "与名额、预算、驻站月数或其他指定人选合在一起排不下"
    return f"{said}：{why}。须撤销其中一条"


def _rivals(problem: StationProblem, choice: Choice) -> Iterator[str]:
    """What else people fixed that leaves no room for the choice, with numbers."""
    others = [other for other in problem.steering.fixed if other != choice]
    firms = {site.demand_id: site.firm for site in problem.sites}
    for other in others:
        if other.demand_id and other.demand_id == choice.demand_id:
            yield f"与“{FIXED}{naming.chosen(other)}”是同一项需求，一站只有一位首席、一种类型和筹建方式"
        elif choice.demand_id and firms.get(other.demand_id) == firms[choice.demand_id]:
            yield f"与“{FIXED}{naming.chosen(other)}”是同一企业，一个企业只建一站"
    if choice.expert_id:
        kinds = {pair.kind for pair in problem.usable() if choice.fits(pair)}
        may = max(_places(problem, choice.expert_id, kind) for kind in kinds)
        asked = 1 + sum(other.expert_id == choice.expert_id for other in others)
        if asked > may:
            yield f"{naming.expert(choice.expert_id)}按驻站月数和任站上限只可再任 {may} 站，指定了 {asked} 站"
    for target in QuotaTarget:
        fixed = {one.demand_id or one.expert_id for one in (choice, *others) if _must_be(problem, one, target.kind)}
        if _must_be(problem, choice, target.kind) and len(fixed) > problem.quota(target.kind):
            yield f"{target} {problem.quota(target.kind)}，指定了 {len(fixed)} 站"


def _must_be(problem: StationProblem, choice: Choice, kind: StationKind) -> bool:
    """Whether the choice can be met by a station of this kind only."""
    return {pair.kind for pair in problem.usable() if choice.fits(pair)} == {kind}


def _ways_out(setting: _Setting) -> Iterator[str]:
    """The plan stands without an explanation that the search does not find within its limits."""
    model, missed = setting.model, setting.missed
    now = -worth(model.program.objectives[0], setting.solved.values)
    with suppress(PlanUnsolved):
        yield from station_ways(setting.problem, now, setting.solve, missed)
    with suppress(PlanUnsolved):
        for found in releases(model.program, model.missed, missed, setting.solve):
            gaps = missed_targets(model, found.solved)
            yield found.in_words([_let_go(setting.problem, name, gaps[name]) for name in found.gone])


def _let_go(problem: StationProblem, name: str, gap: int) -> str:
    target = next((target for target in QuotaTarget if target == name), None)
    if target is not None:
        return f"{target}由 {problem.quota(target.kind)} 减为 {problem.quota(target.kind) - gap}"
    floor = next((floor for floor in problem.steering.floors if str(floor) == name), None)
    return f"“{floor}”减为 {floor.least - gap} 站" if floor else f"撤销“{naming.target(name)}”"
