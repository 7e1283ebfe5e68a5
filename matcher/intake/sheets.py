"""What the readers yield: sheets of rows, whatever the file was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from matcher.intake.cells import Cell

Row: TypeAlias = Sequence[Cell]
Position: TypeAlias = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; all bounds are included and count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """Stands in the place of a row that cannot be read; the reader goes on behind it."""

    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` starts anew at each call and gives every row of the sheet, blank ones too, from the first on.

    `faults` are cells without a usable value (a formula without result), with what is wrong.
    """

    name: str
    rows: Callable[[], Iterator[Row | BrokenRow]]
    merged: Callable[[], tuple[Merged, ...]] = tuple
    faults: Mapping[Position, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Rows with names of their own (jsonl): one mapping a line, or a broken row."""

    name: str
    rows: Callable[[], Iterator[Mapping[str, Cell] | BrokenRow | None]]
