"""Word documents: the one door to python-docx. Paragraphs and tables become rows, in the order of the document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from matcher.intake.errors import FileTooLarge, FileUnreadable
from matcher.intake.readers.archive_guard import check_archive, check_parts
from matcher.intake.sheets import Row, Sheet

_XML_LIMIT_MB = 24


def open_docx(path: Path) -> list[Sheet]:
    """The document as one sheet. Raises FileUnreadable, FileTooLarge."""
    with zipfile.ZipFile(path) as archive:
        check_archive(path, archive)
        size = sum(part.file_size for part in archive.infolist() if part.filename.lower().endswith(".xml"))
        if size > _XML_LIMIT_MB << 20:
            raise FileTooLarge(path.name, f"Word 文档文字部分展开后有 {size >> 20} MB，不像一份问卷")
        check_parts(path, archive)
    try:
        rows = list(_rows(path))
    except Exception as error:  # the library lets errors of its XML parser and its own assertions through
        raise FileUnreadable(path.name, "Word 文档已损坏，请用 Word/WPS 打开后另存为 .docx 再导入") from error
    return [Sheet("", lambda: iter(rows))]


def _rows(path: Path) -> Iterator[Row]:
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield [block.text]
        else:
            yield from _table_rows(block)


def _table_rows(table: Table) -> Iterator[Row]:
    """A merged cell counts once, at its first place; its other places are empty."""
    seen: set[object] = set()
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else _text(cell))
            seen.add(cell._tc)
        yield cells


def _text(cell: _Cell) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs).strip()
