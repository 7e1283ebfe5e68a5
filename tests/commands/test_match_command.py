"""`matcher match` and `matcher explain` on the demo data, as staff run them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.errors import MergedExpert, NoFilterInReverse, OutputUnwritable, TooMuchAsked, UnknownNeed
from matcher.errors import SettingFileUnreadable
from matcher.resources import bundled

Matcher = Callable[..., str]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """Runs a command in a home that holds the demo data; what it raises comes through."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: str, **settings: str) -> str:
        env = {"MATCHER_HOME": str(home), "MATCHER_TODAY": "2026-09-01", "COLUMNS": "80", **settings}
        return CliRunner().invoke(build(), arguments, env=env, catch_exceptions=False).stdout

    for what in ("experts", "demands", "ledger"):
        run("import", what, str(bundled(f"demo/{what}.xlsx")))
    return run


def found(text: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text)[0]
    return answer


def test_tsv_is_the_flat_ranking_of_every_demand_with_scores_that_never_rise(matcher: Matcher) -> None:
    rows = [line.split("\t") for line in matcher("match", "--all", "--top", "20", "--format", "tsv").splitlines()]
    by_demand: dict[str, list[tuple[int, float]]] = {}
    for demand, _, rank, score in rows:
        by_demand.setdefault(demand, []).append((int(rank), float(score)))
    assert len(by_demand) == 24
    for answers in by_demand.values():
        assert [rank for rank, _ in answers] == list(range(1, len(answers) + 1))
        assert [score for _, score in answers] == sorted((score for _, score in answers), reverse=True)


def test_shares_sum_to_the_score_and_nothing_missing_raises_it(matcher: Matcher) -> None:
    for expert in found(matcher("match", "X01", "--top", "5", "--format", "json"))["experts"]:
        shares = [reason["share"] for reason in expert["reasons"]]
        assert sum(shares) == pytest.approx(expert["score"], abs=1e-5)
        assert sum(expert["signal_shares"].values()) == pytest.approx(expert["score"], abs=1e-5)
        assert shares == sorted(shares, reverse=True)
        assert all(reason["score_without"] <= expert["score"] for reason in expert["reasons"])


def test_lines_fit_the_terminal_and_no_word_of_programmers_stands_in_them(matcher: Matcher) -> None:
    text = matcher("match", "X01", "--purpose", "院士专家工作站", "--top", "3")
    assert "不是院士，不能担任院士专家工作站首席" in text
    assert all(len(line.encode("gb18030")) <= 84 for line in text.splitlines())
    assert not any(word in text for word in ("None", "null", "True", "Finding", "Error"))


def test_a_list_counts_teams(matcher: Matcher) -> None:
    answer = found(matcher("match", "X05", "--top", "3", "--format", "json"))
    assert len(answer["teams"]) == 3
    assert len(answer["experts"]) == 3 + sum(len(team["members"]) for team in answer["teams"])


def test_a_demand_named_twice_is_answered_once_and_a_need_alone(matcher: Matcher) -> None:
    assert len(matcher("match", "X01", "X01", "--top", "1", "--format", "tsv").splitlines()) == 1
    matcher("demand", "split", "X05", "--accept")
    single = matcher("match", "X05#2", "--top", "1", "--format", "tsv")
    both = matcher("match", "X05", "--top", "1", "--format", "tsv")
    assert [line.split("\t")[0] for line in both.splitlines()] == ["X05#1", "X05#2"]
    assert single.splitlines() == both.splitlines()[1:]
    with pytest.raises(UnknownNeed, match="已拆分为 X05#1、X05#2"):
        matcher("match", "X05#3")
    matcher("demand", "split", "X05", "--undo")
    with pytest.raises(UnknownNeed, match="尚未拆分"):
        matcher("match", "X05#2")


def test_what_cannot_go_together_is_refused(matcher: Matcher) -> None:
    with pytest.raises(TooMuchAsked):
        matcher("match", "--expert", "D001", "--text", "焊缝气孔")
    with pytest.raises(NoFilterInReverse):
        matcher("match", "--expert", "D001", "--region", "长春")
    with pytest.raises(OutputUnwritable, match="文件或文件夹不存在"):
        matcher("match", "X01", "--top", "1", "--output", "/no/such/folder/out.txt")


def test_the_forbidden_and_the_unrelated_are_explained_too(matcher: Matcher) -> None:
    assert "不可：该企业在专家的回避单位之列" in matcher("explain", "X01", "D100")
    assert found(matcher("explain", "X01", "D100", "--format", "json"))["findings"][0]["rule"] == "avoidance"


def test_rules_hold_from_their_date(matcher: Matcher) -> None:
    before = found(
        matcher("match", "X01", "--purpose", "院士专家工作站", "--format", "json", MATCHER_TODAY="2018-01-01")
    )
    after = found(matcher("match", "X01", "--purpose", "院士专家工作站", "--format", "json"))
    rules = [{f["rule"] for one in answer["excluded"] for f in one["findings"]} for answer in (before, after)]
    assert ["academician_station_cap" in found_rules for found_rules in rules] == [False, True]


def test_an_own_rule_book_is_used_and_a_missing_one_is_told(matcher: Matcher, tmp_path: Path) -> None:
    book = tmp_path / "rules.toml"
    text = bundled("rules.toml").read_text(encoding="utf-8")
    book.write_text(text.replace("[avoidance]", "[avoidance]\nenabled = false"), encoding="utf-8")
    top = ("match", "X01", "--top", "3", "--format", "tsv")
    assert "D100" not in matcher(*top)
    assert "D100" in matcher(*top, MATCHER_RULES=str(book))
    with pytest.raises(SettingFileUnreadable, match=r"MATCHER_RULES 指定的文件.*文件或文件夹不存在"):
        matcher(*top, MATCHER_RULES=str(tmp_path / "none.toml"))


def test_the_workbook_is_ready_to_print_and_runs_no_formula(matcher: Matcher, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    matcher("match", "--text", "=1+1 盐碱地水稻死苗", "--format", "xlsx", "--output", str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总表", "技术需求与解决方案对照表", "匹配依据", "未列入人员"]
    sheet = book["汇总表"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("A2", "landscape", "$1:$1")
    assert sheet["B2"].value == "=1+1 盐碱地水稻死苗"
    assert sheet["B2"].data_type == "s"
    assert sheet["K2"].number_format == "0%"


def test_a_merged_number_names_the_one_to_use(matcher: Matcher) -> None:
    matcher("person", "merge", "D023", "D024", "--yes")
    with pytest.raises(MergedExpert, match="请改用编号 D023"):
        matcher("explain", "X01", "D024")
    with pytest.raises(MergedExpert, match="请改用编号 D023"):
        matcher("match", "--expert", "D024")
