"""`matcher plan stations|visits` and the commands on kept plans, on the demo data, as staff run them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher.commands.errors import OutputNeeded, TrialNeedsPlan, VisitsIncomplete
from matcher.plan.errors import ChoiceUnreadable, KindsDiffer
from matcher.store.errors import PlanUnknown
from matcher.workflows.plan_archive import PlanNotSignable
from matcher.workflows.plan_visits import RegionUnreadable
from tests.commands.demo_home import Matcher, demo_matcher

# Of each kind one is left: the ledger holds what was signed this year.
SMALL = ("plan", "stations", "--quota-academician", "2", "--quota-expert", "3")
TRIP = ("plan", "visits", "--region", "延边", "--from", "2026-09-07", "--days", "3")


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return demo_matcher(tmp_path_factory.mktemp("home"))


def plan(matcher: Matcher, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(matcher(*arguments, "--format", "json"))
    return found


def test_stations_confirmed_replaced_compared_and_not_signed(matcher: Matcher) -> None:
    first = plan(matcher, *SMALL)
    name = first["plan"]["id"]
    chosen = {one["demand_id"]: one["expert_id"] for one in first["stations"]}
    assert chosen == {"X06": "D050", "X16": "D042"}
    assert "已确认：X06:D050" in matcher("plan", "confirm", name, "X06:D050")
    second = plan(matcher, "plan", "stations", "--plan", name, "--replace", "X16:D042", "--relax", "科技专家工作站名额")
    assert [one["confirmed"] for one in second["stations"]] == [True]
    assert any("（X16）”不能满足：" in one["message"] for one in second["shortfalls"])
    said = matcher("plan", "compare", f"{name}@1", f"{name}@2")
    assert re.search("不再安排.+（X16）：.+（D042）", said)
    with pytest.raises(PlanNotSignable, match="（X16）”不能满足"):
        matcher("plan", "sign", name)
    assert "已作废" in matcher("plan", "void", f"{name}@2")


def test_a_missed_target_is_told_with_the_words_to_type(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "计划.xlsx"
    text = matcher("plan", "stations", "--quota-academician", "3", "--quota-expert", "0", "--output", str(path))
    assert "需再征集院士 1 位、企业 1 家，或减少 1" in text
    assert "接受其中一条：加 --relax 名称，如 --relax 院士专家工作站名额" in text
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["建站计划", "汇总表", "台账", "匹配依据", "未安排的需求", "说明"]
    assert not any("--" in str(cell) for row in book["说明"].iter_rows(values_only=True) for cell in row)
    assert "新增" in matcher("import", "ledger", str(path))


def test_what_would_come_of_it_is_kept_nowhere(matcher: Matcher) -> None:
    before = matcher("plan", "list")
    text = matcher(*SMALL, "--forbid", ":D050", "--what-if")
    assert re.search("不再安排.+（X06）：.+（D050）", text)
    assert matcher("plan", "list") == before


def test_visits_steered_and_solved_again(matcher: Matcher) -> None:
    first = plan(matcher, *TRIP)
    name = first["plan"]["id"]
    there = {one["demand_id"]: one["on_site"] for one in first["stops"]}
    assert there == {"X02": ["D030"], "X06": ["D070"]}
    tried = matcher("plan", "visits", "--plan", name, "--replace", "X06:D070=D050", "--what-if")
    assert re.search("有变化 1 家：汪清县云耳山菌业", tried)
    with pytest.raises(TrialNeedsPlan):
        matcher(*TRIP, "--what-if")
    matcher("plan", "confirm", name, "X02:D030")
    second = plan(matcher, "plan", "visits", "--plan", name, "--replace", "X06:D070=D050")
    assert {one["demand_id"]: one["on_site"] for one in second["stops"]} == {"X02": ["D030"], "X06": ["D050"]}
    assert (second["plan"]["version"], second["missed"]) == (2, [])
    days = [{one["demand_id"]: one["day"] for one in answer["stops"]} for answer in (first, second)]
    assert days[0] == days[1]
    assert "有变化 1 家：汪清县云耳山菌业" in matcher("plan", "compare", f"{name}@1", f"{name}@2")
    assert "已签发" in matcher("plan", "sign", f"{name}@2")
    stations = next(line.split("@")[0] for line in matcher("plan", "list").splitlines() if "建站" in line)
    with pytest.raises(KindsDiffer):
        matcher("plan", "compare", stations, name)


def test_what_cannot_be_asked_is_refused(matcher: Matcher) -> None:
    with pytest.raises(ChoiceUnreadable):
        matcher(*SMALL, "--swap", "X06:D050")
    with pytest.raises(OutputNeeded):
        matcher(*SMALL, "--format", "xlsx")
    with pytest.raises(VisitsIncomplete, match="--plan"):
        matcher("plan", "visits", "--region", "延边")
    with pytest.raises(RegionUnreadable):
        matcher("plan", "visits", "--region", "东京", "--from", "2026-09-07")
    with pytest.raises(PlanUnknown):
        matcher("plan", "visits", "--plan", "P2020-001")
