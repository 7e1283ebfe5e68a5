"""A team to grow for a station: enterprise people whose own evidence fits the chief's field and the demand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert
from matcher.domain.vocabulary import UnitKind
from matcher.errors import UsageError
from matcher.explain.explanation import Explanation
from matcher.explain.report import Json, explanation_json
from matcher.rank.filters import ExpertFilter
from matcher.rank.rules import first_unit, unit_name
from matcher.store.store import Store
from matcher.tables.sheet import SheetSpec
from matcher.text.reading import DemandReading, Facet, FacetKind, read_demand
from matcher.workflows.match import Matchmaker, MatchRequest
from matcher.workflows.report import Reporter

_LEAST = 0.1


class StationUnknown(UsageError):
    def __init__(self, line_id: str) -> None:
        super().__init__(f"台账里没有编号为“{line_id}”的建站记录。请核对编号，或改为指定首席和需求。")


class NoField(UsageError):
    def __init__(self, name: str) -> None:
        who = f"首席“{name}”没有填写研究方向和关键词，也" if name else "没有指定首席，需求也"
        super().__init__(f"{who}没有写明内容，无从比较。请补充专家资料，或指定需求。")


@dataclass(frozen=True, slots=True)
class StationCase:
    """For whom a team is sought; `enterprise` "" where unknown. `members` stand in the ledger already.

    Without a `chief` the demand alone says what is needed.
    """

    chief: Expert | None
    enterprise: str
    demand: Demand | None
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamCandidate:
    """`own`: works at the station's enterprise; else at another one."""

    explanation: Explanation
    own: bool
    already: bool


@dataclass(frozen=True, slots=True)
class EnterpriseTeam:
    """Own people first, then others; both by evidence. `forbidden` are those whom a rule keeps out."""

    case: StationCase
    candidates: tuple[TeamCandidate, ...]
    forbidden: tuple[Explanation, ...]

    def to_json(self) -> Json:
        return {
            "chief": self.case.chief.id if self.case.chief else "",
            "enterprise": self.case.enterprise,
            "demand_id": self.case.demand.id if self.case.demand else "",
            "candidates": [
                {**explanation_json(one.explanation), "own": one.own, "already": one.already} for one in self.candidates
            ],
            "forbidden": [explanation_json(one) for one in self.forbidden],
        }


class TeamFinder:
    def __init__(self, store: Store, matchmaker: Matchmaker, reporter: Reporter) -> None:
        self._store = store
        self._matchmaker = matchmaker
        self._reporter = reporter

    def station(self, line_id: str) -> StationCase:
        """The case of a line of the ledger, whose expert is the chief. Raises StationUnknown."""
        line = self._store.ledger.get(line_id)
        chief = self._store.experts.get(line.expert_id) if line and line.kind.is_station else None
        if line is None or chief is None:
            raise StationUnknown(line_id)
        unit = unit_name(line.unit)
        same = (one for one in self._store.ledger.stream() if one.kind.is_station and unit_name(one.unit) == unit)
        members = frozenset(one.expert_id for one in same)
        return StationCase(chief, line.unit, self._store.demands.get(line.demand_id), members)

    def team(self, case: StationCase, top: int) -> EnterpriseTeam:
        """The `top` people nearest to the field, of other enterprises only who relates to it. Raises NoField."""
        reading = _field(case)
        own = self._found(reading, ExpertFilter(units=(case.enterprise,)), top) if case.enterprise else {}
        others = self._found(reading, ExpertFilter(unit_kinds=(UnitKind.ENTERPRISE,)), top)
        ranked = sorted({**others, **own}.values(), key=lambda one: (-one.ranked.score, one.ranked.expert_id))
        related = [one for one in ranked if one.ranked.score >= _LEAST or one.ranked.expert_id in own]
        able = [one for one in related if case.chief is None or one.ranked.expert_id != case.chief.id]
        explained = self._reporter.explain(reading, able)
        allowed = [
            TeamCandidate(one, self._is_own(one.expert, case), one.expert.id in case.members)
            for one, checked in zip(explained, able, strict=True)
            if not checked.forbidden
        ]
        allowed.sort(key=lambda one: not one.own)
        numbered = [
            replace(one, explanation=replace(one.explanation, rank=place)) for place, one in enumerate(allowed[:top], 1)
        ]
        barred = tuple(one for one, checked in zip(explained, able, strict=True) if checked.forbidden)
        return EnterpriseTeam(case, tuple(numbered), barred)

    def _found(self, reading: DemandReading, filters: ExpertFilter, top: int) -> dict[str, CheckedExpert]:
        """Without the demand: people of the enterprise itself need not stand aside from their own station."""
        result = self._matchmaker.match(reading, MatchRequest(top=top + 1, filters=filters))
        return {one.ranked.expert_id: one for one in (*result.experts, *result.excluded)}

    def _is_own(self, expert: Expert, case: StationCase) -> bool:
        unit = unit_name(first_unit(expert.organization))
        return bool(unit) and unit == unit_name(case.enterprise)


def _field(case: StationCase) -> DemandReading:
    """What the demand says, and what the chief works on."""
    chief = "、".join((*case.chief.directions, *case.chief.keywords)) if case.chief else ""
    facets = read_demand(case.demand).facets if case.demand else ()
    if not chief and not facets:
        raise NoField(case.chief.name if case.chief else "")
    return DemandReading("建站团队", (*facets, Facet(FacetKind.WANTED, chief)) if chief else facets)


def team_sheet(team: EnterpriseTeam) -> SheetSpec:
    header = (
        "首席",
        "建站单位",
        "名次",
        "专家编号",
        "姓名",
        "工作单位",
        "职称",
        "本企业",
        "已在团队",
        "匹配概率",
        "理由",
        "待核事项",
    )
    rows = [
        (
            team.case.chief.name if team.case.chief else "",
            team.case.enterprise,
            one.explanation.rank,
            one.explanation.expert.id,
            one.explanation.expert.name,
            one.explanation.expert.organization,
            one.explanation.expert.title,
            "是" if one.own else "否",
            "是" if one.already else "否",
            round(one.explanation.score, 3),
            one.explanation.summary(),
            "\n".join(one.explanation.to_check()),
        )
        for one in team.candidates
    ]
    return SheetSpec(
        "团队培养", header, rows, (10, 26, 6, 10, 10, 26, 12, 8, 8, 10, 50, 40), percent_columns=frozenset({9})
    )
