"""Looks into an Office file (a zip of XML) before a library loads it: sizes, ratios, checksums, entities.

What the zip's directory declares is checked first; then the XML parts are read once, in pieces, so that a directory
that lies is found out before anything is loaded.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from matcher.intake.errors import FileTooLarge, FileUnreadable

_MB = 1 << 20
_PIECE = 2 * _MB
_LIMIT = 768 * _MB
_PART_COUNT = 5000
_RATIO = 150
_RATIO_MATTERS = 32 * _MB
_STRINGS_LIMIT = 256 * _MB
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_OVERLAP = 8
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DAMAGED = "文件已损坏，请用 Excel/WPS 打开后另存再导入"


def check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    """Sizes as the directory declares them. Raises FileTooLarge, FileUnreadable."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > _PART_COUNT:
        raise FileTooLarge(path.name, f"压缩包内有 {len(parts)} 个部件，不像正常的 Office 文件")
    for part in parts:
        if part.flag_bits & 1:
            raise FileUnreadable(path.name, "文件已加密，请去掉密码后另存再导入")
        if part.file_size > _RATIO_MATTERS and part.file_size > _RATIO * max(part.compress_size, 1):
            raise FileTooLarge(
                path.name, f"解压后会膨胀 {part.file_size // max(part.compress_size, 1)} 倍，疑似压缩炸弹"
            )
        if part.filename.lower().endswith("sharedstrings.xml") and part.file_size > _STRINGS_LIMIT:
            raise FileTooLarge(path.name, f"文字内容展开后有 {part.file_size // _MB} MB")
    if total > _LIMIT:
        raise FileTooLarge(
            path.name, f"解压后有 {total // _MB} MB，超过 {_LIMIT // _MB} MB；请拆成几个文件，或另存为 .csv"
        )


def pieces(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes in pieces, never more than declared; checksums are verified. Raises FileUnreadable."""
    try:
        with archive.open(part) as file:
            before = b""
            while piece := file.read(_PIECE):
                _check_piece(path, piece, before)
                before = piece[-_OVERLAP:]
                yield piece
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise FileUnreadable(path.name, _DAMAGED) from error


def _check_piece(path: Path, piece: bytes, before: bytes) -> None:
    """`before` ends the piece before; empty for the first piece, which must not be UTF-16: that would hide entities."""
    if any(word in before + piece for word in _FORBIDDEN):
        raise FileUnreadable(path.name, "文件内含实体定义（DOCTYPE/ENTITY），可能是恶意文件，已拒绝")
    if not before and piece.startswith(_UTF16_MARKS):
        raise FileUnreadable(path.name, "文件内部编码不是 UTF-8，不像 Office 保存的文件，已拒绝")
