"""Files that would take the machine down, or are not what they seem: told in seconds, in bounded memory."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from matcher.intake.errors import FileUnreadable
from matcher.intake.sheets import BrokenRow, Records, Sheet
from matcher.intake.sources import find_files, open_source
from tests.intake.workbooks import write_docx, write_xlsx

HEAD = ["专家编号", "姓名", "研究方向"]
LIMIT_MB = 1024


def read(path: Path) -> list[list[object]]:
    """Every row that says something, of all sheets."""
    with open_source(path, LIMIT_MB) as sheets:
        rows = [row for sheet in sheets for row in sheet.rows()]
    return [
        list(row)
        for row in rows
        if row and not isinstance(row, BrokenRow) and any(cell not in ("", None) for cell in row)
    ]


def refusal(path: Path) -> str:
    start = time.monotonic()
    with pytest.raises(FileUnreadable) as error:
        read(path)
    assert time.monotonic() - start < 10
    return str(error.value)


def rewritten(source: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """The archive with some parts replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name, old.read(name) if name in old.namelist() else b""))
    return target


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "good.xlsx", {"专家表": [HEAD, ["E1", "张三", "水稻"]]})


def test_zip_bomb(workbook: Path, tmp_path: Path) -> None:
    bomb = rewritten(workbook, tmp_path / "bomb.xlsx", {"xl/sharedStrings.xml": b" " * (200 << 20)})
    assert "压缩炸弹" in refusal(bomb)


def test_a_directory_that_lies_about_sizes(workbook: Path, tmp_path: Path) -> None:
    liar = rewritten(workbook, tmp_path / "liar.xlsx", {"xl/worksheets/sheet1.xml": b"<a>" + b"x" * 100_000 + b"</a>"})
    body = bytearray(liar.read_bytes())
    size = (100_007).to_bytes(4, "little")
    while (at := body.find(size)) >= 0:
        body[at : at + 4] = (50).to_bytes(4, "little")
    liar.write_bytes(body)
    assert "损坏" in refusal(liar)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<w>" + os.urandom(7 << 20).hex().encode() + b"</w>", "不像一份问卷"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "实体"),
        ('<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16"), "编码"),
    ],
    ids=["large", "entity", "utf-16"],
)
def test_a_document_part_of_another_ending_is_checked_too(content: bytes, words: str, tmp_path: Path) -> None:
    document = write_docx(tmp_path / "good.docx", ["需求名称：x"])
    with zipfile.ZipFile(document) as archive:
        relations = archive.read("_rels/.rels").replace(b"word/document.xml", b"word/document.dat")
    parts = {"_rels/.rels": relations, "word/document.dat": content}
    assert words in refusal(rewritten(document, tmp_path / "renamed.docx", parts))


def test_a_million_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty_rows.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet("专家表"), book.add_format({"bold": True})
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["E1", "张三", "水稻"])
        for row in range(2, 300_000):
            sheet.write_blank(row, 0, None, bold)
    start = time.monotonic()
    assert read(path) == [HEAD, ["E1", "张三", "水稻"]]
    assert time.monotonic() - start < 10


