"""Experts and their evidence, from files to the store."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.vocabulary import AcademicianKind, TitleLevel
from matcher.errors import UsageError
from matcher.intake.columns import TableKind
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.import_report import Counts
from matcher.workflows.import_sheets import import_sheets
from tests.intake.workbooks import write_xlsx
from tests.workflows.import_setting import Desk, desk, reference_tables  # noqa: F401

PEOPLE, ITEMS = TableKind.EXPERTS, TableKind.ITEMS
HEAD = ["专家编号", "姓名", "工作单位", "研究方向"]


def test_a_real_sheet_with_titles_groups_merged_cells_blanks_and_footers(desk: Desk) -> None:  # noqa: F811
    rows: list[list[object]] = [
        ["吉林省科技人才资源信息库（2016）"],
        [],
        ["*编号", "基本信息", None, None, "专业情况", None, "联系方式"],
        [None, "姓  名", "性别", "出生\n年月", "职称", "专业特长（限三项）", "手机"],
        ["Ｅ００１", "张　三", "男性", "1962年5月", "教授、博士生导师", "水稻育种/盐碱地改良", 13912345678],
        [None, None, None, None, None, None, None],
        ["*编号", "姓  名", "性别", "出生\n年月", "职称", "专业特长（限三项）", "手机"],
        ["E002", "李四", "女", 22767, "副研究员", "TCP/IP，无线通信", "138 0013 8000"],
        ["填表人：王五", None, None, None, "审核：赵六"],
    ]
    path = write_xlsx(desk.folder / "库.xlsx", {"名单": rows, "填表说明": [["说明"], ["专家编号：必填"]]},
                      {"名单": ["A1:G1", "A3:A4", "B3:D3", "E3:F3"]})  # fmt: skip
    report = desk.experts(path)
    assert report.counts[PEOPLE] == Counts(new=2)
    first, second = (desk.store.experts.get(key, reveal=True) for key in ("E001", "E002"))
    assert first is not None
    assert second is not None
    assert (first.name, first.birth, first.title_level) == ("张三", date(1962, 5, 1), TitleLevel.SENIOR)
    assert first.directions == ("水稻育种", "盐碱地改良")
    assert first.private.phone == "13912345678"
    assert (second.directions, second.birth) == (("TCP/IP", "无线通信"), date(1962, 5, 1))
    assert second.title_level is TitleLevel.ASSOCIATE


def test_twice_the_same_file_changes_nothing_and_a_changed_row_keeps_its_history(desk: Desk) -> None:  # noqa: F811
    rows = [HEAD, ["E1", "张三", "甲大学", "水稻"], ["E2", "李四", "乙大学", "玉米"]]
    items = [
        ["专家编号", "类型", "题目", "年份"],
        ["E1", "论文", "水稻耐盐", "2015年"],
        ["E2", "论文", "水稻耐盐", 2015],
    ]
    path = write_xlsx(desk.folder / "a.xlsx", {"专家表": rows, "成果表": items})
    assert desk.experts(path).counts == {PEOPLE: Counts(new=2), ITEMS: Counts(new=2)}
    assert desk.experts(path).counts == {PEOPLE: Counts(unchanged=2), ITEMS: Counts(unchanged=2)}
    rows[1][3] = "水稻、土壤"
    changed = write_xlsx(desk.folder / "b.xlsx", {"专家表": rows})
    assert desk.experts(changed, dry_run=True).counts == {PEOPLE: Counts(changed=1, unchanged=1)}
    assert desk.experts(changed).counts == {PEOPLE: Counts(changed=1, unchanged=1)}
    assert len(desk.store.experts.history("E1")) == 2
    assert desk.store.items.count() == 3  # one shared paper and two profiles


def test_absent_columns_keep_what_is_stored_and_blank_cells_clear_it(desk: Desk) -> None:  # noqa: F811
    full = [[*HEAD, "职称", "手机"], ["E1", "张三", "甲大学", "水稻", "教授", "13912345678"]]
    desk.experts(write_xlsx(desk.folder / "a.xlsx", {"专家表": full}))
    desk.experts(write_xlsx(desk.folder / "b.xlsx", {"专家表": [["专家编号", "姓名", "职称"], ["E1", "张三", None]]}))
    expert = desk.store.experts.get("E1", reveal=True)
    assert expert is not None
    assert (expert.title, expert.organization, expert.private.phone) == ("", "甲大学", "13912345678")


def test_bad_rows_are_told_exactly_and_never_stop_a_file(desk: Desk) -> None:  # noqa: F811
    rows = [
        HEAD,
        ["E1", "张三", "甲大学", "水稻"],
        ["", "李四", "乙大学", "玉米"],
        ["E3", "", "乙大学", "玉米"],
        ["E4", "赵六", "乙大学", "无"],
        ["E1", "孙七", "丙大学", "大豆"],
        ["E1", "张三", "甲大学", "水稻"],
        ["E5", "周八", "丙大学", "大豆"],
    ]
    path = write_xlsx(desk.folder / "错.xlsx", {"专家表": rows})
    report = desk.experts(path)
    assert report.counts[PEOPLE] == Counts(new=2, rejected=4)
    told = [(one.place.file, one.place.sheet, one.place.row, one.remark.split("。")[0]) for one in report.rejected]
    assert told == [
        ("错.xlsx", "专家表", 3, "“专家编号”没有专家编号"),
        ("错.xlsx", "专家表", 4, "“姓名”没有姓名"),
        ("错.xlsx", "专家表", 6, "“专家编号”编号“E1”与第 2 行重复，而内容不同（本行是“孙七”）"),
        ("错.xlsx", "专家表", 5, "“研究方向”看不出研究方向"),
    ]


def test_files_of_one_name_in_two_places_are_two_files(desk: Desk) -> None:  # noqa: F811
    head = "专家编号,姓名,工作单位,研究方向\n"
    texts = {"a": "E2,李四,乙大学,玉米\nE1,张三,甲大学,水稻\n", "b": "E1,张三,甲大学,土壤\n,王五,甲大学,水\n"}
    for folder, text in texts.items():
        (desk.folder / folder).mkdir()
        (desk.folder / folder / "x.csv").write_text(head + text, encoding="utf-8")
    report = desk.experts(desk.folder / "a", desk.folder / "b")
    assert report.counts[PEOPLE] == Counts(new=2, changed=1, rejected=1)
    assert [str(row.place) for row in report.rejected] == ["b/x.csv 第 3 行"]
    expert = desk.store.experts.get("E1")
    assert expert is not None
    assert expert.directions == ("土壤",)


def test_rejected_rows_come_back_corrected(desk: Desk) -> None:  # noqa: F811
    rows = [[*HEAD, "备用列"], ["", "李四", "乙大学", "玉米", "x"], ["E1", "张三", "甲大学", "水稻", "=1+1"]]
    path = write_xlsx(desk.folder / "a.xlsx", {"专家表": rows})
    back = desk.folder / "退回.xlsx"
    write_workbook(back, import_sheets(desk.experts(path)))
    from openpyxl import load_workbook

    book = load_workbook(back)
    sheet = book["专家表"]
    assert [cell.value for cell in sheet[1]] == [*HEAD, "备用列", "退回原因"]
    sheet["A2"] = "E9"
    book.save(back)
    assert desk.experts(back).counts == {PEOPLE: Counts(new=1)}
    expert = desk.store.experts.get("E9")
    assert expert is not None
    assert expert.name == "李四"


def test_a_number_stays_with_its_person(desk: Desk) -> None:  # noqa: F811
    desk.experts(write_xlsx(desk.folder / "a.xlsx", {"专家表": [HEAD, ["E1", "张三", "甲大学", "水稻"]]}))
    other = write_xlsx(desk.folder / "b.xlsx", {"专家表": [HEAD, ["E1", "李四", "乙医院", "心血管"]]})
    assert desk.experts(other).counts[PEOPLE] == Counts(rejected=1)
    typo = write_xlsx(desk.folder / "c.xlsx", {"专家表": [HEAD, ["E1", "张山", "甲大学", "水稻"]]})
    report = desk.experts(typo)
    assert report.counts[PEOPLE] == Counts(changed=1)
    assert "姓名由“张三”改为“张山”" in report.problems[0].message


def test_people_of_one_name_are_kept_apart_and_the_doubtful_are_listed(desk: Desk) -> None:  # noqa: F811
    rows = [
        [*HEAD, "出生年月"],
        ["E1", "王伟", "甲大学", "水稻", "1960-01"],
        ["E2", "王伟", "乙医院", "心血管", "1975-03"],
        ["E3", "王 伟", "甲大学", "水稻", ""],
    ]
    report = desk.experts(write_xlsx(desk.folder / "a.xlsx", {"专家表": rows}))
    assert report.counts[PEOPLE] == Counts(new=3)
    assert [(p.first.id, p.second.id, p.reasons) for p in report.duplicates] == [
        ("E1", "E3", ("单位相同", "研究方向相近"))
    ]


def test_field_text_may_stand_in_the_items_of_another_file(desk: Desk) -> None:  # noqa: F811
    people = desk.folder / "专家.csv"
    people.write_bytes("专家编号;姓名;单位\nE1;张三;甲大学\nE2;李四;乙大学\n".encode("gb18030"))
    items = desk.folder / "成果.csv"
    items.write_text("\ufeff专家编号\t题目\nE1\t水稻耐盐\nE7\t无主之作\nE1\t\n", encoding="utf-16")
    report = desk.experts(people, items)
    assert report.counts == {PEOPLE: Counts(new=1, rejected=1), ITEMS: Counts(new=1, rejected=2)}
    reasons = {one.remark for one in report.rejected if one.kind is ITEMS}
    assert any("库中没有这个编号的专家" in reason for reason in reasons)
    assert any("题目、摘要、关键词都是空的" in reason for reason in reasons)


def test_people_with_an_item_in_each_row(desk: Desk) -> None:  # noqa: F811
    rows = [
        ["专家编号", "姓名", "单位", "论文题目", "发表年份"],
        ["E1", "张三", "甲大学", "水稻耐盐", 2015],
        [None, None, None, "水稻抗旱", 2016],
        ["E2", "李四", "乙大学", "玉米螟", 2014],
    ]
    report = desk.experts(write_xlsx(desk.folder / "a.xlsx", {"表": rows}))
    assert report.counts == {PEOPLE: Counts(new=2), ITEMS: Counts(new=3)}
    assert {item.title for item in desk.store.items.of_expert("E1")} >= {"水稻耐盐", "水稻抗旱"}


def test_json_lines_with_nested_evidence(desk: Desk) -> None:  # noqa: F811
    record = {
        "id": "E1", "organizations": ["甲大学", "乙所"], "directions": ["水稻"],
        "evidence": [{"type": "论文", "title": "水稻耐盐", "keywords": ["盐"], "year": 2015}],
    }  # fmt: skip
    path = desk.folder / "a.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n\n{坏\n" + "[" * 100_000 + "\n", encoding="utf-8")
    report = desk.experts(path)
    assert report.counts == {PEOPLE: Counts(new=1, rejected=2), ITEMS: Counts(new=1)}
    expert = desk.store.experts.get("E1")
    assert expert is not None
    assert (expert.name, expert.organization) == ("专家E1", "甲大学")


def test_titles_honours_places_and_codes_are_understood(desk: Desk) -> None:  # noqa: F811
    head = [*HEAD, "人才称号", "单位所在地", "学科", "行业", "证件号", "是否海智", "鞋码"]
    row = ["E1", "张三", "甲大学", "水稻", "中科院院士、国家杰青（2001）", "吉林省长春市", "机械工程", "汽车制造业",
           "110105194912310021", "√", "42"]  # fmt: skip
    report = desk.experts(write_xlsx(desk.folder / "a.xlsx", {"专家表": [head, row]}))
    expert = desk.store.experts.get("E1", reveal=True)
    assert expert is not None
    assert expert.academician is AcademicianKind.SCIENCES
    assert expert.honours[0] == "中国科学院院士"
    assert (expert.region_code, expert.discipline_codes, expert.industry_codes) == ("220100", ("460",), ("C36",)) or (
        expert.industry_codes == ("36",)
    )
    assert expert.overseas is True
    assert any("鞋码" in note for note in report.notes)
    assert "110105194912310021" not in str(report.problems)


def test_wrong_files_are_wrong_use(desk: Desk) -> None:  # noqa: F811
    empty = desk.folder / "空"
    empty.mkdir()
    demands = write_xlsx(
        desk.folder / "d.xlsx", {"表": [["需求编号", "需求名称", "主要问题", "企业名称"], ["D", "a", "b", "c"]]}
    )
    for path in (desk.folder / "没有.xlsx", empty, demands):
        with pytest.raises(UsageError):
            desk.experts(path)


def test_a_folder_is_read_through_and_skipped_files_are_named(desk: Desk) -> None:  # noqa: F811
    inside = desk.folder / "各单位" / "甲"
    inside.mkdir(parents=True)
    write_xlsx(inside / "a.xlsx", {"专家表": [HEAD, ["E1", "张三", "甲大学", "水稻"]]})
    (inside / "~$a.xlsx").write_bytes(b"lock")
    (inside / "旧.doc").write_bytes(b"x")
    (inside / "坏.xlsx").write_bytes(b"MZ" + bytes(100))
    report = desk.experts(desk.folder / "各单位")
    assert report.counts[PEOPLE] == Counts(new=1)
    assert any("~$a.xlsx" in note for note in report.notes)
    assert any("旧.doc" in note and ".docx" in note for note in report.notes)
    assert len(report.failed_files) == 1
    assert report.has_rejects


def test_files_of_one_name_in_several_folders_are_told_apart(desk: Desk) -> None:  # noqa: F811
    for folder, rows in {
        "甲大学": [["E1", "张三", "甲大学", "水稻"], ["", "李四", "甲大学", "玉米"]],
        "乙大学": [["E2", "王五", "乙大学", "水稻"], ["E3", "", "乙大学", "玉米"]],
        ".旧": [["E9", "旧人", "乙大学", "水稻"]],
    }.items():
        (desk.folder / "各校" / folder).mkdir(parents=True)
        write_xlsx(desk.folder / "各校" / folder / "专家表.xlsx", {"专家表": [HEAD, *rows]})
    report = desk.experts(desk.folder / "各校")
    assert report.counts[PEOPLE] == Counts(new=2, rejected=2)
    assert {str(one.place) for one in report.rejected} == {
        "乙大学/专家表.xlsx “专家表”第 3 行", "甲大学/专家表.xlsx “专家表”第 3 行",
    }  # fmt: skip


def test_a_number_that_stands_on_two_sheets_in_the_same_row(desk: Desk) -> None:  # noqa: F811
    sheets = {"一": [HEAD, ["E1", "张三", "甲大学", "水稻"]], "二": [HEAD, ["E1", "张三", "甲大学", "玉米"]]}
    report = desk.experts(write_xlsx(desk.folder / "a.xlsx", sheets))
    assert report.counts[PEOPLE] == Counts(new=1, rejected=1)
    assert "与工作表“一”第 2 行重复" in report.rejected[0].remark


def test_a_header_over_two_lines_is_named_in_one_and_unknown_places_are_told(desk: Desk) -> None:  # noqa: F811
    rows = [[*HEAD, "出生\n年月", "所在地"], ["E1", "张三", "甲大学", "水稻", "不祥", "火星"]]
    report = desk.experts(write_xlsx(desk.folder / "a.xlsx", {"专家表": rows}))
    assert [(one.column, one.message) for one in report.problems] == [
        ("出生年月", "“不祥”看不出日期"), ("所在地", "“火星”对应不到国内的行政区划"),
    ]  # fmt: skip
    assert [(group.first.column, group.count) for group in report.warnings] == [("出生年月", 1), ("所在地", 1)]


def test_the_collection_of_real_experts_imports(desk: Desk) -> None:  # noqa: F811
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "eval"
    if not folder.is_dir():
        pytest.skip("../shared/eval is not here")
    report = desk.experts(folder / "experts.xlsx", dry_run=True)
    assert report.counts == {PEOPLE: Counts(new=3986), ITEMS: Counts(new=10759)}
