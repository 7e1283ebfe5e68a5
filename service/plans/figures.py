"""Two plans side by side in figures: how much of everything each arranges, and what each was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.vocabulary import StationKind
from matcher.reference.regions import Regions
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.plan_visits import VisitRequest
from matcher.workflows.visit_report import VisitReport

_PERCENT, _POINTS = "%", "个百分点"
_BY_THE_BOOK, _UNBOUND = "按规划规则", "不限"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the comparison; `difference` says how the second plan stands to the first, "" where they agree."""

    name: str
    first: str
    second: str
    difference: str


@dataclass(frozen=True, slots=True)
class Amount:
    """None: there is nothing to count it of."""

    value: float | None
    unit: str

    def __str__(self) -> str:
        if self.value is None:
            return "—"
        return f"{self.value:.1f}%" if self.unit == _PERCENT else f"{self.value:,} {self.unit}"

    def against(self, first: Amount) -> str:
        """`多 2 站` where this is 2 more than `first`."""
        if self.value is None or first.value is None:
            return ""
        more = round(self.value - first.value, 1)
        unit = _POINTS if self.unit == _PERCENT else self.unit
        return f"{'多' if more > 0 else '少'} {abs(more):,} {unit}" if more else ""


def figures(first: Mapping[str, Amount], second: Mapping[str, Amount]) -> tuple[Figure, ...]:
    """In the order of the first; what only one counts (a region) is none of the other."""
    units = {name: amount.unit for name, amount in (*first.items(), *second.items())}
    pairs = [
        (name, first.get(name, Amount(0, unit)), second.get(name, Amount(0, unit))) for name, unit in units.items()
    ]
    return tuple(Figure(name, str(one), str(other), other.against(one)) for name, one, other in pairs)


def terms(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[Figure, ...]:
    """What the plans were asked for, both by the same names."""
    return tuple(
        Figure(name, first[name], second[name], "不同" if first[name] != second[name] else "") for name in first
    )


def station_amounts(report: PlanReport, regions: Regions) -> dict[str, Amount]:
    plan = report.plan
    people = {who for one in plan.stations for who in (one.expert_id, *one.members)}
    return {
        "安排建站": Amount(len(plan.stations), "站"),
        **{f"其中{kind}": Amount(sum(one.kind is kind for one in plan.stations), "站") for kind in StationKind},
        "资助合计": Amount(plan.funding, "万元"),
        **_fits([one.fit for one in plan.stations]),
        "首席和团队": Amount(len(people), "位"),
        "没有安排的需求": Amount(len(plan.unchosen), "项"),
        "没有达到的目标": Amount(len(plan.shortfalls), "项"),
        **_by_region(report.demands, [one.demand_id for one in plan.stations], regions, "站"),
    }


def visit_amounts(report: VisitReport, regions: Regions) -> dict[str, Amount]:
    plan = report.kept.plan
    there, online = ([who for stop in plan.stops for who in stop.on_site],
                     [who for stop in plan.stops for who in stop.remote])  # fmt: skip
    return {
        "走访": Amount(len(plan.stops), "家"),
        "专家": Amount(len({*there, *online}), "位"),
        "到场": Amount(len(there), "人次"),
        "线上": Amount(len(online), "人次"),
        **_fits([one.fit for stop in plan.stops for one in stop.covered]),
        "分组": Amount(len(plan.teams), "组"),
        "有走访的日子": Amount(len({stop.day for stop in plan.stops}), "天"),
        "未走访的需求": Amount(len(plan.unvisited), "项"),
        "固定而没有排上": Amount(len(plan.missed), "项"),
        **_by_region(report.demands, [stop.demand_id for stop in plan.stops], regions, "家"),
    }


def station_terms(request: StationRequest) -> dict[str, str]:
    quotas = {"院士专家工作站名额": request.quota_academician, "科技专家工作站名额": request.quota_expert}
    return {
        "年度": f"{request.year} 年",
        **{name: _BY_THE_BOOK if quota is None else f"{quota} 站" for name, quota in quotas.items()},
        "资助预算": _UNBOUND if request.budget is None else f"{request.budget:,} 万元",
    }


def visit_terms(request: VisitRequest, regions: Regions) -> dict[str, str]:
    places = [regions.get(code) for code in request.regions]
    most = {"最多分几组": (request.teams, "组"), "每组最多几位": (request.team_size, "位")}
    return {
        "地区": "、".join(place.name for place in places if place),
        "日期": f"{request.start} 起 {request.days} 天",
        **{name: _BY_THE_BOOK if number is None else f"{number} {unit}" for name, (number, unit) in most.items()},
        "需求范围": f"选定的 {len(request.demands)} 项" if request.demands else "该地区全部",
        "专家范围": f"选定的 {len(request.people)} 位" if request.people else "全库",
    }


def _fits(thousandths: Sequence[int]) -> dict[str, Amount]:
    """Of what is arranged: how well it fits on average, and where it fits worst."""
    average = round(sum(thousandths) / len(thousandths) / 10, 1) if thousandths else None
    return {
        "平均匹配概率": Amount(average, _PERCENT),
        "最低匹配概率": Amount(min(thousandths) / 10 if thousandths else None, _PERCENT),
    }


def _by_region(
    demands: Mapping[str, Demand], ids: Iterable[str], regions: Regions, unit: str
) -> dict[str, Amount]:  # fmt: skip
    counted = Counter(_prefecture(demands.get(id), regions) for id in ids)
    return {f"在{name}": Amount(count, unit) for name, count in sorted(counted.items())}


def _prefecture(demand: Demand | None, regions: Regions) -> str:
    region = regions.get(demand.enterprise.region_code) if demand else None
    if region is None:
        return "所在地未填的企业"
    return (regions.prefecture(region) or region).name
