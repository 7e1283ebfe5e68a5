"""Writes Excel workbooks: the one door to xlsxwriter. Whole or not at all; texts never become formulas."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from matcher.errors import reason_of
from matcher.tables.errors import WorkbookUnwritable
from matcher.tables.sheet import Cell, DropDown, SheetSpec

_TEXT_LIMIT = 32_767
_ROW_LIMIT = 1_048_576
_CUT = "……（内容过长，已截断）"
_LIST_LIMIT = 255
_A4 = 9
_OPTIONS_SHEET = "选项"
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(path: Path, sheets: Sequence[SheetSpec]) -> None:
    """Writes the sheets in order, atomically. Raises WorkbookUnwritable."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise WorkbookUnwritable(path, reason_of(error)) from error
    os.close(handle)
    try:
        _write(Path(draft), sheets)
        Path(draft).chmod(0o644)
        os.replace(draft, path)
    except (OSError, XlsxWriterException) as error:
        raise WorkbookUnwritable(path, reason_of(error) if isinstance(error, OSError) else str(error)) from error
    finally:
        Path(draft).unlink(missing_ok=True)


def _write(path: Path, sheets: Sequence[SheetSpec]) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        writer = _Writer(book)
        for name, sheet in zip(_sheet_names(sheets), sheets, strict=True):
            writer.sheet(name, sheet)
        writer.finish()


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._text = book.add_format({"valign": "top", "text_wrap": True})
        self._plain = book.add_format({"valign": "top"})
        self._as_text = book.add_format({"valign": "top", "num_format": "@"})
        self._percent = book.add_format({"valign": "top", "num_format": "0%"})
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
        self._star = book.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True})
        self._lists: dict[tuple[str, ...], str] = {}

    def sheet(self, name: str, sheet: SheetSpec) -> None:
        page = self._book.add_worksheet(name)
        self._columns(page, sheet)
        rows: Iterable[Sequence[Cell]] = chain([sheet.header], sheet.rows) if sheet.header else sheet.rows
        for number, row in enumerate(rows):
            if number >= _ROW_LIMIT:
                break
            for index, cell in enumerate(row):
                self._cell(page, number, index, cell, self._format(sheet, number, index))
        if sheet.header:
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
        _print_setup(page)
        for index, note in sheet.notes.items():
            page.write_comment(0, index, note, {"x_scale": 2})
        for drop_down in sheet.drop_downs:
            self._drop_down(page, drop_down)

    def finish(self) -> None:
        """Long lists of options stand on a hidden sheet behind all others."""
        if not self._lists:
            return
        page = self._book.add_worksheet(_OPTIONS_SHEET)
        page.hide()
        columns = list(self._lists)
        for number in range(max(map(len, columns))):
            for index, options in enumerate(columns):
                if number < len(options):
                    page.write_string(number, index, options[number])

    def _columns(self, page: Any, sheet: SheetSpec) -> None:
        width = max(len(sheet.header), len(sheet.widths))
        for index in range(width):
            title = sheet.header[index] if index < len(sheet.header) else ""
            own = sheet.widths[index] if index < len(sheet.widths) else min(40, max(10, 2 * len(title) + 2))
            page.set_column(index, index, own, self._as_text if index in sheet.text_columns else None)

    def _format(self, sheet: SheetSpec, number: int, index: int) -> Any:
        is_label = (number == 0 and bool(sheet.header)) or index in sheet.label_columns
        if not is_label:
            return self._percent if index in sheet.percent_columns else None
        return self._star if index in sheet.highlighted else self._head

    def _cell(self, page: Any, number: int, index: int, cell: Cell, form: Any) -> None:
        if cell is None or cell == "":
            if form is not None:
                page.write_blank(number, index, None, form)
        elif isinstance(cell, bool):
            page.write_string(number, index, "是" if cell else "否", form or self._plain)
        elif isinstance(cell, int | float):
            self._number(page, number, index, cell, form)
        elif isinstance(cell, datetime | date):
            self._date(page, number, index, cell, form)
        else:
            page.write_string(number, index, _shortened(str(cell)), form or self._text)

    def _number(self, page: Any, number: int, index: int, cell: float, form: Any) -> None:
        if isfinite(cell) and abs(cell) < 1e15:
            page.write_number(number, index, cell, form or self._plain)
        else:
            page.write_string(number, index, str(cell), form or self._plain)

    def _date(self, page: Any, number: int, index: int, cell: date, form: Any) -> None:
        if cell.year >= 1900 and getattr(cell, "tzinfo", None) is None:
            page.write_datetime(number, index, cell, form or self._day)
        else:
            page.write_string(number, index, cell.isoformat(), form or self._plain)

    def _drop_down(self, page: Any, drop_down: DropDown) -> None:
        if not drop_down.options:
            return
        source: Any = list(drop_down.options)
        if len(",".join(drop_down.options)) > _LIST_LIMIT or any("," in option for option in drop_down.options):
            source = self._range(drop_down.options)
        rule = {"validate": "list", "source": source, "ignore_blank": True, "show_error": drop_down.strict}
        rule |= {"error_title": "请从列表中选择", "error_message": "请从下拉列表中选择一项。"}
        column = drop_down.column
        page.data_validation(drop_down.first_row, column, drop_down.last_row, column, rule)

    def _range(self, options: tuple[str, ...]) -> str:
        if options not in self._lists:
            letter = xlsxwriter.utility.xl_col_to_name(len(self._lists))
            self._lists[options] = f"='{_OPTIONS_SHEET}'!${letter}$1:${letter}${len(options)}"
        return self._lists[options]


def _print_setup(page: Any) -> None:
    """A4 across, every column on the page, page numbers."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


def _shortened(text: str) -> str:
    clean = _UNWRITABLE.sub("\ufffd", text)
    return clean if len(clean) <= _TEXT_LIMIT else clean[: _TEXT_LIMIT - len(_CUT)] + _CUT


def _sheet_names(sheets: Sequence[SheetSpec]) -> list[str]:
    """Names as Excel allows them: at most 31 characters, none of []:*?/\\, each once."""
    names: list[str] = []
    for sheet in sheets:
        plain = _FORBIDDEN_IN_NAMES.sub("", sheet.name).strip("'")[:28] or "表"
        name, number = plain, 2
        while name.lower() in (known.lower() for known in names):
            name, number = f"{plain}{number}", number + 1
        names.append(name)
    return names
