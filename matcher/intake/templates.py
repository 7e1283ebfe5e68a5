"""The Excel templates: every column of the forms, drop-downs, a sample row, a page of instructions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matcher.intake.columns import Column, Several, Table, TableKind
from matcher.intake.tables import TABLES
from matcher.reference.regions import RegionLevel
from matcher.reference.tables import ReferenceTables
from matcher.tables.sheet import DropDown, SheetSpec

_TITLES = (
    "教授", "副教授", "讲师", "研究员", "副研究员", "助理研究员", "教授级高级工程师", "正高级工程师",
    "高级工程师", "工程师", "主任医师", "副主任医师", "主治医师", "农业技术推广研究员", "高级农艺师", "农艺师",
    "高级经济师", "高级会计师",
)  # fmt: skip
_WIDE = 36
_TEXT_LABELS = ("编号", "代码", "证件号", "手机", "电话", "联系人", "信用代码", "年月", "日期")
_ADVICE = {
    TableKind.EXPERTS: "一人一行。专家的论文、专利、项目等写在“成果表”，按专家编号对应；多人合作的成果每人写一行。",
    TableKind.DEMANDS: "一项需求一行。两件不相干的事请写成两行，各用一个编号。",
    TableKind.LEDGER: "一位专家一行；同一工作站的几位专家各写一行，各用一个编号。",
    TableKind.MARKS: "一项需求的一位专家一行。也可以在匹配结果的“汇总表”里直接填“评价”一列，再导入该文件。",
}


def template_sheets(kind: TableKind, tables: ReferenceTables) -> list[SheetSpec]:
    """The sheets of a table's template, to be written as one workbook; what stands in them imports back."""
    kinds = [TableKind.EXPERTS, TableKind.ITEMS] if kind is TableKind.EXPERTS else [kind]
    return [*(_data_sheet(TABLES[one], tables) for one in kinds), _instructions(kind, [TABLES[one] for one in kinds])]


def form_sheets(kind: TableKind, tables: ReferenceTables) -> list[SheetSpec]:
    """The questionnaire of one page, label by label, that a firm fills in and returns."""
    table = TABLES[kind]
    columns = list(table.shown)
    rows = [
        ("技术需求问卷" if kind is TableKind.DEMANDS else f"{kind}（单页）", ""),
        *((_form_label(c), "") for c in columns),
    ]
    drop_downs = [
        DropDown(1, options, number, number, strict=_is_strict(column))
        for number, column in enumerate(columns, start=1)
        if (options := _options(column, tables))
    ]
    page = SheetSpec(
        name=kind.value,
        header=(),
        rows=rows,
        widths=(30, 80),
        drop_downs=drop_downs,
        label_columns=frozenset({0}),
        text_columns=frozenset({1}),
    )
    return [page, _instructions(kind, [table])]


def _data_sheet(table: Table, tables: ReferenceTables) -> SheetSpec:
    columns = list(table.shown)
    return SheetSpec(
        name=table.kind.value,
        header=[_header(column) for column in columns],
        rows=[[column.sample if isinstance(column.sample, str | int | float) else "" for column in columns]],
        widths=[
            _WIDE if column.several is Several.LINES else max(12, 2 * len(column.header) + 3) for column in columns
        ],
        drop_downs=[
            DropDown(index, options, strict=_is_strict(column))
            for index, column in enumerate(columns)
            if (options := _options(column, tables))
        ],
        notes={index: column.note for index, column in enumerate(columns) if column.note},
        highlighted=frozenset(index for index, column in enumerate(columns) if column.starred),
        text_columns=frozenset(i for i, c in enumerate(columns) if any(word in c.header for word in _TEXT_LABELS)),
    )


def _instructions(kind: TableKind, tables: Sequence[Table]) -> SheetSpec:
    lines: list[tuple[str, ...]] = [
        ("填写说明",),
        (_ADVICE[kind],),
        ("带 * 的列用于规划建站和行程，请尽量填全；“导入必需”的列缺了，该行会被退回。",),
        ("日期写成 1962-05 或 1962-05-03；多个值用“、”隔开；金额单位看列名；没有就留空，不必写“无”。",),
        ("编号以“示例”开头的行导入时忽略，可删可留。请勿改动表头文字；列的次序可以调整，可以增加自己的列。",),
        (f"填好后：matcher import {kind.command} 文件名.xlsx；先加 --dry-run 可预演。",),
        ("",),
    ]
    for table in tables:
        lines.append((f"【{table.kind}】", "要求", "说明", "可选项"))
        lines += [_explained(column) for column in table.shown]
    return SheetSpec("填写说明", (), lines, (26, 12, 50, 60))


def _explained(column: Column) -> tuple[str, ...]:
    need = "导入必需" if column.needed else "规划必需" if column.starred else "选填"
    options = "、".join(column.options) if column.options and column.options[0] not in _DICTIONARIES else ""
    return column.header, need, column.note + ("（受限，加密保存）" if column.private else ""), options


def _header(column: Column) -> str:
    return column.header + ("*" if column.starred else "")


def _form_label(column: Column) -> str:
    return f"{_header(column)}（{column.note}）" if column.note else _header(column)


def _is_strict(column: Column) -> bool:
    """Only closed lists of one choice refuse other words."""
    return bool(column.options) and column.options[0] in ("是", "有", "男", "正高", "待审核", "合适")


def _options(column: Column, tables: ReferenceTables) -> tuple[str, ...]:
    if not column.options:
        return ()
    named = _DICTIONARIES.get(column.options[0])
    return named(tables) if named else tuple(map(str, column.options))


def _regions(tables: ReferenceTables) -> tuple[str, ...]:
    """The province served first, with its prefectures and counties; then the other provinces."""
    home = tables.regions.children(_HOME)
    counties = [(city, county) for city in home for county in tables.regions.children(city.code)]
    named = [city.name for city in home] + [f"{city.name}{county.name}" for city, county in counties]
    return tuple(dict.fromkeys((*named, *_provinces(tables))))


def _provinces(tables: ReferenceTables) -> tuple[str, ...]:
    found = (tables.regions.get(f"{code:02d}") for code in range(11, 83))
    return tuple(region.name for region in found if region and region.level is RegionLevel.PROVINCE)


def _industries(tables: ReferenceTables) -> tuple[str, ...]:
    found = (tables.industries.find(f"{code:02d}") for code in range(1, 98))
    return tuple(f"{industry.code} {industry.name}" for industry in found if industry)


def _disciplines(tables: ReferenceTables) -> tuple[str, ...]:
    return tuple(f"{discipline.code} {discipline.name}" for discipline in tables.disciplines.all)


_HOME = "22"
_DICTIONARIES: Mapping[str, Callable[[ReferenceTables], tuple[str, ...]]] = {
    "regions": _regions,
    "industries": _industries,
    "disciplines": _disciplines,
    "jurisdictions": lambda tables: tables.jurisdictions.names,
    "honours": lambda tables: tuple(honour.name for honour in tables.honours.all),
    "titles": lambda tables: _TITLES,
}
