"""Achievements, lectures, panels and talent on the demo data, as staff run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher.workflows.achievements import AchievementUnknown
from tests.commands.demo_home import Matcher, demo_matcher


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
