"""The report of an import as a workbook: rejected rows ready to be corrected, all problems, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matcher.intake.cells import Cell, cell_text
from matcher.intake.columns import TableKind
from matcher.intake.sheet_tables import REMARK_LABEL
from matcher.intake.tables import TABLES
from matcher.tables.sheet import Cell as WrittenCell
from matcher.tables.sheet import SheetSpec
from matcher.workflows.import_report import ImportReport, RejectedRow

_PROBLEMS = ("处理", "文件", "工作表", "行", "列", "值", "问题", "怎么办")
_INCOMPLETE = ("表", "编号", "名称", "待补充的列")


def import_sheets(report: ImportReport) -> list[SheetSpec]:
    """Rejected rows first, one sheet for each layout of columns, with the remark in a last column."""
    sheets = [_rejected(kind, labels, rows) for (kind, labels), rows in _layouts(report).items()]
    problems = [
        (p.severity.value, p.place.file, p.place.sheet, p.place.row or "", p.column, p.value, p.message, p.advice)
        for p in report.problems
    ]
    sheets.append(SheetSpec("问题清单", _PROBLEMS, problems, (8, 24, 14, 8, 18, 30, 40, 50)))
    if report.incomplete:
        rows = [(one.kind.value, one.id, one.name, "、".join(one.missing)) for one in report.incomplete]
        sheets.append(SheetSpec("待补充", _INCOMPLETE, rows, (14, 16, 30, 80)))
    return sheets


def _layouts(report: ImportReport) -> dict[tuple[TableKind, tuple[str, ...]], list[RejectedRow]]:
    layouts: dict[tuple[TableKind, tuple[str, ...]], list[RejectedRow]] = {}
    for row in report.rejected:
        if row.cells:
            layouts.setdefault((row.kind, tuple(label for label, _ in row.cells)), []).append(row)
    return layouts


def _rejected(kind: TableKind, labels: tuple[str, ...], rows: list[RejectedRow]) -> SheetSpec:
    """Columns that are needed and were not there are added, so that they can be filled in."""
    table = TABLES[kind]
    known = {column.field for label in labels if (column := table.find(label))}
    added = tuple(column.header for column in table.columns if column.needed and column.field not in known)
    header = (*labels, *added, REMARK_LABEL)

    def written() -> Iterator[tuple[WrittenCell, ...]]:
        for row in rows:
            yield (*(_written(cell) for _, cell in row.cells), *("" for _ in added), row.remark)

    widths = [max(12, min(40, 2 * len(label) + 3)) for label in header[:-1]]
    return SheetSpec(kind.value, header, written(), (*widths, 60), highlighted=frozenset({len(header) - 1}))


def _written(cell: Cell) -> WrittenCell:
    """As it stood; nested values of jsonl as text."""
    if isinstance(cell, str | int | float | date) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, list) and any(isinstance(one, dict) for one in cell):
        return ""
    return cell_text(cell)
