"""The reverse direction: which demands an expert fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import CheckedExpert
from matcher.explain.report import finding_json
from matcher.tables.sheet import SheetSpec
from matcher.text.reading import DemandReading
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.report import titles


@dataclass(frozen=True, slots=True)
class FittingDemand:
    """`checked.ranked.rank` is the expert's place in the demand's whole ranking, forbidden people counted."""

    demand: Demand
    reading: DemandReading
    title: str
    checked: CheckedExpert

    def to_json(self) -> dict[str, object]:
        return {
            "demand_id": self.reading.id,
            "title": self.title,
            "enterprise": self.demand.enterprise.name,
            "score": round(self.checked.ranked.score, 6),
            "rank_in_demand": self.checked.ranked.rank,
            "forbidden": self.checked.forbidden,
            "findings": [finding_json(finding) for finding in self.checked.findings],
        }


@dataclass(frozen=True, slots=True)
class FittingDemands:
    """`demands` the expert may go to and `forbidden` ones, best first.

    `best_is_weak`: even the best lies below the level of abstention.
    """

    demands: tuple[FittingDemand, ...]
    forbidden: tuple[FittingDemand, ...]
    best_is_weak: bool


def fitting_demands(
    expert_id: str, demands: Iterable[Demand], request: MatchRequest, matchmaker: Matchmaker
) -> FittingDemands:
    """The `request.top` demands in which the expert has the highest probability, the same as in forward ranking.

    Forbidden ones are those that would have stood among them.
    """
    found = [
        FittingDemand(demand, reading, title, checked)
        for demand in demands
        for reading, title in zip(readings(demand), titles(demand), strict=True)
        if (checked := matchmaker.single(reading, expert_id, request, demand)) is not None and checked.ranked.votes
    ]
    found.sort(key=lambda one: (-one.checked.ranked.score, one.reading.id))
    allowed = tuple(one for one in found if not one.checked.forbidden)[: request.top]
    least = allowed[-1].checked.ranked.score if len(allowed) == request.top else 0.0
    forbidden = tuple(one for one in found if one.checked.forbidden and one.checked.ranked.score >= least)
    weak = bool(allowed) and matchmaker.abstains_at(allowed[0].checked.ranked.score)
    return FittingDemands(allowed, forbidden, weak)


def fitting_sheet(expert: Expert, found: FittingDemands) -> SheetSpec:
    """The reverse view as a sheet: first the demands in order, then those that a rule forbids."""
    header = ("名次", "需求编号", "需求名称", "企业名称", "匹配概率", "在该需求中的名次", "不可、待核与提示")
    numbered: list[tuple[int | str, FittingDemand]] = [
        *enumerate(found.demands, start=1),
        *(("不可", one) for one in found.forbidden),
    ]
    rows = [
        (
            place,
            one.reading.id,
            one.title,
            one.demand.enterprise.name,
            round(one.checked.ranked.score, 3),
            one.checked.ranked.rank,
            "\n".join(f"{finding.kind}：{finding.message}" for finding in one.checked.findings),
        )
        for place, one in numbered
    ]
    return SheetSpec(
        f"适合{expert.name}的需求", header, rows, widths=(6, 12, 36, 30, 10, 12, 50), percent_columns=frozenset({4})
    )
