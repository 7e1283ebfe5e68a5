"""Reasons: the right sentence of the right item, marked words, plain Chinese, a report that loses nobody."""

from datetime import date

import pytest

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.match import (
    Band,
    CheckedExpert,
    Finding,
    FindingKind,
    Gap,
    ItemVote,
    MatchResult,
    RankedExpert,
    Signal,
)
from matcher.domain.vocabulary import EvidenceType, Purpose
from matcher.explain.explanation import Explanation, band, explain
from matcher.explain.passages import PassageFinder, mark
from matcher.explain.report import MatchReport, TeamReport
from matcher.explain.sheets import match_sheets
from matcher.rank.teams import collapse_teams
from matcher.text.reading import read_text
from tests.rank.world import ANALYZER, ENCODER

PAPER = EvidenceItem(
    "I1",
    EvidenceType.PAPER,
    "盐碱地水稻耐盐品种筛选",
    "本文调查了当地气候。结果表明盐碱土壤中玉米出苗率随盐分升高而下降。试验在两地进行。",
    ("盐碱地",),
    2019,
    "示例学报",
)
READING = read_text("我们是一家合作社。盐碱土壤里玉米出苗不好。请派专家来帮忙。")
RARITY = {"盐碱": 3.0, "土壤": 1.0, "玉米": 2.0, "出苗": 3.0}
RESULT = MatchResult("D1", Purpose.ENTERPRISE_VISIT, ())


def vote(item: int, share: float) -> ItemVote:
    return ItemVote(item, ((Signal.LEXICAL, 0.3), (Signal.MEANING, 0.1)), share, 0.1)


def ranked(expert_id: str, rank: int, *votes: ItemVote, findings: tuple[Finding, ...] = ()) -> CheckedExpert:
    return CheckedExpert(RankedExpert(expert_id, rank, sum(v.share for v in votes), votes), findings)


def explained(checked: CheckedExpert) -> Explanation:
    finder = PassageFinder(ANALYZER, ENCODER)
    people = {"E1": Expert("E1", "郑一", organization="北辰示例大学", title="教授", birth=date(1960, 1, 1))}
    return explain(READING, [checked], people, {1: PAPER}, RARITY, finder)[0]


def test_the_sentence_that_answers_is_shown_beside_the_one_it_answers() -> None:
    passage = explained(ranked("E1", 1, vote(1, 0.4))).reasons[0].passage
    assert passage.asked == "盐碱土壤里玉米出苗不好。"
    assert passage.answered == "结果表明盐碱土壤中玉米出苗率随盐分升高而下降。"
    assert {"盐碱", "土壤", "玉米", "出苗"} == set(passage.words)


def test_the_summary_names_item_and_words_in_plain_chinese() -> None:
    summary = explained(ranked("E1", 1, vote(1, 0.4))).summary()
    assert summary.startswith("较匹配（40%）：主要依据论文《盐碱地水稻耐盐品种筛选》，共同涉及")


def test_signal_shares_sum_to_the_score() -> None:
    shares = explained(ranked("E1", 1, vote(1, 0.4))).signal_shares
    assert shares == pytest.approx({Signal.LEXICAL: 0.3, Signal.MEANING: 0.1})


def test_findings_are_told_apart() -> None:
    findings = (
        Finding("consent", FindingKind.UNKNOWN, "没有授权同意日期", "请取得同意"),
        Finding("age_care", FindingKind.NOTE, "现年 81 岁"),
    )
    explanation = explained(ranked("E1", 1, vote(1, 0.4), findings=findings))
    assert explanation.to_check() == ["没有授权同意日期：请取得同意"]
    assert (explanation.forbidding(), explanation.notes()) == ([], ["现年 81 岁"])


@pytest.mark.parametrize(("score", "expected"), [(0.6, Band.HIGH), (0.59, Band.GOOD), (0.29, Band.REFERENCE)])
def test_bands(score: float, expected: Band) -> None:
    assert band(score) is expected


def test_marks_take_the_longest_words_and_keep_the_text() -> None:
    marked = mark("盐碱地 Rice on 盐碱地", ["盐碱地", "盐碱", "rice"])
    assert marked == "【盐碱地】 【Rice】 on 【盐碱地】"
    assert marked.replace("【", "").replace("】", "") == "盐碱地 Rice on 盐碱地"


def test_people_who_stand_on_the_same_items_are_one_team() -> None:
    lead, same = ranked("E1", 1, vote(1, 0.5)), ranked("E2", 2, vote(1, 0.4))
    other = ranked("E3", 3, vote(2, 0.3), vote(1, 0.1))
    teams = collapse_teams([lead, same, other])
    assert [(t.lead.ranked.expert_id, [m.ranked.expert_id for m in t.members]) for t in teams] == [
        ("E1", ["E2"]),
        ("E3", []),
    ]


def test_the_workbook_holds_the_gap_the_reasons_and_the_excluded() -> None:
    explanation = explained(ranked("E1", 1, vote(1, 0.4), findings=(Finding("x", FindingKind.FORBIDDEN, "已故"),)))
    found = MatchReport(
        "玉米出苗",
        RESULT,
        None,
        (explanation,),
        (TeamReport(explanation, ()),),
        (explanation,),
    )
    gap = MatchReport(
        "采油", MatchResult("D2", Purpose.ENTERPRISE_VISIT, (), gap=Gap("库中暂无合适专家")), None, (), (), ()
    )
    sheets = {sheet.name: sheet for sheet in match_sheets([found, gap])}
    summary = [list(row) for row in sheets["汇总表"].rows]
    assert summary[0][:8] == ["D1", "玉米出苗", "", "企业对接", 1, "E1", "郑一", "北辰示例大学"]
    assert "库中暂无合适专家" in summary[1]
    assert "盐碱" in str(sheets["匹配依据"].rows[0])
    assert "已故" in str(sheets["未列入人员"].rows[0])
    assert len(sheets["技术需求与解决方案对照表"].rows) == 2


def test_json_carries_shares_sentences_and_findings() -> None:
    explanation = explained(ranked("E1", 1, vote(1, 0.4)))
    report = MatchReport(
        "玉米",
        MatchResult("D1", Purpose.ENTERPRISE_VISIT, ()),
        None,
        (explanation,),
        (TeamReport(explanation, ()),),
        (),
    )
    expert = report.to_json()["experts"][0]  # type: ignore[index]
    assert expert["score"] == pytest.approx(sum(reason["share"] for reason in expert["reasons"]))
    assert expert["reasons"][0]["demand_sentence"] == "盐碱土壤里玉米出苗不好。"
