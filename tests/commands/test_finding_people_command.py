"""Achievements, lectures, panels and talent on the demo data, as staff run them."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from matcher.commands.errors import ChiefNeeded
from matcher.workflows.achievements import AchievementUnknown
from matcher.workflows.enterprise_team import StationUnknown
from matcher.workflows.panels import TopicUnknown
from matcher.workflows.programmes import ProgrammeUnknown
from tests.commands.demo_home import Matcher, demo_matcher
from tests.intake.workbooks import write_xlsx


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return demo_matcher(tmp_path_factory.mktemp("home"))


def answer(text: str) -> Any:
    return json.loads(text)


def test_achievements_answer_a_demand_with_their_owners(matcher: Matcher) -> None:
    (report,) = answer(matcher("achievements", "match", "X01", "--format", "json"))
    scores = [one["score"] for one in report["achievements"]]
    assert scores == sorted(scores, reverse=True)
    assert {one["type"] for one in report["achievements"]} <= {"成果", "专利", "项目", "获奖", "标准"}
    foaming = next(one for one in report["achievements"] if "易起泡" in one["title"])
    assert foaming["blocked"]  # its only owner works where he has to stand aside
    assert [owner["expert_id"] for owner in foaming["owners"]] == ["D100"]
    assert "起泡" in foaming["matched_words"]


def test_the_reverse_gives_the_probability_and_place_of_the_forward_ranking(matcher: Matcher) -> None:
    (report,) = answer(matcher("achievements", "match", "X01", "--format", "json"))
    first = report["achievements"][0]
    demands = answer(matcher("achievements", "demands", first["item_id"], "--format", "json"))
    mine = next(one for one in demands if one["demand_id"] == "X01")
    assert (mine["score"], mine["rank_in_demand"]) == (first["score"], 1)
    with pytest.raises(AchievementUnknown, match="没有"):
        matcher("achievements", "demands", "永动机")


def test_where_the_bank_has_nothing_it_says_so_and_adoption_stands_first(matcher: Matcher, tmp_path: Path) -> None:
    assert "成果库中暂无合适成果" in matcher("achievements", "match", "X22")
    assert "不足 1%" in matcher("achievements", "match", "X01", "--type", "著作")
    matcher("achievements", "match", "--all", "--format", "xlsx", "--output", str(tmp_path / "成果.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "成果.xlsx").active
    kinds = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]
    adopted = [kind == "成果引进" for kind in kinds]
    assert adopted == sorted(adopted, reverse=True)
    assert any(adopted)


@pytest.fixture(scope="module")
def topics(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [
        ["选题编号", "选题名称", "内容/背景", "要点"],
        ["T1", "吉林人参产业高质量发展", "人参加工副产物利用率低。",
         "人参皂苷提取与制剂工艺；林下参病虫害与连作障碍；人参产品质量检测与标准；装备与智能制造改造"],
        ["T2", "吉林人参产业高质量发展", "", "人参皂苷提取与制剂工艺；乡镇财政奖补办法"],
    ]  # fmt: skip
    matcher("import", "topics", str(write_xlsx(tmp_path_factory.mktemp("topics") / "选题.xlsx", {"选题表": rows})))


@pytest.mark.usefixtures("topics")
def test_a_panel_covers_every_aspect_and_is_no_laboratory(matcher: Matcher) -> None:
    panel = answer(matcher("plan", "panel", "T1", "--size", "4", "--format", "json"))
    assert len(panel["aspects"]) == 4
    assert all(aspect["covered"] > 0.5 and aspect["answers"] for aspect in panel["aspects"])
    assert panel["proven"]
    members = {member["expert_id"]: member["organization"] for member in panel["members"]}
    assert len(set(members.values())) == len(members) == 4
    assert "D022" in members
    why = {one["expert_id"]: one["reason"] for one in panel["left_out"]}
    assert why["D023"] == "同团队"  # works signed with D022
    for member in panel["members"]:
        assert not members.keys() & {backup["expert_id"] for backup in member["backups"]}


@pytest.mark.usefixtures("topics")
def test_an_aspect_that_only_the_name_of_the_topic_answers_is_told(matcher: Matcher) -> None:
    """Everybody knows ginseng, nobody the budget of townships."""
    answered, missing = answer(matcher("plan", "panel", "T2", "--format", "json"))["aspects"]
    assert answered["doubt"] == ""
    assert missing["doubt"].startswith(("依据只与选题名称有共有的词", "没有人有把握"))


@pytest.mark.usefixtures("topics")
def test_a_panel_in_words_and_as_a_workbook(matcher: Matcher, tmp_path: Path) -> None:
    text = matcher("plan", "panel", "T1")
    assert "与 蔺采薇（D022）同团队" in text
    assert "没有更好的组合" in text
    matcher("plan", "panel", "T1", "--format", "xlsx", "--output", str(tmp_path / "组.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "组.xlsx").sheetnames == ["专家组", "要点覆盖", "未列入人员"]
    with pytest.raises(TopicUnknown):
        matcher("plan", "panel", "T9")


def test_alike_demands_share_a_lecturer_whom_the_worst_served_decides(matcher: Matcher, tmp_path: Path) -> None:
    assert answer(matcher("plan", "lectures", "--format", "json"))["groups"] == []
    problem = "老参地再种人参就烂根，红皮、锈腐，越种越差，换土、消毒都试过。"
    header = ["需求编号", "企业名称", "需求名称", "主要问题", "期望专家方向", "审核状态", "市州/县区码"]
    rows = [
        header,
        ["Y1", "抚松示例参场", "老参地再种参就烂", problem, "人参连作障碍", "已审核", "延边"],
        ["Y2", "靖宇示例参业", "参地连作烂参", problem + "想知道几年能回茬。", "人参连作障碍、土壤", "已审核", "延边"],
        ["Y3", "长白示例参业", "老参地烂参红锈", problem, "人参连作障碍", "待审核", "延边"],
    ]
    matcher("import", "demands", str(write_xlsx(tmp_path / "需求.xlsx", {"需求问卷表": rows})))
    plan = answer(matcher("plan", "lectures", "--region", "延边", "--format", "json"))
    (group,) = plan["groups"]
    assert {"Y1", "Y2"} <= {one["demand_id"] for one in group["demands"]}
    assert "Y3" in plan["not_approved"]
    assert group["words"]
    first = group["lecturers"][0]
    assert first["answers"][0]["expert_id"] == "D024"
    assert first["worst"] == min(one["score"] for one in first["answers"])
    worst = [one["worst"] for one in group["lecturers"]]
    assert worst == sorted(worst, reverse=True)
    assert "拟请讲者：言蹊（D024）" in matcher("plan", "lectures", "--region", "延边")
    matcher("plan", "lectures", "--format", "xlsx", "--output", str(tmp_path / "讲座.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "讲座.xlsx").sheetnames == ["讲座安排", "单独需求"]


def test_a_team_to_grow_are_enterprise_people_of_the_chiefs_field(matcher: Matcher) -> None:
    team = answer(matcher("talent", "team", "--chief", "D022", "--demand", "X01", "--format", "json"))
    assert [one["expert_id"] for one in team["candidates"]] == ["D100"]
    assert not team["candidates"][0]["own"]
    assert team["candidates"][0]["reasons"]
    assert "没有建站单位自己的对口人员" in matcher("talent", "team", "--chief", "D022", "--demand", "X01")
    # People of the station's own enterprise come first, and those of its ledger are marked.
    own = [["编号", "类型", "建站单位", "专家编号", "角色", "状态"],
           ["S1", "科技专家工作站", "虚构江畔生物科技有限公司", "D022", "首席", "运行中"],
           ["S2", "科技专家工作站", "虚构江畔生物科技有限公司", "D100", "团队成员", "运行中"]]  # fmt: skip
    with TemporaryDirectory() as folder:
        matcher("import", "ledger", str(write_xlsx(Path(folder) / "台账.xlsx", {"建站对接台账": own})))
    (first, *_) = answer(matcher("talent", "team", "--station", "S1", "--format", "json"))["candidates"]
    assert (first["expert_id"], first["own"], first["already"]) == ("D100", True, True)
    with pytest.raises(StationUnknown):
        matcher("talent", "team", "--station", "S9")
    with pytest.raises(ChiefNeeded):
        matcher("talent", "team")


def test_nominees_stand_by_evidence_and_miss_no_condition(matcher: Matcher, tmp_path: Path) -> None:
    found = answer(matcher("talent", "programme", "创新奖", "--format", "json"))
    assert found["example"]
    assert found["nominees"]
    for one in found["nominees"]:
        assert not [c for c in one["conditions"] if c["verdict"] == "不符合"]
    assert all(any(c["verdict"] == "不符合" for c in one["conditions"]) for one in found["short"])
    scores = [one["score"] for one in found["nominees"]]
    assert scores == sorted(scores, reverse=True)
    assert "这是示例条件" in matcher("talent", "programme", "创新奖")
    assert matcher("talent", "programme").count("示例：") == 2
    own = tmp_path / "programmes.toml"
    own.write_text(
        '[[programmes]]\nname = "某奖"\nfields = ["焊接"]\nsource = "某通知"\neffective = 2027-01-01\n', "utf-8"
    )
    assert "今天不在申报期内" in matcher("talent", "programme", "某奖", MATCHER_PROGRAMMES=str(own))
    with pytest.raises(ProgrammeUnknown):
        matcher("talent", "programme", "某奖")


def test_gaps_name_the_demands_that_nobody_answers_and_what_to_recruit(matcher: Matcher, tmp_path: Path) -> None:
    found = answer(matcher("talent", "gaps", "--format", "json"))
    nobody = {gap["demand_id"] for gap in found["gaps"] if gap["kind"] == "无人可答"}
    assert {"X22", "X23"} <= nobody  # made so that nobody in the demo data suits
    assert all(gap["fields"] for gap in found["gaps"] if gap["kind"] == "无人可答")
    assert {"discipline": "力学", "expert": "D011"} in found["single_disciplines"]
    matcher("talent", "gaps", "--format", "xlsx", "--output", str(tmp_path / "缺口.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "缺口.xlsx").sheetnames == ["需求缺口", "只有一人的学科"]
