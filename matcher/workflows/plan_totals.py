"""汇总表: a plan of stations counted by kind, 市州, industry, 筹建方式 and expert."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.domain.vocabulary import StationKind
from matcher.tables.sheet import Cell, SheetSpec
from matcher.workflows.plan_report import PlanReport, StationView

Row = tuple[Cell, ...]
_HEADER = ("分类", "名称", *(f"{kind}(个)" for kind in StationKind), "合计(个)", "资助(万元)", "平均匹配概率")
_WIDTHS = (12, 30, 18, 18, 10, 12, 14)
_UNSTATED = "未填"


def totals_sheet(report: PlanReport) -> SheetSpec:
    """The whole first, then each way of counting; what is not stated is counted as such."""
    return SheetSpec("汇总表", _HEADER, list(_rows(report)), _WIDTHS, percent_columns=frozenset({len(_HEADER) - 1}))


def _rows(report: PlanReport) -> Iterator[Row]:
    yield _row("合计", f"{len(report.plan.unchosen)} 项需求未安排", report.stations)
    ways: tuple[tuple[str, Callable[[StationView], str]], ...] = (
        ("市州", _region),
        ("行业", lambda view: view.demand.enterprise.industry_name if view.demand else ""),
        ("筹建方式", lambda view: view.station.mode.value),
        ("首席", lambda view: report.person(view.station.expert_id)),
    )
    for title, name_of in ways:
        groups: dict[str, list[StationView]] = {}
        for view in report.stations:
            groups.setdefault(name_of(view) or _UNSTATED, []).append(view)
        for name, views in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
            yield _row(title, name, views)


def _region(view: StationView) -> str:
    """As the enterprise wrote it: 市州 or county."""
    return view.demand.enterprise.region_name if view.demand else ""


def _row(title: str, name: str, views: list[StationView] | tuple[StationView, ...]) -> Row:
    counts = [sum(view.station.kind is kind for view in views) for kind in StationKind]
    fit = sum(view.station.fit for view in views) / 1000 / len(views) if views else None
    return (title, name, *counts, len(views), sum(view.station.funding for view in views), fit)
