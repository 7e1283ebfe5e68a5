"""Files that cannot be read at all; each error says in Chinese what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.errors import MatcherError, UsageError
from matcher.intake.columns import TableKind


class IntakeError(MatcherError):
    """Anything that stops a whole file."""


class FileUnreadable(IntakeError, UsageError):
    """The file is not what it seems, is damaged, protected, or of a kind that is not read."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"文件“{name}”读不了：{detail}。")
        self.detail = detail

    def called(self, name: str) -> FileUnreadable:
        """The same of a file under the name by which the reader of the message knows it."""
        return FileUnreadable(name, self.detail)


class FileTooLarge(FileUnreadable):
    """Reading the file would take more memory or disk than allowed."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(name, f"{detail}。为保护系统没有读取")


class NoSuchFile(IntakeError, UsageError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"找不到文件或文件夹“{path}”。请检查路径是否写对。")


class NothingToImport(IntakeError, UsageError):
    """A folder without readable files, or files without a recognisable table.

    `looks_like`: the kinds of table that the files seem to hold instead.
    """

    def __init__(self, what: str, detail: str, looks_like: Sequence[TableKind] = ()) -> None:
        super().__init__(f"{what}：{detail}。")
        self.looks_like = tuple(looks_like)


class RowUnusable(IntakeError):
    """A record cannot be made of a row; the importer turns it into a problem of that row."""

    def __init__(self, field: str, message: str, advice: str) -> None:
        super().__init__(f"{message}。{advice}。")
        self.field = field
        self.message = message
        self.advice = advice
