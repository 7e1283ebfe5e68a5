"""Questionnaires, from tables and from forms, and the ledger."""

from __future__ import annotations

from datetime import date

from matcher.domain.vocabulary import (
    DemandCategory,
    EngagementKind,
    EngagementStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    Urgency,
)
from matcher.intake.columns import TableKind
from matcher.intake.templates import form_sheets, template_sheets
from matcher.reference.tables import ReferenceTables
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_report import Counts
from tests.intake.workbooks import write_docx, write_xlsx
from tests.workflows.import_setting import Desk, desk, reference_tables  # noqa: F401

DEMANDS, LEDGER = TableKind.DEMANDS, TableKind.LEDGER


def test_a_table_with_the_words_of_real_sheets(desk: Desk) -> None:  # noqa: F811
    rows: list[list[object]] = [
        ["2016年企业技术需求汇总表"],
        ["序号", "需求编号", "单位名称", "所在市（州）", "所属行业", "技术难题名称", "技术难题描述", "拟投入（元）",
         "紧急程度", "起止时间", "期望服务方式", "需求类型", "是否需要院士", "拟建工作站类型", "联系电话",
         "2014年营业收入（万元）", "2015年营业收入（万元）"],
        [1, "X-01", "吉林市示例碳纤维公司", "吉林市", "化学纤维制造业", "碳纤维毛丝多", "原丝牵伸后毛丝多。", 500000,
         "比较紧急", "2016-2018", "技术指导，实地对接、建站", "工艺", "是", "院士工作站", 13912345678.0, "1,000", 1200],
        [2, "X-02", "示例公司", "延边", "食品", "辣白菜胀袋", "无", *[None] * 10],
        ["合计", *[None] * 6, 500000],
    ]  # fmt: skip
    report = desk.demands(write_xlsx(desk.folder / "d.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:Q1"]}))
    assert report.counts[DEMANDS] == Counts(new=1, rejected=1)
    assert report.rejected[0].remark.startswith("“技术难题描述”没有写明主要问题")
    demand = desk.store.demands.get("X-01", reveal=True)
    assert demand is not None
    assert demand.title == "碳纤维毛丝多"
    assert demand.budget == 50
    assert demand.urgency is Urgency.PRESSING
    assert (demand.start_year, demand.end_year) == (2016, 2018)
    assert demand.services == (ServiceKind.CONSULTING, ServiceKind.VISIT, ServiceKind.STATION)
    assert demand.category is DemandCategory.PROCESS
    assert demand.academician_wanted is True
    assert demand.station_kind is StationKind.ACADEMICIAN
    assert demand.contact.phone == "13912345678"
    assert demand.enterprise.region_code == "220200"
    assert demand.enterprise.jurisdiction == "吉林市"
    assert demand.enterprise.revenue == (1000, 1200)


def test_one_header_word_for_two_columns(desk: Desk) -> None:  # noqa: F811
    rows = [["需求编号", "需求名称", "技术难题"], ["Y-1", "轴承异响", "装配后异响。"]]
    assert desk.demands(write_xlsx(desk.folder / "d.xlsx", {"表": rows})).counts == {DEMANDS: Counts(new=1)}
    demand = desk.store.demands.get("Y-1")
    assert demand is not None
    assert (demand.title, demand.problem) == ("轴承异响", "装配后异响。")


def test_a_number_that_looks_like_a_needs_is_sent_back(desk: Desk) -> None:  # noqa: F811
    rows = [["需求编号", "需求名称", "主要问题"], ["厂＃7", "轴承异响", "装配后异响。"], ["厂-8", "漏油", "油封漏油。"]]
    report = desk.demands(write_xlsx(desk.folder / "d.xlsx", {"表": rows}))
    assert report.counts[DEMANDS] == Counts(new=1, rejected=1)
    assert "“厂#7”含有 #" in report.rejected[0].remark
    assert "“厂-7”" in report.rejected[0].remark
    assert desk.store.demands.ids() == ["厂-8"]


