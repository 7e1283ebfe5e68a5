"""Opens any file that can be imported, and finds the files of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matcher.intake.errors import FileUnreadable, NoSuchFile, NothingToImport
from matcher.intake.readers.delimited import open_delimited
from matcher.intake.readers.excel import open_xls, open_xlsx
from matcher.intake.readers.json_lines import open_json_lines
from matcher.intake.readers.sniff import READABLE_SUFFIXES, Format, sniff
from matcher.intake.readers.word import open_docx
from matcher.intake.sheets import Records, Sheet

_SAVE_AS = {
    **dict.fromkeys((".doc", ".wps", ".rtf"), "请另存为 .docx 再导入"),
    **dict.fromkeys((".et", ".xlsb", ".ods", ".numbers"), "请另存为 .xlsx 再导入"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "请先解压再导入"),
    ".pdf": "请改用 .xlsx 或 .docx 版本",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, each with the name that messages call it by, and notes on those passed over.

    A file in a folder is called by its path below the folder: each firm's file may bear the same name. No two files
    have one name, so that a row's place tells which file it is from.
    """

    files: Mapping[Path, str]
    notes: tuple[str, ...] = ()


@contextmanager
def open_source(path: Path, max_megabytes: int) -> Iterator[list[Sheet] | list[Records]]:
    """The sheets or records of one file. Raises FileUnreadable, FileTooLarge."""
    kind = sniff(path, max_megabytes)
    if kind is Format.XLSX:
        with open_xlsx(path) as sheets:
            yield sheets
    elif kind is Format.XLS:
        with open_xls(path) as sheets:
            yield sheets
    elif kind is Format.DOCX:
        yield open_docx(path)
    elif kind is Format.JSONL:
        yield open_json_lines(path)
    else:
        yield open_delimited(path)


def find_files(paths: Iterable[Path]) -> Found:
    """Files as given, folders with all below them. Raises NoSuchFile, FileUnreadable, NothingToImport."""
    files: dict[Path, str] = {}
    notes: list[str] = []
    for path in paths:
        try:
            if path.is_dir():
                _from_folder(path, files, notes)
            elif path.is_file():
                files.setdefault(path, path.name)
            else:
                raise NoSuchFile(path)
        except PermissionError as error:
            raise FileUnreadable(path.name, "没有读取它的权限，请换一个有权限的用户，或请管理员开通") from error
    if not files:
        raise NothingToImport(
            "没有可导入的文件",
            "文件夹里没有 .xlsx、.xls、.csv、.jsonl 或 .docx 文件" + "".join(f"；{n}" for n in notes[:5]),
        )
    return Found(_told_apart(files), tuple(notes))


def _told_apart(files: Mapping[Path, str]) -> Mapping[Path, str]:
    """Where two files bear one name, all are called by their paths below the folder that holds them all."""
    if len(set(files.values())) == len(files):
        return files
    full = [path.absolute() for path in files]
    above = os.path.commonpath(path.parent for path in full)
    return {path: str(at.relative_to(above)) for path, at in zip(files, full, strict=True)}


def _from_folder(folder: Path, files: dict[Path, str], notes: list[str]) -> None:
    """Folders inside that may not be read are passed over; this one raises PermissionError."""
    next(folder.iterdir(), None)
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") or part == "__MACOSX" for part in below.parts):
            continue
        if path.name.startswith("~$"):
            notes.append(f"跳过“{below}”：这是 Office 打开文件时的临时文件")
        elif path.suffix.lower() in READABLE_SUFFIXES:
            files.setdefault(path, str(below))
        else:
            notes.append(f"跳过“{below}”：{_SAVE_AS.get(path.suffix.lower(), '不是可导入的格式')}")
