"""The workbook of a batch of answers: 汇总表, 技术需求与解决方案对照表, 匹配依据, 未列入人员."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from matcher.explain.explanation import Explanation
from matcher.explain.passages import mark
from matcher.explain.report import MatchReport
from matcher.tables.sheet import Cell, SheetSpec

_SUMMARY = (
    "需求编号", "需求名称", "企业名称", "用途", "名次", "专家编号", "姓名", "工作单位", "职称",
    "匹配程度", "匹配概率", "推荐理由", "同团队人员", "待核事项", "提示",
)  # fmt: skip
_SOLUTIONS = (
    "需求编号", "需求名称", "企业名称", "主要问题", "预期目标", "拟推荐专家（前三）", "可提供的支撑", "结论",
)  # fmt: skip
_REASONS = (
    "需求编号", "名次", "专家编号", "姓名", "成果类型", "题目", "年份", "来源", "占匹配概率",
    "去掉此项后概率", "对应需求中的话", "成果中的话", "共同用词",
)  # fmt: skip
_EXCLUDED = ("需求编号", "需求名称", "专家编号", "姓名", "工作单位", "匹配概率", "不可安排的原因")

Row = tuple[Cell, ...]


def match_sheets(reports: Sequence[MatchReport]) -> list[SheetSpec]:
    """Sheets in the order a leader reads them."""
    return [
        SheetSpec("汇总表", _SUMMARY, list(_rows(reports, _summary))),
        SheetSpec("技术需求与解决方案对照表", _SOLUTIONS, [_solution(report) for report in reports]),
        SheetSpec("匹配依据", _REASONS, list(_rows(reports, _reasons))),
        SheetSpec("未列入人员", _EXCLUDED, list(_rows(reports, _excluded))),
    ]


def _rows(reports: Sequence[MatchReport], rows_of: Callable[[MatchReport], Iterable[Row]]) -> Iterator[Row]:
    for report in reports:
        yield from rows_of(report)


def _demand(report: MatchReport) -> tuple[str, str, str]:
    return (report.result.demand_id, report.title, report.demand.enterprise.name if report.demand else "")


def _summary(report: MatchReport) -> Iterator[Row]:
    head = (*_demand(report), report.result.purpose.value)
    if report.result.gap is not None:
        yield (*head, *[""] * 7, report.result.gap.message, "", "", "")
        return
    about = [finding.message for finding in report.result.about]
    for team in report.teams:
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
        )


def _solution(report: MatchReport) -> Row:
    demand, gap = report.demand, report.result.gap
    best = () if gap else report.teams[:3]
    return (
        *_demand(report),
        demand.problem if demand else "",
        demand.goal if demand else "",
        "\n".join(f"{n}. {t.lead.expert.name}（{t.lead.expert.organization}）" for n, t in enumerate(best, start=1)),
        "\n".join(f"{n}. {_support(t.lead)}" for n, t in enumerate(best, start=1)),
        gap.message if gap else "有合适人选，待人工确认",
    )


def _support(explanation: Explanation) -> str:
    return "；".join(f"《{reason.item.title or reason.item.title_en}》" for reason in explanation.reasons)


def _reasons(report: MatchReport) -> Iterator[Row]:
    for expert in report.experts:
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
                "、".join(passage.words),
            )


def _excluded(report: MatchReport) -> Iterator[Row]:
    for expert in report.excluded:
        yield (*_demand(report)[:2], *_person(expert), round(expert.score, 3), "；".join(expert.forbidding()))


def _person(explanation: Explanation) -> tuple[str, str, str]:
    return (explanation.expert.id, explanation.expert.name, explanation.expert.organization)
