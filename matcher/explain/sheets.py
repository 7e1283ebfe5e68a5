"""The workbook of a batch of answers: 汇总表, 技术需求与解决方案对照表, 匹配依据, 未列入人员."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from matcher.domain.match import Band
from matcher.domain.vocabulary import Verdict
from matcher.explain.explanation import Explanation
from matcher.explain.passages import mark
from matcher.explain.report import MatchReport
from matcher.tables.sheet import Cell, DropDown, SheetSpec

_SUMMARY = (
    ("需求编号", 10), ("需求名称", 24), ("企业名称", 24), ("用途", 10), ("名次", 6), ("专家编号", 10), ("姓名", 10),
    ("工作单位", 22), ("职称", 12), ("匹配程度", 10), ("匹配概率", 9), ("推荐理由", 46), ("同团队人员", 26),
    ("待核事项", 40), ("提示", 30), ("评价", 10), ("评价理由", 30),
)  # fmt: skip
_SOLUTIONS = (
    ("需求编号", 10), ("需求名称", 24), ("企业名称", 24), ("主要问题", 50), ("预期目标", 30),
    ("拟推荐专家（前三）", 34), ("可提供的支撑", 60), ("结论", 36),
)  # fmt: skip
_REASONS = (
    ("需求编号", 10), ("名次", 6), ("专家编号", 10), ("姓名", 10), ("成果类型", 10), ("题目", 36), ("年份", 7),
    ("来源", 22), ("在匹配概率中占", 10), ("若无此项的概率", 10), ("需求中的话", 46), ("材料中的话", 46),
    ("共有的词", 22),
)  # fmt: skip
_EXCLUDED = (
    ("需求编号", 10), ("需求名称", 24), ("专家编号", 10), ("姓名", 10), ("工作单位", 24), ("匹配概率", 9),
    ("不可安排的原因", 60),
)  # fmt: skip
_RECOMMENDED = 3
Columns = tuple[tuple[str, int], ...]
"""Headers with their widths in characters."""
_PERCENTAGES = {"匹配概率", "在匹配概率中占", "若无此项的概率"}

Row = tuple[Cell, ...]


def match_sheets(reports: Sequence[MatchReport]) -> list[SheetSpec]:
    """Sheets in the order a leader reads them."""
    return [
        _to_be_marked(_sheet("汇总表", _SUMMARY, _rows(reports, _summary))),
        _sheet("技术需求与解决方案对照表", _SOLUTIONS, map(_solution, reports)),
        _sheet("匹配依据", _REASONS, _rows(reports, _reasons)),
        _sheet("未列入人员", _EXCLUDED, _rows(reports, _excluded)),
    ]


def _sheet(name: str, columns: Columns, rows: Iterable[Row]) -> SheetSpec:
    header, widths = zip(*columns, strict=True)
    percentages = frozenset(index for index, title in enumerate(header) if title in _PERCENTAGES)
    return SheetSpec(name, header, list(rows), widths, percent_columns=percentages)


def _to_be_marked(sheet: SheetSpec) -> SheetSpec:
    """The last columns are for staff to fill in: `matcher import marks` reads the workbook back."""
    verdict = list(sheet.header).index("评价")
    return replace(
        sheet,
        drop_downs=(DropDown(verdict, tuple(Verdict), strict=True),),
        notes={verdict: "填好后在“导入”页面按“评价”导入"},
        highlighted=frozenset({verdict, verdict + 1}),
    )


def _rows(reports: Sequence[MatchReport], rows_of: Callable[[MatchReport], Iterable[Row]]) -> Iterator[Row]:
    for report in reports:
        yield from rows_of(report)


def _demand(report: MatchReport) -> tuple[str, str, str]:
    return (report.result.demand_id, report.title, report.demand.enterprise.name if report.demand else "")


def _summary(report: MatchReport) -> Iterator[Row]:
    head = (*_demand(report), report.result.purpose.value)
    if report.result.gap is not None:
        yield (*head, *[""] * 7, report.result.gap.message, *[""] * 5)
        return
    about = [finding.message for finding in report.result.about]
    for team in report.proposed:
        lead = team.lead
        yield (
            *head,
            lead.rank,
            *_person(lead),
            lead.expert.title,
            lead.band.value,
            round(lead.score, 3),
            lead.summary(),
            "、".join(f"{member.expert.name}（{member.expert.id}）" for member in team.members),
            "\n".join([*about, *lead.to_check()]),
            "\n".join(lead.notes()),
            "",
            "",
        )


def _solution(report: MatchReport) -> Row:
    demand, gap = report.demand, report.result.gap
    best = [team for team in report.proposed if _recommended(team.lead)][:_RECOMMENDED]
    return (
        *_demand(report),
        demand.problem if demand else "",
        demand.goal if demand else "",
        "\n".join(f"{n}. {t.lead.expert.name}（{t.lead.expert.organization}）" for n, t in enumerate(best, start=1)),
        "\n".join(f"{n}. {_support(t.lead)}" for n, t in enumerate(best, start=1)),
        gap.message if gap else "有合适人选，待人工确认",
    )


def _recommended(lead: Explanation) -> bool:
    """The first, and whoever else suits more than perhaps."""
    return lead.rank == 1 or lead.band in (Band.HIGH, Band.GOOD)


def _support(explanation: Explanation) -> str:
    return "；".join(reason.heading() for reason in explanation.reasons)


def _reasons(report: MatchReport) -> Iterator[Row]:
    for expert in (one for team in report.proposed for one in (team.lead, *team.members)):
        for reason in expert.reasons:
            item, passage = reason.item, reason.passage
            yield (
                report.result.demand_id,
                expert.rank,
                expert.expert.id,
                expert.expert.name,
                item.type.value,
                item.title or item.title_en,
                item.year,
                item.source,
                round(reason.share, 3),
                round(reason.without, 3),
                mark(passage.asked, passage.words),
                mark(passage.answered, passage.words),
                "、".join(passage.whole_words),
            )


def _excluded(report: MatchReport) -> Iterator[Row]:
    head = _demand(report)[:2]
    for expert in report.excluded:
        yield (*head, *_person(expert), round(expert.score, 3), "；".join(expert.forbidding()))
    if report.more_excluded:
        yield (*head, "", "", "", None, f"另有匹配概率更低的 {report.more_excluded} 人因规则未列入")


def _person(explanation: Explanation) -> tuple[str, str, str]:
    return (explanation.expert.id, explanation.expert.name, explanation.expert.organization)
