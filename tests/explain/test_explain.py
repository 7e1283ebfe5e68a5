"""Reasons: the right sentence of the right item, marked words, plain Chinese, a report that loses nobody."""

from dataclasses import replace
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
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import Explanation, ItemReason, band, explain
from matcher.explain.passages import Passage, PassageFinder, mark
from matcher.explain.report import MatchReport, TeamReport, grouped
from matcher.explain.sheets import match_sheets
from matcher.rank.teams import collapse_teams, of_first_teams
from matcher.text.analyse import Analyzer
from matcher.text.reading import read_text
from matcher.text.segment import JiebaSegmenter
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


class SingleCharacters:
    """Cuts every character off."""

    fingerprint = "single"

    def words(self, text: str) -> list[str]:
        return list(text)

    def names_a_subject(self, word: str) -> bool:
        return True


def vote(item: int, share: float) -> ItemVote:
    return ItemVote(item, ((Signal.LEXICAL, 0.3), (Signal.MEANING, 0.1)), share, 0.1)


def ranked(expert_id: str, rank: int, *votes: ItemVote, findings: tuple[Finding, ...] = ()) -> CheckedExpert:
    return CheckedExpert(RankedExpert(expert_id, rank, sum(v.share for v in votes), votes), findings)


def explained(checked: CheckedExpert, abstained: bool = False) -> Explanation:
    finder = PassageFinder(ANALYZER, ENCODER)
    people = {"E1": Expert("E1", "郑一", organization="北辰示例大学", title="教授", birth=date(1960, 1, 1))}
    return explain(READING, [checked], people, {1: PAPER}, RARITY, finder, abstained)[0]


def test_the_sentence_that_answers_is_shown_beside_the_one_it_answers() -> None:
    passage = explained(ranked("E1", 1, vote(1, 0.4))).reasons[0].passage
    assert passage.asked == "盐碱土壤里玉米出苗不好。"
    assert passage.answered == "结果表明盐碱土壤中玉米出苗率随盐分升高而下降。"
    assert {"盐碱", "土壤", "玉米", "出苗"} == set(passage.words)


def test_the_summary_names_item_and_words_in_plain_chinese() -> None:
    summary = explained(ranked("E1", 1, vote(1, 0.4))).summary()
    assert (
        summary == "较匹配（40%）：主要依据论文《盐碱地水稻耐盐品种筛选》，与需求共有的关键词：出苗、盐碱、玉米、土壤"
    )


def test_a_profile_is_named_as_the_experts_own_word() -> None:
    profile = replace(PAPER, type=EvidenceType.PROFILE, title="盐碱地改良、" + "其他方向、" * 20)
    reason = ItemReason(profile, 0.4, 0.1, {}, Passage("", "", ("盐碱",)))
    assert reason.heading().startswith("专家资料中的研究方向“盐碱地改良、")
    assert len(reason.heading()) < 70
    assert replace(reason, item=replace(PAPER, title="", title_en="Rice")).heading() == "论文《Rice》"


def test_single_characters_are_no_words_unless_they_stand_together() -> None:
    finder = PassageFinder(Analyzer(SingleCharacters()), ENCODER)
    rarity = dict.fromkeys("皂苷天好", 3.0)
    passage = finder.find(["好几天皂苷提不净。"], [["好在皂苷每天都有。"]], rarity)[0]
    assert passage.words == ("皂苷",)


def test_words_that_name_no_subject_are_not_shown() -> None:
    finder = PassageFinder(Analyzer(JiebaSegmenter()), ENCODER)
    rarity = {"三年": 9.0, "到底": 8.0, "井水": 5.0}
    passage = finder.find(["三年了，井水到底怎么了？"], [["三年来井水到底如何。"]], rarity)[0]
    assert passage.words == ("井水",)
    assert finder.subjects(rarity) == {"井水": 5.0}


def test_words_that_are_part_of_longer_ones_are_not_listed() -> None:
    assert Passage("", "", ("乳酸菌", "乳酸", "冷链", "泡菜")).whole_words == ["乳酸菌", "冷链", "泡菜"]


