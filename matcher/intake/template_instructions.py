"""The page of instructions in the Excel templates."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.intake.columns import Column, Table, TableKind
from matcher.tables.sheet import SheetSpec

_TABLE_ADVICE = {
    TableKind.EXPERTS: "一人一行。专家的论文、专利、项目等写在“成果表”，按专家编号对应；多人合作的成果每人写一行。",
    TableKind.DEMANDS: "一项需求一行。两件不相干的事请写成两行，各用一个编号。",
    TableKind.LEDGER: "一位专家一行；同一工作站的几位专家各写一行，各用一个编号。",
    TableKind.TOPICS: "一个选题一行。“要点”逐条写明需要专家回答的问题，专家组按要点配人；不写要点时从内容中逐句读取。",
    TableKind.MARKS: "一项需求的一位专家一行。也可以在匹配结果的“汇总表”里直接填“评价”一列，再导入该文件。",
}
_FORM_ADVICE = {
    TableKind.EXPERTS: "一份登记表写一位专家：左边是栏目，右边填写。论文、专利等写在“代表性成果”，每项一行。",
    TableKind.DEMANDS: "一份问卷写一项需求：左边是栏目，右边填写。两件不相干的事请另复制一份分开写。",
    TableKind.LEDGER: "一份登记表写一位专家在一个单位的建站或对接：左边是栏目，右边填写。",
    TableKind.TOPICS: "一份建议表写一个选题：左边是栏目，右边填写；“要点”一行一条。",
}
_NEEDS = "带 * 的栏目用于规划建站和行程，请尽量填全；缺了“导入必需”的栏目会被退回。"
_WORDING = "日期写成 1962-05 或 1962-05-03；多个值用“、”隔开；金额单位看栏目名称；没有就留空，不必写“无”。"


def table_instructions(kind: TableKind, tables: Sequence[Table]) -> SheetSpec:
    """For the staff who keep the table."""
    advice = (
        _TABLE_ADVICE[kind],
        _NEEDS,
        _WORDING,
        "编号以“示例”开头的行导入时忽略，可删可留。请勿改动表头文字；列的次序可以调整，可以增加自己的列。",
        "填好后在“导入”页面上传，看过核对结果再确认。",
    )
    return _instructions(advice, tables)


def form_instructions(table: Table) -> SheetSpec:
    """For whoever fills in the page and sends it back, so without commands."""
    advice = (
        _FORM_ADVICE[table.kind],
        f"“{table['id'].header}”由发表部门填写，请留空。{_NEEDS}",
        _WORDING,
        "点中格子出现下拉箭头的，请从列表中选；可填多项的，选一项后在格内接着写。请勿改动左边的文字。",
        "填好后把本文件发回发表部门，文件名请写上单位名称。",
    )
    return _instructions(advice, [table])


def _instructions(advice: Sequence[str], tables: Sequence[Table]) -> SheetSpec:
    lines: list[tuple[str, ...]] = [("填写说明",), *((line,) for line in advice), ("",)]
    for table in tables:
        lines.append((f"【{table.kind}】", "要求", "说明", "可选项"))
        lines += [_explained(column) for column in table.shown]
    return SheetSpec("填写说明", (), lines, (26, 12, 50, 60))


def _explained(column: Column) -> tuple[str, ...]:
    need = "导入必需" if column.needed else "规划必需" if column.starred else "选填"
    notes = (column.note, "受限信息，加密保存" if column.private else "")
    options = "见下拉列表" if column.dictionary else "；".join(column.options)
    return column.header, need, "；".join(filter(None, notes)), options
