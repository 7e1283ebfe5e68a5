"""Says what each sheet of a file is: a table, a questionnaire, or nothing to import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from matcher.intake.cells import is_blank
from matcher.intake.columns import Column, Table, TableKind
from matcher.intake.forms import FORM_ROWS, form_row, read_page
from matcher.intake.headers import SEARCHED_ROWS, Header, find_header
from matcher.intake.json_tables import json_table
from matcher.intake.problems import Place
from matcher.intake.sheet_tables import item_columns, sheet_table
from matcher.intake.sheets import BrokenRow, Merged, Records, Row, Sheet
from matcher.intake.source_rows import Aside, PassedOver, Recognised, SourceTable
from matcher.intake.tables import TABLES

_WANTED = {
    TableKind.EXPERTS: (TableKind.EXPERTS, TableKind.ITEMS),
    TableKind.DEMANDS: (TableKind.DEMANDS,),
    TableKind.LEDGER: (TableKind.LEDGER,),
    TableKind.MARKS: (TableKind.MARKS,),
    TableKind.TOPICS: (TableKind.TOPICS,),
}
_SURE = 3
_PROFILE = frozenset({"organization", "directions", "birth", "gender", "title_level", "post_status"})
_ASIDE = re.compile(
    r"\s*(?:填写说明|填表说明|填报说明|使用说明|说明|选项|字典|代码表|问题清单|待补充"
    r"|技术需求与解决方案对照表|匹配依据|未列入人员)\s*"  # a report of ours that comes back with verdicts
)


def recognise(file: str, sheets: Sequence[Sheet | Records], wanted: TableKind) -> Recognised:
    """The tables of the kind asked for (experts bring items along) and what was passed over."""
    tables: list[SourceTable] = []
    passed: list[PassedOver] = []
    for sheet in sheets:
        found = _records(file, sheet, wanted) if isinstance(sheet, Records) else _sheet(file, sheet, wanted)
        if isinstance(found, PassedOver):
            passed.append(found)
        else:
            tables.append(found)
    return Recognised(tuple(tables), tuple(passed))


def _records(file: str, records: Records, wanted: TableKind) -> SourceTable | PassedOver:
    table = json_table(file, records, tuple(TABLES[kind] for kind in _WANTED[wanted]))
    return table or PassedOver(Place(file), Aside.UNKNOWN, f"{Place(file)}：没有认出{wanted}的栏目，已跳过")


def _sheet(file: str, sheet: Sheet, wanted: TableKind) -> SourceTable | PassedOver:
    place = Place(file, sheet.name)
    if _ASIDE.fullmatch(sheet.name):
        return PassedOver(place, Aside.NO_DATA, f"{place}：说明或清单，已跳过")
    rows = _first_rows(sheet, FORM_ROWS)
    if not any(not is_blank(cell) for row in rows for cell in row):
        return PassedOver(place, Aside.NO_DATA, f"{place}：空白工作表，已跳过")
    merged, others = sheet.merged(), [table for kind, table in TABLES.items() if kind not in _WANTED[wanted]]
    header = _header(rows[:SEARCHED_ROWS], merged, wanted)
    form = _form(file, sheet, rows, TABLES[wanted], header)
    if form is not None:
        return form
    other = find_header(rows[:SEARCHED_ROWS], merged, others)
    if other and len(other.fields) >= (len(header.fields) + 2 if header else _SURE):
        return _of_another_kind(place, wanted, other.table.kind)
    if header is not None:
        return sheet_table(file, sheet, header)
    foreign = next((table for table in others if _form(file, sheet, rows, table, None)), None)
    return _of_another_kind(place, wanted, foreign.kind) if foreign else _unknown(place, wanted)


def _of_another_kind(place: Place, wanted: TableKind, kind: TableKind) -> PassedOver:
    note = f"{place}：看起来是{kind}，不是{wanted}，本次跳过；请另按{kind}导入"
    return PassedOver(place, Aside.OTHER_KIND, note, kind)


def _unknown(place: Place, wanted: TableKind) -> PassedOver:
    if not place.sheet:
        advice = "信件、报告之类的文字不能直接导入，请把内容填入模板，或在页面上新增"
        return PassedOver(place, Aside.UNKNOWN, f"{place}：没有认出{wanted}的栏目，已跳过；{advice}")
    headers = "、".join(column.header for column in _needed(wanted))
    return PassedOver(place, Aside.UNKNOWN, f"{place}：没有认出{wanted}的表头（例如“{headers}”），已跳过")


def _header(rows: Sequence[Row], merged: Sequence[Merged], wanted: TableKind) -> Header | None:
    """A table of people with an item in each row is one of people, though more of its columns may be the item's."""
    found = find_header(rows, merged, [TABLES[kind] for kind in _WANTED[wanted]])
    if found and found.table.kind is TableKind.ITEMS:
        people = find_header(rows, merged, [TABLES[TableKind.EXPERTS]])
        if people and people.last == found.last and people.fields & _PROFILE and item_columns(people):
            return people
    return found


def _form(file: str, sheet: Sheet, rows: Sequence[Row], table: Table, header: Header | None) -> SourceTable | None:
    """A questionnaire names more fields down the page than any of its rows across."""
    across = len(header.fields) if header else 0
    page = read_page(rows, table)
    down = len(page.fields)
    if down <= max(across, 2) or (across >= 5 and down < 2 * across):
        return None
    form = form_row(file, sheet.name, page, table)
    if form is None:
        return None
    filled = [] if all(map(is_blank, form.cells.values())) else [form]
    return SourceTable(table, Place(file, sheet.name), lambda: iter(filled), page.unknown)


def _needed(kind: TableKind) -> list[Column]:
    return [column for column in TABLES[kind].columns if column.needed]


def _first_rows(sheet: Sheet, count: int) -> list[Row]:
    return [[] if isinstance(row, BrokenRow) else row for row in islice(sheet.rows(), count)]
