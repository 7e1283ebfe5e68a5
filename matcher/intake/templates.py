"""The Excel templates: every column of the forms, drop-downs, a sample row, a page of instructions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matcher.intake.choices import OneOf, parse_yes_no
from matcher.intake.columns import Column, Dictionary, Several, Table, TableKind
from matcher.intake.tables import TABLES
from matcher.intake.template_instructions import form_instructions, table_instructions
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
_FORM_TITLES = {
    TableKind.EXPERTS: "科技专家信息登记表",
    TableKind.DEMANDS: "企业技术需求问卷",
    TableKind.LEDGER: "建站/对接登记表",
    TableKind.TOPICS: "智库选题建议表",
}


def template_sheets(kind: TableKind, tables: ReferenceTables) -> list[SheetSpec]:
    """The sheets of a table's template, to be written as one workbook; what stands in them imports back."""
    kinds = [TableKind.EXPERTS, TableKind.ITEMS] if kind is TableKind.EXPERTS else [kind]
    return [
        *(_data_sheet(TABLES[one], tables) for one in kinds),
        table_instructions(kind, [TABLES[one] for one in kinds]),
    ]


def form_sheets(kind: TableKind, tables: ReferenceTables) -> list[SheetSpec]:
    """The questionnaire of one page, label by label, that a firm fills in and returns."""
    table = TABLES[kind]
    columns = list(table.shown)
    rows = [
        (_FORM_TITLES[kind], ""),
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
    return [page, form_instructions(table)]


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


def _header(column: Column) -> str:
    return column.header + ("*" if column.starred else "")


def _form_label(column: Column) -> str:
    return f"{_header(column)}（{column.note}）" if column.note else _header(column)


def _is_strict(column: Column) -> bool:
    """Closed lists of one choice refuse other words."""
    return isinstance(column.parse, OneOf) or column.parse is parse_yes_no


def _options(column: Column, tables: ReferenceTables) -> tuple[str, ...]:
    return _DICTIONARIES[column.dictionary](tables) if column.dictionary else tuple(map(str, column.options))


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
_DICTIONARIES: Mapping[Dictionary, Callable[[ReferenceTables], tuple[str, ...]]] = {
    Dictionary.REGIONS: _regions,
    Dictionary.INDUSTRIES: _industries,
    Dictionary.DISCIPLINES: _disciplines,
    Dictionary.JURISDICTIONS: lambda tables: tables.jurisdictions.names,
    Dictionary.HONOURS: lambda tables: tuple(honour.name for honour in tables.honours.all),
    Dictionary.TITLES: lambda tables: _TITLES,
}