def test_where_nobody_is_proposed_nobody_is_called_a_good_match() -> None:
    found = explained(ranked("E1", 1, vote(1, 0.4)), abstained=True)
    assert (found.band, found.score) == (Band.REFERENCE, 0.4)
    assert found.summary().startswith("可参考（40%）")
    assert band(0.05, abstained=True) is Band.WEAK


def test_an_excerpt_is_cut_around_the_words() -> None:
    text = "本文调查了当地气候，结果表明盐碱土中玉米出苗率下降，试验在两地进行。"
    assert excerpt(text, ["出苗"], 20) == "…结果表明盐碱土中玉米出苗率下降，…"
    assert excerpt(text, ["气候"], 20).startswith("本文调查了当地气候")
    assert excerpt(text, ["气候"], 100) == text
    assert len(excerpt("一" * 300, ["二"], 50)) <= 52


def test_people_out_for_the_same_reason_are_one_group() -> None:
    out = [
        explained(ranked("E1", place, vote(1, 0.4), findings=(Finding("x", FindingKind.FORBIDDEN, reason),)))
        for place, reason in ((1, "已故"), (2, "停用"), (3, "已故"))
    ]
    assert [(reason, [one.rank for one in people]) for reason, people in grouped(out)] == [
        ("已故", [1, 3]),
        ("停用", [2]),
    ]


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


@pytest.mark.parametrize(
    ("score", "expected"), [(0.6, Band.HIGH), (0.59, Band.GOOD), (0.29, Band.REFERENCE), (0.09, Band.WEAK)]
)
def test_bands(score: float, expected: Band) -> None:
    assert band(score) is expected


def test_marks_take_the_longest_words_and_keep_the_text() -> None:
    marked = mark("盐碱地 Rice on 盐碱地", ["盐碱地", "盐碱", "rice"])
    assert marked == "【盐碱地】 【Rice】 on 【盐碱地】"
    assert marked.replace("【", "").replace("】", "") == "盐碱地 Rice on 盐碱地"


def test_a_list_of_teams_goes_on_until_the_last_team_is_complete() -> None:
    first, same = ranked("E1", 1, vote(1, 0.5)), ranked("E2", 2, vote(1, 0.4))
    second, also_first, third = (
        ranked("E3", 3, vote(2, 0.3)),
        ranked("E4", 4, vote(1, 0.3)),
        ranked("E5", 5, vote(3, 0.2)),
    )
    listed = of_first_teams(iter([first, same, second, also_first, third]), 2)
    assert [one.ranked.expert_id for one in listed] == ["E1", "E2", "E3", "E4"]
    crowd = (ranked(f"E{n}", n, vote(1, 0.5)) for n in range(1, 100))
    assert len(of_first_teams(crowd, 2)) == 20


def test_brackets_of_the_text_are_not_taken_for_marks() -> None:
    assert mark("【目的】盐碱地", ["盐碱"]) == "［目的］【盐碱】地"


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
    assert sheets["汇总表"].percent_columns == {10}
    assert len(sheets["技术需求与解决方案对照表"].rows) == 2


def test_whoever_hardly_relates_is_not_put_before_people() -> None:
    good, weak = explained(ranked("E1", 1, vote(1, 0.4))), explained(ranked("E1", 2, vote(1, 0.05)))
    teams = (TeamReport(good, ()), TeamReport(weak, ()))
    report = MatchReport("玉米出苗", RESULT, None, (good, weak), teams, ())
    assert [team.lead.rank for team in report.proposed] == [1]
    sheets = {sheet.name: sheet.rows for sheet in match_sheets([report])}
    assert [row[4] for row in sheets["汇总表"]] == [1]
    assert {row[1] for row in sheets["匹配依据"]} == {1}
    nobody = replace(report, result=replace(RESULT, gap=Gap("库中暂无合适专家")))
    assert nobody.proposed == ()
    assert not list(match_sheets([nobody])[2].rows)


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
