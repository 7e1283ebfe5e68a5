"""The reverse direction: which demands an expert fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """`place` of the expert in the demand's whole ranking is `checked.ranked.rank`."""

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
            "findings": [finding_json(finding) for finding in self.checked.findings],
        }


def fitting_sheet(expert: Expert, found: Sequence[FittingDemand]) -> SheetSpec:
    """The reverse view as a sheet."""
    header = ("名次", "需求编号", "需求名称", "企业名称", "匹配概率", "该需求中的名次", "待核与提示")
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
        for place, one in enumerate(found, start=1)
    ]
    return SheetSpec(f"适合{expert.name}的需求", header, rows)


def fitting_demands(
    expert_id: str, demands: Iterable[Demand], request: MatchRequest, matchmaker: Matchmaker
) -> list[FittingDemand]:
    """The `request.top` demands in which the expert has the highest probability, the same as in forward ranking."""
    found = [
        FittingDemand(demand, reading, title, checked)
        for demand in demands
        for reading, title in zip(readings(demand), titles(demand), strict=True)
        if (checked := matchmaker.single(reading, expert_id, request, demand)) is not None
    ]
    found.sort(key=lambda one: (-one.checked.ranked.score, one.reading.id))
    return found[: request.top]
