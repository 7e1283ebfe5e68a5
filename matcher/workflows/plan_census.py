"""Whom the database holds for a kind of station, and why the others may not: counted when a quota is not reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import Purpose, StationKind
from matcher.plan.problem import QuotaTarget, StationProblem
from matcher.rank.rules import Case, check_expert
from matcher.workflows.plan_facts import read_facts
from matcher.workflows.plan_ground import PlanGround

_NAMES = {StationKind.ACADEMICIAN: "院士", StationKind.EXPERT: "专家"}
_WHY: Mapping[tuple[str, FindingKind], str] = {
    ("person_available", FindingKind.FORBIDDEN): "已故、退出或停用",
    ("person_available", FindingKind.UNKNOWN): "在岗状态未填",
    ("consent", FindingKind.FORBIDDEN): "授权已撤回或未生效",
    ("consent", FindingKind.UNKNOWN): "授权同意日期未填",
    ("review", FindingKind.FORBIDDEN): "资料审核被退回",
    ("review", FindingKind.UNKNOWN): "资料待审核",
    ("academician_station_cap", FindingKind.FORBIDDEN): "任站数已满",
    ("academician_station_cap", FindingKind.UNKNOWN): "全国任站数或退休状态未填",
    ("months_on_site", FindingKind.FORBIDDEN): "驻站月数已满",
    ("title_floor", FindingKind.FORBIDDEN): "职称达不到要求",
    ("title_floor", FindingKind.UNKNOWN): "职称级别未填",
    ("clearance", FindingKind.FORBIDDEN): "涉密未获批准",
    ("clearance", FindingKind.UNKNOWN): "涉密审批待办",
}
_OTHER = "不符合其他规定"


class Census:
    """Of everybody as the rules see them in the year of the plan, no demand in view."""

    def __init__(self, ground: PlanGround, year: int) -> None:
        self._ground = ground
        self._facts = read_facts(ground.store, ground.rules.in_year(year), ground.regions)

    def of(self, problem: StationProblem) -> dict[str, str]:
        """A sentence for each quota, by its name as a target."""
        why: dict[StationKind, Counter[str]] = {kind: Counter() for kind in StationKind}
        for expert in self._ground.store.experts.stream():
            for kind in _kinds(expert):
                why[kind][self._against(expert, kind)] += 1
        return {target.value: _sentence(problem, target.kind, why[target.kind]) for target in QuotaTarget}

    def _against(self, expert: Expert, kind: StationKind) -> str:
        """The first thing that stands against the person, or nothing."""
        case = Case(Purpose(kind.value), self._facts.day, engagements=self._facts.lines_of(expert.id))
        found = check_expert(expert, case, self._ground.rules.book)
        first = next((one for one in found if one.kind is not FindingKind.NOTE), None)
        return _named(first) if first else ""


def _kinds(expert: Expert) -> Iterator[StationKind]:
    if expert.is_academician:
        yield StationKind.ACADEMICIAN
    yield StationKind.EXPERT


def _named(finding: Finding) -> str:
    return _WHY.get((finding.rule, finding.kind), _OTHER)


def _sentence(problem: StationProblem, kind: StationKind, why: Counter[str]) -> str:
    """Who is counted as available: no rule against him or her, and a demand to fit."""
    used = len({pair.expert_id for pair in problem.usable() if pair.kind is kind})
    who, free = _NAMES[kind], why.pop("", 0)
    barred = "，".join(f"{reason} {count} 位" for reason, count in sorted(why.items(), key=lambda x: (-x[1], x[0])))
    head = f"库中{who} {free + why.total()} 位，"
    head += f"现在不能任首席的 {why.total()} 位（{barred}）" if barred else "按规定都可任首席"
    tail = f"；可任首席的 {free} 位中，{used} 位与可建站的需求对口，即“可用”" if free else ""
    rest = free - used
    return head + tail + (f"，其余 {rest} 位匹配概率不够、须回避或排名靠后" if free and rest > 0 else "")
