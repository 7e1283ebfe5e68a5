"""What staff say of proposed experts, from tables as they fill them in."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.demand import Demand, Need
from matcher.domain.expert import Expert
from matcher.domain.mark import Mark
from matcher.domain.vocabulary import Verdict
from matcher.intake.columns import TableKind
from matcher.intake.errors import NothingToImport
from matcher.intake.templates import template_sheets
from matcher.reference.tables import ReferenceTables
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_report import Counts
from tests.intake.workbooks import write_xlsx
from tests.workflows.import_setting import Desk, desk, reference_tables  # noqa: F401

MARKS = TableKind.MARKS
TODAY = date(2026, 6, 1)
HEADER = ["需求编号", "专家编号", "姓名", "评价", "评价理由", "评价人", "评价日期"]


@pytest.fixture(autouse=True)
def _known(desk: Desk) -> None:  # noqa: F811
    desk.store.experts.save([Expert("E1", "郑一"), Expert("E2", "王二")], by="甲")
    needs = (Need("D2", 1, "甲", "甲"), Need("D2", 2, "乙", "乙"))
    desk.store.demands.save([Demand("D1", "盐碱地", problem="苗死"), Demand("D2", "两件事", needs=needs)], by="甲")


def test_verdicts_in_the_words_of_staff(desk: Desk) -> None:  # noqa: F811
    rows = [
        HEADER,
        ["D1", "E1", "郑 一", "对口，愿意来", "同类项目", "刘处", "2026年5月3日"],
        ["D1", "E2", "", "不对口"],
        ["D2#2", "E2", "", "婉拒（没有时间）"],
        ["D2", "E1", "", ""],
    ]
    report = desk.marks(write_xlsx(desk.folder / "m.xlsx", {"Sheet1": rows}), today=TODAY)
    assert report.counts[MARKS] == Counts(new=3)
    assert "1 行没有填“评价”，未收录" in report.notes
    first, second = desk.store.marks.of_demands(["D1"], reveal=True)["D1"]
    assert first == Mark("D1", "E1", Verdict.SUITABLE, "同类项目", "刘处", date(2026, 5, 3))
    assert second == Mark("D1", "E2", Verdict.UNSUITABLE, "", "测试", TODAY)
    assert [mark.verdict for mark in desk.store.marks.of_demands(["D2#2"])["D2#2"]] == [Verdict.DECLINED]


def test_signs_are_read_and_placeholders_leave_a_row_alone(desk: Desk) -> None:  # noqa: F811
    rows = [HEADER, ["D1", "E1", "", "√"], ["D1", "E2", "", "×"], ["D2", "E1", "", "待定"], ["D2", "E2", "", "?"]]
    report = desk.marks(write_xlsx(desk.folder / "m.xlsx", {"Sheet1": rows}))
    assert report.counts[MARKS] == Counts(new=2)
    assert "2 行没有填“评价”，未收录" in report.notes
    assert [mark.verdict for mark in desk.store.marks.of_demands(["D1"])["D1"]] == [
        Verdict.SUITABLE,
        Verdict.UNSUITABLE,
    ]


def test_a_second_import_on_another_day_changes_nothing(desk: Desk) -> None:  # noqa: F811
    path = desk.folder / "m.csv"
    path.write_text("需求编号,专家编号,是否合适\nD1,E1,是\n", encoding="gb18030")
    desk.marks(path, today=TODAY)
    assert desk.marks(path, today=date(2027, 1, 1)).counts[MARKS] == Counts(unchanged=1)


def test_what_would_teach_the_wrong_thing_is_sent_back(desk: Desk) -> None:  # noqa: F811
    rows = [
        HEADER,
        ["D9", "E1", "", "合适"],
        ["D2#3", "E1", "", "合适"],
        ["D1", "E9", "", "合适"],
        ["D1", "E1", "王二", "合适"],
        ["D1", "E1", "郑一", "不太合适"],
        ["D1", "", "", "合适"],
        ["D1", "E2", "", "合适"],
        ["D1", "E2", "", "不合适"],
    ]
    report = desk.marks(write_xlsx(desk.folder / "m.xlsx", {"Sheet1": rows}))
    assert report.counts[MARKS] == Counts(new=1, rejected=7)
    remarks = [row.remark for row in report.rejected]
    for place, words in enumerate((
        "库中没有这项需求", "没有这样的拆分", "库中没有这个编号的专家", "在库中是“郑一”，不是“王二”",
        "请改为：合适、不合适、婉拒、成效", "没有专家编号", "前面已有相反的评价",
    )):  # fmt: skip
        assert words in remarks[place]


def test_the_template_and_a_summary_of_results_are_read_back(
    desk: Desk,  # noqa: F811
    reference_tables: ReferenceTables,  # noqa: F811
) -> None:
    template = desk.folder / "t.xlsx"
    write_workbook(template, template_sheets(MARKS, reference_tables))
    assert desk.marks(template).counts == {}
    header = [
        "需求编号", "需求名称", "企业名称", "用途", "名次", "专家编号", "姓名", "工作单位", "职称",
        "匹配程度", "匹配概率", "推荐理由", "同团队人员", "待核事项", "提示", "评价", "评价理由",
    ]  # fmt: skip
    answer = [
        "D1",
        "盐碱地",
        "某厂",
        "企业对接",
        1,
        "E1",
        "郑一",
        "某校",
        "教授",
        "高度匹配",
        0.8,
        "主要依据",
        "",
        "",
        "",
    ]
    none = ["D2", "两件事", "某厂", "企业对接", *[""] * 7, "库中暂无合适专家", *[""] * 5]
    reasons = ["需求编号", "名次", "专家编号", "姓名", "成果类型", "题目"]
    sheets = {
        "汇总表": [header, [*answer, "成效", "已签约"], none],
        "匹配依据": [reasons, ["D1", 1, "E1", "郑一", "论文", "题"]],
    }
    report = desk.marks(write_xlsx(desk.folder / "r.xlsx", sheets))
    assert report.counts[MARKS] == Counts(new=1)
    assert desk.store.marks.of_demands(["D1"], reveal=True)["D1"][0].reason == "已签约"


def test_a_dry_run_and_a_table_of_something_else(desk: Desk) -> None:  # noqa: F811
    path = write_xlsx(desk.folder / "m.xlsx", {"Sheet1": [HEADER, ["D1", "E1", "", "合适"]]})
    assert desk.marks(path, dry_run=True).counts[MARKS] == Counts(new=1)
    assert list(desk.store.marks.stream()) == []
    people = write_xlsx(desk.folder / "p.xlsx", {"Sheet1": [["专家编号", "姓名", "研究方向"], ["E1", "郑一", "水"]]})
    with pytest.raises(NothingToImport, match="请另按专家表导入"):
        desk.marks(people)
