"""Single cells: dates, money, counts, lists, choices, codes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.vocabulary import DemandCategory, Gender, ServiceKind, TitleLevel
from matcher.intake import wordings
from matcher.intake.choices import parse_chosen, parse_chosen_list, parse_yes_no
from matcher.intake.columns import TableKind
from matcher.intake.dates import parse_date, parse_date_span, parse_last_day, parse_year, parse_year_span
from matcher.intake.identity_numbers import (
    masked,
    parse_credit_code,
    parse_id_number,
    parse_person_and_phone,
    parse_phone,
)
from matcher.intake.lists import parse_list, parse_works
from matcher.intake.numbers import Money, YearlyMoney, header_unit, parse_count
from matcher.intake.tables import TABLES
from matcher.intake.texts import parse_name, parse_text


def full_width(text: str) -> str:
    """Digits as Chinese input methods write them."""
    return text.translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1962-05", date(1962, 5, 1)),
        ("1962.5", date(1962, 5, 1)),
        ("1962年5月", date(1962, 5, 1)),
        ("1962年05月份", date(1962, 5, 1)),
        ("196205", date(1962, 5, 1)),
        ("19620503", date(1962, 5, 3)),
        ("1962/5/3", date(1962, 5, 3)),
        ("1962．５．３", date(1962, 5, 3)),
        ("1962年5月3日", date(1962, 5, 3)),
        ("1962-05-03 00:00:00", date(1962, 5, 3)),
        ("1962 年 5 月", date(1962, 5, 1)),
        ("1962年 5 月 3 日", date(1962, 5, 3)),
        ("一九六二年五月", date(1962, 5, 1)),
        ("一九六二年十二月二十一日", date(1962, 12, 21)),
        ("3/25/1962", date(1962, 3, 25)),
        (datetime(1962, 5, 3), date(1962, 5, 3)),
        (date(1962, 5, 3), date(1962, 5, 3)),
        (22767.0, date(1962, 5, 1)),
        (1962.05, date(1962, 5, 1)),
        (196205.0, date(1962, 5, 1)),
    ],
)
def test_dates_in_every_common_form(cell: object, day: date) -> None:
    assert parse_date(cell) == (day, None)


@pytest.mark.parametrize(
    ("cell", "day"), [("62.05", date(1962, 5, 1)), ("1962", date(1962, 1, 1)), (1962.1, date(1962, 1, 1))]
)
def test_ambiguous_dates_are_read_and_complained_of(cell: object, day: date) -> None:
    parsed = parse_date(cell)
    assert parsed.value == day
    assert parsed.complaint is not None


@pytest.mark.parametrize("cell", ["1962-13", "2016-02-30", "五月", "不祥之日", 12.0])
def test_impossible_dates_are_none_with_a_complaint(cell: object) -> None:
    parsed = parse_date(cell)
    assert parsed.value is None
    assert parsed.complaint is not None


def test_a_complaint_quotes_the_cell_as_it_stands() -> None:
    complaint = parse_date("五十八").complaint
    assert complaint is not None
    assert "“五十八”" in complaint.message


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2060, 12, 31)))
def test_written_dates_come_back(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y 年 %m 月 %d 日", "%Y%m%d"):
        assert parse_date(day.strftime(form)).value == day
        assert parse_date(full_width(day.strftime(form))).value == day
    for form in ("%Y-%m", "%Y年%m月", "%Y.%m", "%Y%m"):
        assert parse_date(day.strftime(form)).value == day.replace(day=1)


@settings(deadline=None)
@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31)))
def test_serial_numbers_of_spreadsheets_are_days(day: date) -> None:
    assert parse_date(float((day - date(1899, 12, 30)).days)).value == day


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=99_999_999, places=2))
def test_written_amounts_come_back(amount: Decimal) -> None:
    for form, scale in (("{}", 1.0), ("{:,}万元", 1.0), ("{}元", 0.0001), ("￥{:,}", None), ("{} 亿元", 10000.0)):
        expected = float(amount) * (1.0 if scale is None else scale)
        for text in (form.format(amount), full_width(form.format(amount))):
            assert Money()(text).value == pytest.approx(expected, abs=1e-6)


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="水稻玉米育种焊接", min_size=1, max_size=4), unique=True), st.sampled_from("、；;，,/\n")
)
def test_joined_lists_come_apart(words: list[str], separator: str) -> None:
    assert parse_list(separator.join(words)).value == tuple(words)
    assert parse_list(f" {separator} ".join(words)).value == tuple(words)


@settings(deadline=None)
@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans(), st.lists(st.text())))
def test_no_cell_breaks_a_parser(cell: object) -> None:
    for column in (column for table in TABLES.values() for column in table.columns):
        column.parse(cell)


def test_spans() -> None:
    assert parse_date_span("2016-05-01至2019-04-30").value == (date(2016, 5, 1), date(2019, 4, 30))
    assert parse_date_span("2016.5-2019.4").value == (date(2016, 5, 1), date(2019, 4, 30))
    assert parse_date_span("2016年—2018年").value == (date(2016, 1, 1), date(2018, 12, 31))
    assert parse_last_day("2019-04").value == date(2019, 4, 30)
    assert parse_year_span("2016年至2018年") == ((2016, 2018), None)
    assert parse_year(2016.0).value == parse_year("2016-05").value == parse_year("2016年").value == 2016


ONE_END = st.builds(
    lambda year, before, month, after: (year, f"{before}{year}{month}{after}"),
    st.integers(2000, 2099), st.sampled_from(["", " ", "("]),
    st.sampled_from(["", "年", "年度", ".5", "-12", "年3月", "/07"]), st.sampled_from(["", "初", "底", " ", ")"]),
)  # fmt: skip


@given(ONE_END, st.sampled_from(["-", "至", "到", "—", "~", " - ", "年至", "、"]), ONE_END)
def test_years_are_taken_without_a_word_however_they_are_joined(
    first: tuple[int, str], joint: str, last: tuple[int, str]
) -> None:
    assert parse_year_span(first[1] + joint + last[1]) == ((first[0], last[0]), None)


@given(ONE_END, st.sampled_from(["到明年底", "起三年内", "看情况", "开工", "，越快越好", "至后年"]))
def test_what_is_not_understood_beside_a_year_is_told(first: tuple[int, str], rest: str) -> None:
    parsed = parse_year_span(first[1] + rest)
    assert parsed.value == (first[0], None)
    assert parsed.complaint is not None
    assert f"按 {first[0]} 年开始、没有结束年份收录" in parsed.complaint.message


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,234.5万元", 1234.5),
        ("约300万", 300),
        ("3亿元", 30000),
        ("500000元", 50),
        ("５０", 50),
        (80, 80),
        ("五十万元", 50),
        ("￥20万", 20),
        ("300万元左右", 300),
        ("无", None),
    ],
)
def test_money_in_ten_thousands(cell: object, amount: float | None) -> None:
    assert Money()(cell).value == amount


def test_money_follows_the_unit_of_the_header() -> None:
    assert header_unit("拟投入（元）") == ""
    assert Money().in_unit("")("500000").value == 50
    assert Money().in_unit("亿")("1.2").value == 12000
    assert Money()("100-200万元").value == 200
    assert YearlyMoney()("1,000、1,200、1,500").value == (1000, 1200, 1500)
    assert YearlyMoney()([1000.0, "1200"]).value == (1000, 1200)


def test_counts() -> None:
    assert parse_count("约120人").value == 120
    assert parse_count(12.0).value == 12
    assert parse_count("很多").complaint is not None
    assert parse_count("-3").value is None


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("水稻、玉米；大豆;小麦，高粱,谷子\n荞麦", ("水稻", "玉米", "大豆", "小麦", "高粱", "谷子", "荞麦")),
        ("水稻/玉米", ("水稻", "玉米")),
        ("TCP/IP、AI/ML", ("TCP/IP", "AI/ML")),
        ("1,2-二氯乙烷，苯", ("1,2-二氯乙烷", "苯")),
        ("1.水稻 2.玉米", ("水稻", "玉米")),
        ("（1）水稻；（2）玉米。", ("水稻", "玉米")),
        ("深度学习（图像、语音），规划", ("深度学习（图像、语音）", "规划")),
        ("3D打印、5G通信", ("3D打印", "5G通信")),
        ("无", ()),
        ("水稻、水稻", ("水稻",)),
        (["a", "b"], ("a", "b")),
        ("玉米育种 水稻育种", ("玉米育种", "水稻育种")),
        ("水 稻、deep learning", ("水 稻", "deep learning")),
    ],
)
def test_lists(cell: object, parts: tuple[str, ...]) -> None:
    assert parse_list(cell).value == parts


def test_works_keep_their_commas() -> None:
    assert parse_works("《水稻，玉米轮作》《盐碱地、草地》").value == ("《水稻，玉米轮作》", "《盐碱地、草地》")
    assert parse_works("1.水稻、玉米轮作研究\n2.盐碱地改良").value == ("水稻、玉米轮作研究", "盐碱地改良")


def test_choices_take_the_words_people_use() -> None:
    assert wordings.GENDER("男性").value is Gender.MALE
    assert wordings.TITLE_LEVEL("正高级").value is TitleLevel.SENIOR
    assert wordings.CATEGORY("□技术攻关 ☑产品开发 □工艺改进").value is DemandCategory.PRODUCT
    assert wordings.CATEGORY("技术攻关□ 产品开发√ 工艺改进□").value is DemandCategory.PRODUCT
    assert wordings.CATEGORY("（ ）技术攻关 （√）产品开发").value is DemandCategory.PRODUCT
    assert wordings.CATEGORY("技术攻关（ ） 产品开发（√）").value is DemandCategory.PRODUCT
    assert parse_chosen("☑技术咨询 □联合攻关 ☑其他：____").value == "技术咨询、其他："
    assert parse_chosen_list("□企业技术中心 ☑重点实验室").value == ("重点实验室",)
    assert wordings.SERVICES("技术指导、讲座").value == (ServiceKind.CONSULTING, ServiceKind.LECTURE)
    unknown = wordings.GENDER("未知词")
    assert unknown.value is None
    assert unknown.complaint is not None
    assert "男、女" in unknown.complaint.advice


def test_yes_and_no() -> None:
    assert [parse_yes_no(cell).value for cell in ("是", "√", "有", "需要", True)] == [True] * 5
    assert [parse_yes_no(cell).value for cell in ("否", "无", "×", "不需要", False)] == [False] * 5
    assert [parse_yes_no(cell).value for cell in ("", "—", "/", "□是 □否")] == [None] * 4
    assert parse_yes_no("☑是 □否").value is True


def test_codes_are_checked_and_kept() -> None:
    assert parse_credit_code("９１３５０１００Ｍ０００１００Ｙ４３") == ("91350100M000100Y43", None)
    wrong = parse_credit_code("91350100M000100Y44")
    assert wrong.value == "91350100M000100Y44"
    assert wrong.complaint is not None
    assert parse_id_number("11010519491231002x") == ("11010519491231002X", None)
    assert parse_id_number("110105194912310021").complaint is not None
    lost = parse_id_number(1.1010519491231002e17)
    assert lost.value == ""
    assert lost.complaint is not None
    numeric = parse_credit_code(912202831234567936.0)
    assert numeric.value == ""
    assert numeric.complaint is not None
    assert parse_phone(1.3912345678e10) == ("13912345678", None)
    assert masked("13912345678") == "13*******78"
    good = [
        "0431-88888888",
        "88888888",
        "+1 650 253 0000",
        "0431-88888888转801",
        "4008123123",
        "13912345678、0431-8888888",
    ]
    assert [parse_phone(cell).complaint for cell in good] == [None] * len(good)
    bad = ["12345", "1391234567", "问办公室", "0431", "13912345678 13812345679"]
    assert [parse_phone(cell).complaint is not None for cell in bad] == [True] * len(bad)
    assert parse_person_and_phone("金某 0433-6340001") == ("金某 0433-6340001", None)
    for cell in ("金某 12345", "金某", "金某 1391234567"):
        complaint = parse_person_and_phone(cell).complaint
        assert complaint is not None
        assert "1" not in complaint.message.replace("11 位", "")


def test_placeholders_and_names() -> None:
    assert [parse_text(cell).value for cell in ("无", "未提供。", "—", "N/A", " / ", "暂无", "不详", "详见附件")] == [
        ""
    ] * 8
    assert parse_text("无人机测绘").value == "无人机测绘"
    assert parse_name("张　三").value == "张三"
    assert parse_name("阿依古丽•买买提").value == parse_name("阿依古丽·买买提").value


def test_headers_find_their_columns() -> None:
    experts, demands = TABLES[TableKind.EXPERTS], TABLES[TableKind.DEMANDS]
    found = {
        label: column.field if (column := experts.find(label)) else None
        for label in (
            "*专家编号",
            "姓  名",
            "研究方向\n（不超过三个）",
            "１．工作单位",
            "关键词2",
            "职称★",
            "授权专利数（项）",
            "鞋码",
        )
    }
    assert list(found.values()) == [
        "id", "name", "directions", "organization", "keywords", "title", "patents", None,
    ]  # fmt: skip
    assert [
        demands.find(label) is not None for label in ("2013年营业收入（万元）", "技术难题描述：", "拟投入(元)")
    ] == [True] * 3
