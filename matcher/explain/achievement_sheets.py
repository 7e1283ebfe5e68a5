"""The workbook of achievements for demands: 成果对接表."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.domain.match import FindingKind
from matcher.explain.achievement import AchievementReport
from matcher.explain.passages import mark
from matcher.tables.sheet import Cell, SheetSpec

_COLUMNS = (
    ("需求编号", 10), ("需求名称", 26), ("企业名称", 24), ("需求类别", 10), ("名次", 6), ("成果编号", 24), ("类型", 8),
    ("成果名称", 40), ("年份", 7), ("来源", 22), ("匹配程度", 10), ("匹配概率", 9), ("理由", 40), ("需求中的话", 40),
    ("材料中的话", 40), ("持有人", 34), ("不可安排的持有人", 34), ("待核事项", 40),
)  # fmt: skip
_SCORE = [name for name, _ in _COLUMNS].index("匹配概率")


def achievement_sheets(reports: Sequence[AchievementReport]) -> list[SheetSpec]:
    """One row an achievement; a demand without any has the reason."""
    header, widths = zip(*_COLUMNS, strict=True)
    rows = [row for report in reports for row in _rows(report)]
    return [SheetSpec("成果对接表", header, rows, widths, percent_columns=frozenset({_SCORE}))]


def _rows(report: AchievementReport) -> Iterator[tuple[Cell, ...]]:
    demand = report.demand
    head = (
        report.demand_id,
        report.title,
        demand.enterprise.name if demand else "",
        demand.category.value if demand and demand.category else "",
    )
    if not report.proposed:
        yield (*head, *[""] * 8, report.gap, *[""] * 5)
    for one in report.proposed:
        yield (
            *head,
            one.rank,
            one.item.id,
            one.item.type.value,
            one.item.title or one.item.title_en,
            one.item.year,
            one.item.source,
            one.band.value,
            round(one.score, 3),
            one.summary(),
            mark(one.passage.asked, one.passage.words),
            mark(one.passage.answered, one.passage.words),
            "\n".join(owner.name() for owner in one.owners if not owner.forbidden),
            "\n".join(
                f"{owner.name()}：{'；'.join(owner.remarks(FindingKind.FORBIDDEN))}"
                for owner in one.owners
                if owner.forbidden
            ),
            "\n".join(
                f"{owner.expert.name}：{'；'.join(unknown)}"
                for owner in one.owners
                if (unknown := owner.remarks(FindingKind.UNKNOWN))
            ),
        )
