"""Excel workbooks, .xlsx and .xls: the one door to python-calamine."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

import python_calamine as calamine

from matcher.intake.cells import Cell
from matcher.intake.errors import FileTooLarge, FileUnreadable
from matcher.intake.readers.archive_guard import check_archive, pieces
from matcher.intake.readers.xlsx_survey import RowTooLong, Survey, column_letters, survey
from matcher.intake.sheets import Merged, Row, Sheet

_CELLS_LIMIT = 16_000_000
_XLS_LIMIT_MB = 128
_DAMAGED = "工作簿内容已损坏，请用 Excel/WPS 打开后另存再导入"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@contextmanager
def open_xlsx(path: Path) -> Iterator[list[Sheet]]:
    """Visible and hidden worksheets of a workbook. Raises FileUnreadable, FileTooLarge."""
    surveys = _surveys(path)
    with _workbook(path) as workbook:
        yield [_sheet(path, workbook, name, surveys.get(name)) for name in _worksheets(workbook)]


@contextmanager
def open_xls(path: Path) -> Iterator[list[Sheet]]:
    """Worksheets of an old workbook, at most 65,536 rows each. Raises FileUnreadable, FileTooLarge."""
    if path.stat().st_size > _XLS_LIMIT_MB << 20:
        raise FileTooLarge(path.name, f".xls 文件超过 {_XLS_LIMIT_MB} MB，请另存为 .xlsx 或 .csv")
    with _workbook(path) as workbook:
        yield [_sheet(path, workbook, name, None) for name in _worksheets(workbook)]


@contextmanager
def _workbook(path: Path) -> Iterator[calamine.CalamineWorkbook]:
    with path.open("rb") as file, _readable(path):
        workbook = _load(file)
        yield workbook


def _load(file: BinaryIO) -> calamine.CalamineWorkbook:
    return calamine.CalamineWorkbook.from_filelike(file)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except calamine.PasswordError as error:
        raise FileUnreadable(path.name, "文件设有打开密码，请去掉密码后另存再导入") from error
    except (calamine.CalamineError, OSError) as error:
        raise FileUnreadable(path.name, _DAMAGED) from error


def _worksheets(workbook: calamine.CalamineWorkbook) -> list[str]:
    return [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]


def _sheet(path: Path, workbook: calamine.CalamineWorkbook, name: str, found: Survey | None) -> Sheet:
    loaded: list[calamine.CalamineSheet] = []

    def load() -> calamine.CalamineSheet:
        if not loaded:
            with _readable(path):
                loaded.append(workbook.get_sheet_by_name(name))
        return loaded[0]

    return Sheet(name, _rows(load), lambda: _merged(load()), found.faults if found else {})


def _rows(load: Callable[[], calamine.CalamineSheet]) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        sheet = load()
        blanks: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
        for row in sheet.iter_rows():
            yield [*blanks, *row] if blanks else row

    return rows


def _merged(sheet: calamine.CalamineSheet) -> tuple[Merged, ...]:
    return tuple(Merged(*start, *end) for start, end in sheet.merged_cell_ranges or ())


def _surveys(path: Path) -> dict[str, Survey]:
    """Sheet name -> what its XML holds, of sheets that may be loaded. Raises FileUnreadable, FileTooLarge."""
    found: dict[str, Survey] = {}
    with zipfile.ZipFile(path) as archive:
        check_archive(path, archive)
        sheets = _sheet_parts(path, archive)
        for part in archive.infolist():
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            name = sheets.get(part.filename.lower())
            result = _surveyed(path, pieces(path, archive, part), is_sheet=name is not None)
            if name is not None:
                _check_bounds(path, name, result)
                found[name] = result
    return found


def _surveyed(path: Path, content: Iterator[bytes], *, is_sheet: bool) -> Survey:
    if not is_sheet:
        for _ in content:
            pass
        return Survey()
    try:
        return survey(content)
    except RowTooLong as error:
        raise FileTooLarge(path.name, "工作表里有一行内容超过 64 MB") from error


def _check_bounds(path: Path, name: str, found: Survey) -> None:
    if found.rows * found.columns > _CELLS_LIMIT:
        corner = f"{column_letters(found.columns)}{found.rows}"
        detail = f"工作表“{name}”的数据一直延伸到 {corner}，请删除表外的零散内容，或拆成几个文件、另存为 .csv"
        raise FileTooLarge(path.name, detail)


def _sheet_parts(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name in lower case -> sheet name."""
    try:
        names = {name.lower(): name for name in archive.namelist()}
        targets = {
            relation.get("Id"): _part_name(relation.get("Target") or "")
            for relation in _xml(path, archive, names["xl/_rels/workbook.xml.rels"]).iter(_RELATIONS)
        }
        sheets = [node for node in _xml(path, archive, names["xl/workbook.xml"]).iter() if node.tag.endswith("}sheet")]
        return {targets[_relation(node)]: node.get("name") or "" for node in sheets if _relation(node) in targets}
    except (ElementTree.ParseError, KeyError, UnicodeError) as error:
        raise FileUnreadable(path.name, _DAMAGED) from error


def _relation(node: ElementTree.Element) -> str | None:
    return next((value for key, value in node.attrib.items() if key.endswith("}id")), None)


def _part_name(target: str) -> str:
    inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return inside.lower()


def _xml(path: Path, archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    part = archive.getinfo(name)
    if part.file_size > 16 << 20:
        raise FileTooLarge(path.name, "工作簿目录异常庞大")
    return ElementTree.fromstring(b"".join(pieces(path, archive, part)))