FORM = [
    ["企业技术需求问卷", None, None, None],
    ["需求编号*：", "Q-7", "填表日期", "2016年5月3日"],
    ["企业名称", "白山示例矿泉水公司", "统一社会信用代码", "91350100M000100Y43"],
    ["所在地", "白山市抚松县", "联 系 人", "王某"],
    ["技术需求名称（不超过100字）", "矿泉水瓶盖渗漏", None, None],
    ["主要问题", "灌装后三天瓶盖处渗水，\n换过两家瓶盖。", None, None],
    [None, "夏天更厉害。", None, None],
    ["需求类别", "□技术攻关 ☑产品开发 □工艺改进", "紧迫程度", "□紧急 □较急 √一般"],
    ["拟投入（万元）", "约30万", "是否需要院士", "否"],
    ["期望服务方式", "☑技术咨询 ☑实地对接 □学术讲座", None, None],
    ["预期目标", "无", None, None],
    ["填表人签字：", None, "企业盖章", None],
]


def _check_form(desk: Desk) -> None:  # noqa: F811
    demand = desk.store.demands.get("Q-7", reveal=True)
    assert demand is not None
    assert demand.title == "矿泉水瓶盖渗漏"
    assert demand.problem.split() == ["灌装后三天瓶盖处渗水，", "换过两家瓶盖。", "夏天更厉害。"]
    assert demand.enterprise.name == "白山示例矿泉水公司"
    assert demand.enterprise.region_code.startswith("2206")
    assert demand.contact.person == "王某"
    assert demand.category is DemandCategory.PRODUCT
    assert demand.urgency is Urgency.NORMAL
    assert demand.budget == 30
    assert demand.academician_wanted is False
    assert demand.services == (ServiceKind.CONSULTING, ServiceKind.VISIT)
    assert demand.goal == ""
    assert demand.filled == date(2016, 5, 3)


def test_a_questionnaire_in_a_sheet(desk: Desk) -> None:  # noqa: F811
    path = write_xlsx(desk.folder / "q.xlsx", {"Sheet1": FORM}, {"Sheet1": ["A1:D1", "B5:D5", "B6:D6", "A6:A7"]})
    assert desk.demands(path).counts == {DEMANDS: Counts(new=1)}
    _check_form(desk)


def test_a_questionnaire_in_a_word_table(desk: Desk) -> None:  # noqa: F811
    table = [[cell or "" for cell in row] for row in FORM[1:]]
    path = write_docx(desk.folder / "q.docx", ["企业技术需求问卷"], table)
    assert desk.demands(path).counts == {DEMANDS: Counts(new=1)}
    _check_form(desk)


def test_a_questionnaire_in_paragraphs(desk: Desk) -> None:  # noqa: F811
    lines = [
        "技术需求问卷",
        "需求编号：Q-8",
        "企业名称：示例公司    ",
        "一、需求名称：饲料结块",
        "二、主要问题：",
        "夏季饲料三天就结块。",
        "加过防结块剂，没见好。",
        "三、预期目标：放一个月不结块",
    ]
    assert desk.demands(write_docx(desk.folder / "q.docx", lines)).counts == {DEMANDS: Counts(new=1)}
    demand = desk.store.demands.get("Q-8")
    assert demand is not None
    assert (demand.title, demand.goal) == ("饲料结块", "放一个月不结块")
    assert demand.problem == "夏季饲料三天就结块。\n加过防结块剂，没见好。"


def test_a_form_without_number_and_firm_goes_back_with_all_it_said(desk: Desk) -> None:  # noqa: F811
    rows = [row if row[0] != "需求编号*：" else ["填表日期", "2016年5月3日"] for row in FORM]
    rows = [row for row in rows if row[0] != "企业名称"]
    report = desk.demands(write_xlsx(desk.folder / "q.xlsx", {"Sheet1": rows}))
    assert report.counts == {DEMANDS: Counts(rejected=1)}
    assert dict(report.rejected[0].cells)["需求名称"] == "矿泉水瓶盖渗漏"


