"""Tells what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from matcher.errors import reason_of
from matcher.intake.errors import FileTooLarge, FileUnreadable

_HEAD = 8192
_OLE_SEARCH = 8 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = {
    b"MZ": "这是一个程序（exe），不是可导入的表格",
    b"\x7fELF": "这是一个程序，不是可导入的表格",
    b"#!": "这是一个脚本程序，不是可导入的表格",
}
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_FOREIGN = {
    b"%PDF": "这是 PDF 文件，不能导入，请把内容填入模板，或改用 .xlsx、.docx 版本",
    b"Rar!": "这是压缩包，请先解压，再导入里面的表格",
    b"7z\xbc\xaf": "这是压缩包，请先解压，再导入里面的表格",
    b"\x1f\x8b": "这是压缩包，请先解压，再导入里面的表格",
    b"\x89PNG": "这是图片，不能导入，请把内容填入模板",
    b"\xff\xd8\xff": "这是图片，不能导入，请把内容填入模板",
    b"GIF8": "这是图片，不能导入，请把内容填入模板",
    b"SQLite format 3": "这是数据库文件，不是可导入的表格",
    b"{\\rtf": "这是 RTF 文档，请另存为 .docx",
}


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"
    DELIMITED = "csv"
    JSONL = "jsonl"


READABLE_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".docx"})


def sniff(path: Path, max_megabytes: int) -> Format:
    """The format of a file. Raises FileUnreadable, FileTooLarge with what to do."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise FileUnreadable(path.name, f"打不开（{reason_of(error)}），请检查权限，或关闭正在使用它的程序") from error
    if not head.strip(b"\x00 \t\r\n"):
        raise FileUnreadable(path.name, "文件是空的" if not head else "文件里没有内容")
    if size > max_megabytes << 20:
        raise FileTooLarge(path.name, f"文件有 {size >> 20} MB，超过上限 {max_megabytes} MB（MATCHER_MAX_FILE_MB）")
    return _by_content(path, head)


def _by_content(path: Path, head: bytes) -> Format:
    for magic, detail in {**_PROGRAMS, **_FOREIGN}.items():
        if head.startswith(magic):
            raise FileUnreadable(path.name, detail)
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_OLE):
        return _compound(path)
    return _text(path, head)


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise FileUnreadable(path.name, "文件已损坏（压缩结构不完整），请重新获取或用 Excel/WPS 打开后另存") from error
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return Format.XLSX
    if any(name.lower().startswith("word/document") and name.lower().endswith(".xml") for name in names):
        return Format.DOCX
    if any(name.lower().endswith("workbook.bin") for name in names):
        raise FileUnreadable(path.name, f"不支持 .xlsb 格式，{_SAVE_AS}")
    if "content.xml" in names:
        raise FileUnreadable(path.name, f"不支持 OpenDocument 格式，{_SAVE_AS}")
    raise FileUnreadable(path.name, "这是压缩包，不是 Excel 或 Word 文件；请先解压再导入")


def _compound(path: Path) -> Format:
    with path.open("rb") as file:
        body = file.read(_OLE_SEARCH)
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise FileUnreadable(path.name, "文件设有打开密码，请去掉密码后另存再导入")
    if "WordDocument".encode("utf-16-le") in body:
        raise FileUnreadable(path.name, "不支持 .doc 格式，请用 Word 或 WPS 打开后另存为 .docx 再导入")
    workbook = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
    if any(name in body for name in workbook) or path.suffix.lower() == ".xls":
        return Format.XLS
    raise FileUnreadable(path.name, f"认不出的旧式 Office 文件，{_SAVE_AS}")


def _text(path: Path, head: bytes) -> Format:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise FileUnreadable(path.name, f"这是网页或 XML 文件，不是 Excel 工作簿，{_SAVE_AS}")
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return Format.JSONL
    if suffix in (".docx", ".doc"):
        raise FileUnreadable(path.name, "不是 Word 文档，文件可能已损坏或被改名")
    if suffix == ".xlsx" and _looks_binary(head):
        raise FileUnreadable(path.name, f"不是 Excel 工作簿，文件可能已损坏或被改名；{_SAVE_AS}")
    if start.startswith(b"{") and suffix in (".json", ".txt"):
        return Format.JSONL
    if _looks_binary(head):
        raise FileUnreadable(
            path.name, "不是文本、Excel 或 Word 文件，认不出内容；如果是表格，请用 Excel/WPS 另存为 .xlsx 或“CSV UTF-8”"
        )
    return Format.DELIMITED


def _looks_binary(head: bytes) -> bool:
    """Text of a known encoding holds no control bytes; UTF-16 is told by its mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return odd > max(8, len(head) // 100)
