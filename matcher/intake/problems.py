"""What is wrong with a row or a file, where it stands and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error rejects the row, a warning does not."""

    ERROR = "退回"
    WARNING = "提示"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands. `row` counts from 1 as Excel does, 0 for the whole sheet; `sheet` is "" for plain files."""

    file: str
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        sheet = f"“{self.sheet}”" if self.sheet else ""
        row = f"第 {self.row} 行" if self.row else ""
        return f"{self.file} {sheet}{row}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """`column` is the header as it stands in the file; `value` is masked where the column is private."""

    severity: Severity
    place: Place
    column: str
    value: str
    message: str
    advice: str

    def __str__(self) -> str:
        column = f"“{self.column}”" if self.column else ""
        return f"{self.place}{column}：{self.message}。{self.advice}。"
