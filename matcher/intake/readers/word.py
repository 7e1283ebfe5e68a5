"""Word documents: paragraphs and tables become rows, in the order of the document."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from matcher.intake.errors import FileTooLarge, FileUnreadable
from matcher.intake.readers.archive_guard import check_archive, pieces
from matcher.intake.readers.word_text import document_rows
from matcher.intake.sheets import Sheet

_XML_LIMIT_MB = 12
_DAMAGED = "Word 文档已损坏，请用 Word/WPS 打开后另存为 .docx 再导入"


def open_docx(path: Path) -> list[Sheet]:
    """The document as one sheet. Raises FileUnreadable, FileTooLarge."""
    with zipfile.ZipFile(path) as archive:
        check_archive(path, archive)
        try:
            rows = list(document_rows(_main_part(path, archive)))
        except (ElementTree.ParseError, KeyError, RecursionError, UnicodeError) as error:
            raise FileUnreadable(path.name, _DAMAGED) from error
    return [Sheet("", lambda: iter(rows))]


def _main_part(path: Path, archive: zipfile.ZipFile) -> ElementTree.Element:
    """The part that the package names as its document; some programs call it word/document2.xml."""
    relations = _xml(path, archive, "_rels/.rels")
    target = next(
        (node.get("Target", "") for node in relations if node.get("Type", "").endswith("/officeDocument")),
        "word/document.xml",
    )
    return _xml(path, archive, target.lstrip("/"))


def _xml(path: Path, archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """The part, whatever it is called; its pieces are checked for entities. Raises FileUnreadable, FileTooLarge."""
    part = archive.getinfo(name)
    if part.file_size > _XML_LIMIT_MB << 20:
        raise FileTooLarge(path.name, f"Word 文档文字部分展开后有 {part.file_size >> 20} MB，不像一份问卷")
    return ElementTree.fromstring(b"".join(pieces(path, archive, part)))
