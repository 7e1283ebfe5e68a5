"""Writes workbooks and the returned form; equal rows give equal bytes."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from docx import Document
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from demo.texts import NOTE, Cell, Row


def write_workbook(path: Path, sheets: Mapping[str, Iterable[Row]], columns: Mapping[str, Sequence[str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "comments": NOTE})
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns[name], bold)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, len(columns[name]) - 1, 16, wrapped)
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, [row.get(title) for title in columns[name]], day)


def _write_row(sheet: Worksheet, number: int, cells: Sequence[Cell], day: Format) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
        elif cell not in (None, ""):
            sheet.write(number, column, cell)


def write_form(path: Path, row: Row, columns: Sequence[str]) -> None:
    """One questionnaire as a firm returns it: a table of labels and values."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    document.add_heading("企业技术需求问卷", level=1)
    document.add_paragraph("（本表为虚构示例，供试用导入功能）")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name in (name for name in columns if not name.startswith("审核")):
        label, value = table.add_row().cells
        label.text, value.text = name, str(row.get(name) or "")
    buffer = BytesIO()
    document.save(buffer)
    path.write_bytes(_undated(buffer.getvalue()))


def _undated(archive: bytes) -> bytes:
    """The same zip with every entry at one date, so that equal content gives equal bytes."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            undated = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            target.writestr(undated, source.read(entry), compress_type=zipfile.ZIP_DEFLATED)
    return result.getvalue()