def test_templates_import_back(desk: Desk, reference_tables: ReferenceTables) -> None:  # noqa: F811
    from openpyxl import load_workbook

    path = desk.folder / "模板.xlsx"
    write_workbook(path, template_sheets(DEMANDS, reference_tables))
    assert desk.demands(path).counts == {}
    book = load_workbook(path)
    sheet = book[DEMANDS.value]
    header = {cell.value: cell.column for cell in sheet[1]}
    for label, value in {
        "需求编号*": "T-1",
        "需求名称*": "名称",
        "主要问题*": "问题",
        "行业代码*": "C36 汽车制造业",
    }.items():
        sheet.cell(3, header[label], value)
    book.save(path)
    assert desk.demands(path).counts == {DEMANDS: Counts(new=1)}
    form = desk.folder / "问卷.xlsx"
    write_workbook(form, form_sheets(DEMANDS, reference_tables))
    book = load_workbook(form)
    sheet = book[DEMANDS.value]
    values = {
        "需求编号": "T-2",
        "需求名称": "名称",
        "主要问题": "问题\n两行",
        "企业名称": "示例公司",
        "手机": "13912345678",
    }
    for row in sheet.iter_rows(max_col=1):
        for label, value in values.items():
            if str(row[0].value).startswith(label):
                sheet.cell(row[0].row, 2, value)
    book.save(form)
    report = desk.demands(form)
    assert report.counts == {DEMANDS: Counts(new=1)}, report.rejected
    demand = desk.store.demands.get("T-2", reveal=True)
    assert demand is not None
    assert (demand.problem, demand.contact.phone, demand.review) == ("问题\n两行", "13912345678", ReviewStatus.PENDING)


def test_the_ledger(desk: Desk) -> None:  # noqa: F811
    head = [
        "编号",
        "类型",
        "建站单位",
        "所在地",
        "专家编号",
        "协议起止日期",
        "年驻站月数",
        "状态",
        "审批人/日期",
        "资助金额(万元)",
        "院士签名说明",
    ]
    rows = [
        head,
        [
            "L1",
            "院士工作站",
            "示例公司",
            "通化",
            "E1",
            "2016.5-2019.4",
            "3个月",
            "正常运行",
            "王某 2016-05-01",
            "20万",
            "有",
        ],
        ["L2", "企业对接", "示例公司", "", "", "", "", "", "", "", ""],
    ]
    path = write_xlsx(desk.folder / "l.xlsx", {"台账": rows})
    report = desk.ledger(path)
    assert report.counts == {LEDGER: Counts(new=1, rejected=1)}
    line = desk.store.ledger.get("L1")
    assert line is not None
    assert (line.kind, line.status) == (EngagementKind.ACADEMICIAN_STATION, EngagementStatus.RUNNING)
    assert (line.agreement_start, line.agreement_end) == (date(2016, 5, 1), date(2019, 4, 30))
    assert (line.approved_by, line.approved_on, line.months_on_site) == ("王某", date(2016, 5, 1), 3)
    assert line.signed_statement is True
    assert any("库中还没有这位专家" in problem.message for problem in report.problems)
    assert desk.ledger(path).counts == {LEDGER: Counts(unchanged=1, rejected=1)}


def test_a_ledger_cell_that_cannot_be_read_is_not_called_missing(desk: Desk) -> None:  # noqa: F811
    head = ["编号", "类型", "建站单位", "专家编号", "状态"]
    rows = [head, ["L1", "合作社", "示例公司", "E1", "运行中"], ["L2", "", "示例公司", "E1", "运行中"]]
    report = desk.ledger(write_xlsx(desk.folder / "l.xlsx", {"台账": rows}))
    assert [row.remark.split("。")[0] for row in report.rejected] == [
        "“类型”“合作社”不在可选项里，没有采用",
        "“类型”没有填写类型",
    ]
