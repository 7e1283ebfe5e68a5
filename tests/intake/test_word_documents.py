"""Word questionnaires as real programs write them: controls, tick boxes, merged and nested tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx

from matcher.intake.sheets import Sheet
from matcher.intake.sources import open_source

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def rows_of(path: Path) -> list[list[object]]:
    with open_source(path, 16) as sheets:
        (sheet,) = sheets
        assert isinstance(sheet, Sheet)
        return [list(row) for row in sheet.rows()]  # type: ignore[arg-type]


def written(path: Path, body: str) -> Path:
    """A document with this body, as XML."""
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>'.encode()
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_merged_cells_count_once_and_keep_their_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "企业情况"
    table.cell(0, 1).text = "企业名称"
    table.cell(0, 2).text = "示例公司"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "全行"
    document.save(str(tmp_path / "a.docx"))
    assert rows_of(tmp_path / "a.docx") == [["企业情况", "企业名称", "示例公司"], ["", "全行", ""]]


def test_a_table_inside_a_cell_is_part_of_its_text(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "主要问题"
    outer.cell(0, 1).text = "见下"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "叶片"
    inner.cell(0, 1).text = "结冰"
    document.save(str(tmp_path / "a.docx"))
    assert rows_of(tmp_path / "a.docx") == [["主要问题", "见下\n叶片 结冰"]]


def test_controls_symbols_and_tracked_changes(tmp_path: Path) -> None:
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>企业名称：</w:t></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>示例公司</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>攻关</w:t><w:tab/>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>开发</w:t></w:r></w:p>'
        "<w:p><w:r>"
        "<w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar>"
        "<w:t>是</w:t><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData></w:fldChar>"
        "<w:t>否</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>一次</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>一次</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert rows_of(written(tmp_path / "a.docx", body)) == [
        ["企业名称：示例公司"], ["☑攻关\t□开发"], ["☑是□否"], ["新"], ["一次"],
    ]  # fmt: skip


def test_a_forged_span_costs_nothing(tmp_path: Path) -> None:
    wide = cell("a", "<w:gridSpan w:val='2000000000'/>")
    body = f"<w:tbl><w:tr>{wide}{cell('b')}</w:tr></w:tbl>"
    (row,) = rows_of(written(tmp_path / "a.docx", body))
    assert len(row) == 64
    assert [row[0], row[-1]] == ["a", "b"]


def test_a_document_part_of_another_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.docx", "<w:p><w:r><w:t>在</w:t></w:r></w:p>")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/document2.xml")
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert rows_of(path) == [["在"]]
