"""Questionnaires of one page in the layouts that firms return."""

from __future__ import annotations

from pathlib import Path

from matcher.beijing import today
from matcher.domain.demand import Demand, Enterprise
from matcher.domain.vocabulary import DemandCategory
from matcher.intake.columns import TableKind
from matcher.intake.templates import form_sheets
from matcher.reference.tables import ReferenceTables
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_demands import import_demands
from matcher.workflows.import_files import ImportOptions
from matcher.workflows.import_report import Counts
from matcher.workflows.import_sheets import import_sheets
from tests.intake.workbooks import write_docx, write_xlsx
from tests.workflows.import_setting import Desk, desk, reference_tables  # noqa: F401

DEMANDS = TableKind.DEMANDS


def test_a_row_of_labels_over_a_row_of_values(desk: Desk) -> None:  # noqa: F811
    rows: list[list[object]] = [
        ["企业技术需求表"],
        ["需求编号", "企业名称", "传真", "联系人"],
        ["Q-1", "示例药业", "0435-1", "赵某"],
        ["技术需求名称"],
        ["胶囊崩解慢"],
        ["主要问题（限500字）"],
        ["夏季崩解时限超标。"],
        ["需求类别"],
        ["（ ）技术攻关 （√）产品开发"],
    ]
    report = desk.demands(write_xlsx(desk.folder / "q.xlsx", {"表": rows}))
    assert report.counts == {DEMANDS: Counts(new=1)}
    demand = desk.store.demands.get("Q-1", reveal=True)
    assert demand is not None
    assert (demand.enterprise.name, demand.contact.person, demand.title) == ("示例药业", "赵某", "胶囊崩解慢")
    assert (demand.problem, demand.category) == ("夏季崩解时限超标。", DemandCategory.PRODUCT)


def test_a_value_that_reads_like_a_label_stays_a_value(desk: Desk) -> None:  # noqa: F811
    rows = [["需求编号", "Q-2"], ["研发机构", "研发中心"], ["需求名称", "名"], ["主要问题", "问题"]]
    desk.demands(write_xlsx(desk.folder / "q.xlsx", {"表": rows}))
    demand = desk.store.demands.get("Q-2")
    assert demand is not None
    assert demand.enterprise.rd_units == ("研发中心",)


def test_labels_of_the_form_that_we_do_not_know_are_not_taken_for_values(desk: Desk) -> None:  # noqa: F811
    table = [
        ["企业情况", "企业名称", "示例木业公司", "法人代表", "金某"],
        ["", "单位地址", "延边州敦化市", "传真", "0433-1"],
        ["", "联系人及电话", "金某 0433-6340001", "邮编", "133700"],
        ["需求", "需求名称", "地板翘曲", "", ""],
        ["", "主要问题", "供暖后翘曲。", "", ""],
        ["", "合作方式", "☑技术咨询 □联合攻关 ☑委托开发", "", ""],
    ]
    path = write_docx(desk.folder / "q.docx", ["编号：Q-3      填报日期：2016年 5 月 3 日"], table)
    report = desk.demands(path)
    assert report.counts == {DEMANDS: Counts(new=1)}
    demand = desk.store.demands.get("Q-3", reveal=True)
    assert demand is not None
    assert demand.enterprise.name == "示例木业公司"
    assert demand.enterprise.region_name == "延边州敦化市"
    assert (demand.contact.person, demand.contact.phone) == ("金某", "0433-6340001")
    assert demand.cooperation == "技术咨询、委托开发"
    assert str(demand.filled) == "2016-05-03"
    assert any("法人代表、传真、邮编" in note for note in report.notes)


def test_several_labels_in_one_paragraph(desk: Desk) -> None:  # noqa: F811
    lines = [
        "问卷编号：Q-4",
        "一、企业名称：____示例酒业____",
        "二、联系人：于某　　联系电话：13900004444",
        "三、需求名称：冰酒浑浊",
        "四、需求描述：装瓶后浑浊。",
    ]
    desk.demands(write_docx(desk.folder / "q.docx", lines))
    demand = desk.store.demands.get("Q-4", reveal=True)
    assert demand is not None
    assert demand.enterprise.name == "示例酒业"
    assert (demand.contact.person, demand.contact.phone) == ("于某", "13900004444")


def test_problems_of_a_form_name_its_row(desk: Desk) -> None:  # noqa: F811
    rows = [["需求编号", "Q-5"], ["需求名称", "名"], ["主要问题", "问题"], ["拟投入", "看情况"]]
    report = desk.demands(write_xlsx(desk.folder / "q.xlsx", {"表": rows}))
    assert str(report.problems[0]).startswith("q.xlsx “表”第 4 行“拟投入”：“看情况”看不出金额")