def test_one_cell_at_the_far_corner(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write(1_048_575, 16_383, "x")
    assert "XFD1048576" in refusal(path)


def test_five_hundred_columns(tmp_path: Path) -> None:
    wide = write_xlsx(tmp_path / "wide.xlsx", {"a": [[*HEAD, *(f"列{n}" for n in range(500))], ["E1", "张三", "水稻"]]})
    assert len(read(wide)[0]) == 503


def test_formulas_are_read_by_their_results(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_formula(1, 0, '="E"&1', None, "E1")
        sheet.write_formula(1, 1, "=A9", None, "")
        sheet.write_formula(1, 2, "=#REF!", None, "#REF!")
    with open_source(path, LIMIT_MB) as sheets:
        (sheet,) = sheets
        assert isinstance(sheet, Sheet)
        assert list(sheet.rows())[1] == ["E1", "", ""]
        assert sheet.faults == {(1, 1): "公式没有计算结果", (1, 2): "公式出错（如 #REF!、#N/A）"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"MZ\x90\x00" + bytes(500), "程序"),
        ("a.xlsx", b"", "空"),
        ("a.csv", b"  \n\n", "没有内容"),
        ("a.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("a.xlsx", b"%PDF-1.4", "PDF"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table>", "另存为"),
        ("a.csv", bytes(range(256)) * 40, "认不出"),
        ("a.csv", "编号,姓名".encode("utf-16-le"), "空字节"),
        ("a.csv", b"\xff\x81\xff\x81\x00\x01,\xfe" * 10, ""),
        ("a.docx", b"not a document", "不是 Word"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refusal(path)


def test_broken_xml_and_entities(workbook: Path, tmp_path: Path) -> None:
    broken = rewritten(workbook, tmp_path / "broken.xlsx", {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    assert "损坏" in refusal(broken)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet/>'
    assert "实体" in refusal(rewritten(workbook, tmp_path / "entity.xlsx", {"xl/worksheets/sheet1.xml": bomb}))
    late = b"<!--" + b"x" * 100_000 + b"-->" + bomb[21:]
    assert "实体" in refusal(rewritten(workbook, tmp_path / "late.xlsx", {"xl/worksheets/sheet1.xml": late}))
    wide = bomb.decode().replace("1.0", '1.0" encoding="UTF-16').encode("utf-16")
    assert "UTF-8" in refusal(rewritten(workbook, tmp_path / "wide.xlsx", {"xl/worksheets/sheet1.xml": wide}))
    document = write_docx(tmp_path / "good.docx", ["需求名称：x"])
    assert "实体" in refusal(rewritten(document, tmp_path / "entity.docx", {"word/document.xml": bomb}))
    assert "损坏" in refusal(rewritten(document, tmp_path / "broken.docx", {"word/document.xml": b"<w:document"}))
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "x")
    (tmp_path / "plain.xlsx").write_bytes(plain.getvalue())
    assert "压缩包" in refusal(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = [HEAD, ["E1", "张三", '"水稻，玉米' + delimiter + '大豆"'], ["E2", "李四", "盐碱地"]]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert read(path) == [HEAD, ["E1", "张三", f"水稻，玉米{delimiter}大豆"], ["E2", "李四", "盐碱地"]]


def test_a_line_without_end_and_an_open_quote_cost_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("专家编号,姓名,研究方向\nE1,张三,水稻\n")
        file.write("x" * 5_000_000 + "\nE2,李四,玉米\n")
        file.write('E3,"王五' + "y\n" * 200_000)
    with open_source(path, LIMIT_MB) as sheets:
        rows = [row for sheet in sheets for row in sheet.rows()]
    assert ["E2", "李四", "玉米"] in rows
    assert sum(isinstance(row, BrokenRow) for row in rows) >= 2


def test_json_lines_too_long_or_too_deep_cost_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"id": "' + "x" * (30 << 20) + '"}\n')
        file.write("[" * 200_000 + "\n" + '{"id": "E1"}\n')
    with open_source(path, LIMIT_MB) as sources:
        (records,) = sources
        assert isinstance(records, Records)
        rows = list(records.rows())
    assert [isinstance(row, BrokenRow) for row in rows] == [True, True, False]


def test_nul_bytes_inside_a_long_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "专家编号,姓名,研究方向\n".encode() + "E1,张三,水稻\n".encode() * 10_000 + "E2,李\x00四,玉米\n".encode()
    )
    assert read(path)[-1] == ["E2", "李四", "玉米"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "密"
    folder.mkdir(mode=0)
    for path in (folder, folder / "a.xlsx"):
        with pytest.raises(FileUnreadable, match="权限"):
            find_files([path])


def test_a_large_text_is_streamed(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "large.csv"
    line = "E{},张三,{}\n".format("{}", "水稻" * 200)
    with path.open("w", encoding="utf-8") as file:
        file.write("专家编号,姓名,研究方向\n")
        for start in range(0, 100_000, 10_000):
            file.write("".join(line.format(number) for number in range(start, start + 10_000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open_source(path, LIMIT_MB) as sheets:
        count = sum(1 for sheet in sheets for _ in sheet.rows())
    assert count == 100_001
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