def test_a_form_sent_back_comes_back_as_a_row(desk: Desk) -> None:  # noqa: F811
    rows = [["市州", "吉林市"], ["需求名称", "名"], ["主要问题", "问题"], ["需求类别", "□技术攻关 ☑工艺改进"]]
    path = write_xlsx(desk.folder / "q.xlsx", {"表": rows})
    back = desk.folder / "退回.xlsx"
    report = desk.demands(path)
    assert [problem.message for problem in report.problems] == ["没有需求编号，也没有企业名称，看不出是哪家的需求"]
    write_workbook(back, import_sheets(report))
    from openpyxl import load_workbook

    book = load_workbook(back)
    sheet = book[DEMANDS.value]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("需求编号") + 1, "Q-6")
    book.save(back)
    assert desk.demands(back).counts == {DEMANDS: Counts(new=1)}
    demand = desk.store.demands.get("Q-6")
    assert demand is not None
    assert (demand.category, demand.enterprise.region_name) == (DemandCategory.PROCESS, "吉林市")


def test_forms_without_number_get_the_next_free_ones_and_keep_them(desk: Desk) -> None:  # noqa: F811
    year = today().year

    def form(name: str, firm: str, title: str, problem: str = "夏天开裂") -> Path:
        rows: list[list[object]] = [["企业名称", firm], ["需求名称", title], ["主要问题", problem]]
        return write_xlsx(desk.folder / name, {"表": rows})

    desk.store.demands.save([Demand(f"D{year}-007", "旧的", "问题")], by="甲")
    forms = form("甲.xlsx", "甲厂", "焊缝开裂"), form("乙.xlsx", "乙厂", "焊缝开裂")
    report = desk.demands(*forms)
    assert report.counts == {DEMANDS: Counts(new=2)}
    assert [found.message for found in report.problems] == [
        f"没有需求编号，编为 D{year}-008", f"没有需求编号，编为 D{year}-009",
    ]  # fmt: skip
    again = desk.demands(*forms)
    assert again.counts == {DEMANDS: Counts(unchanged=2)}
    assert f"库中已有同一项需求 D{year}-008" in again.problems[0].message
    other = desk.demands(form("丙.xlsx", "甲厂", "焊缝 开裂", "冬天开裂"))
    assert other.counts == {DEMANDS: Counts(new=1)}
    assert f"写上编号 D{year}-008 再上传" in other.problems[0].advice
    assert desk.store.demands.ids() == [f"D{year}-{number:03}" for number in (7, 8, 9, 10)]


def test_a_form_is_told_nothing_of_demands_elsewhere(desk: Desk, reference_tables: ReferenceTables) -> None:  # noqa: F811
    year = today().year
    elsewhere = Enterprise("甲厂", region_code="220800")
    desk.store.demands.save([Demand(f"D{year}-007", "焊缝开裂", "夏天开裂", enterprise=elsewhere)], by="甲")

    def told(title: str, problem: str) -> str:
        rows: list[list[object]] = [
            ["企业名称", "甲厂"], ["市州", "吉林市"], ["需求名称", title], ["主要问题", problem],
        ]  # fmt: skip
        path = write_xlsx(desk.folder / "甲.xlsx", {"表": rows})
        options = ImportOptions("乙", dry_run=True, covers=lambda region, _: region.startswith("2202"))
        report = import_demands(desk.store, reference_tables, [path], options)
        assert report.counts == {DEMANDS: Counts(new=1)}
        return f"{report.problems[0].message}；{report.problems[0].advice}"

    for said in (told("焊缝开裂", "夏天开裂"), told("焊缝开裂", "冬天开裂")):
        assert f"编为 D{year}-008" in said
        assert "焊缝" not in said
        assert "007" not in said


def test_lines_of_a_table_are_not_numbered(desk: Desk) -> None:  # noqa: F811
    rows: list[list[object]] = [["需求编号", "企业名称", "需求名称", "主要问题"], ["", "甲厂", "焊缝开裂", "夏天开裂"]]
    report = desk.demands(write_xlsx(desk.folder / "汇总.xlsx", {"表": rows}))
    assert report.counts == {DEMANDS: Counts(rejected=1)}
    assert report.problems[0].message == "没有需求编号"


def test_a_blank_form_is_nothing(desk: Desk, reference_tables: ReferenceTables) -> None:  # noqa: F811
    for kind in (TableKind.DEMANDS, TableKind.EXPERTS, TableKind.LEDGER, TableKind.TOPICS):
        path = desk.folder / f"{kind.command}.xlsx"
        write_workbook(path, form_sheets(kind, reference_tables))
        importers = {"demands": desk.demands, "experts": desk.experts, "ledger": desk.ledger, "topics": desk.topics}
        report = importers[kind.command](path)
        assert (report.counts, report.has_rejects) == ({}, False)


def test_sheets_without_data_are_told_in_one_line(desk: Desk) -> None:  # noqa: F811
    rows = [["企业名称", "甲厂"], ["需求名称", "名"], ["主要问体", "夏天开裂"], ["主要问题", "开裂"]]
    paths = [
        write_xlsx(desk.folder / f"{name}.xlsx", {"表": [*rows, ["关键词", name]], "填写说明": [["请填写"]]})
        for name in "甲乙丙丁"
    ]
    notes = desk.demands(*paths, dry_run=True).notes
    assert notes[0] == "甲.xlsx “表”：未识别的栏目没有导入：主要问体（是不是“主要问题”？）"
    assert [note for note in notes if "跳过" in note] == [
        "已跳过没有资料的工作表（说明、清单或空白）：甲.xlsx “填写说明”、乙.xlsx “填写说明”、丙.xlsx “填写说明” 等 4 张"
    ]
