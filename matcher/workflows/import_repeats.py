"""Finds numbers that stand twice in one file."""

from __future__ import annotations

from matcher.intake.columns import Table
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow

_MASK = (1 << 48) - 1


class RepeatedNumbers:
    """Remembers a few integers a row, so that a file of millions of rows fits into memory."""

    def __init__(self, table: Table) -> None:
        needed = [column.field for column in table.columns if column.needed and column.field != "id"]
        self._name_field = needed[0] if needed else ""
        self._file = ""
        self._sheets: list[str] = []
        self._rows: dict[int, tuple[int, int, int]] = {}
        self._above: ParsedRow | None = None

    def is_repeat(self, row: ParsedRow) -> bool:
        """Whether the row says nothing that an earlier row of its number did not say.

        Raises RowUnusable where it says something else.
        """
        place = row.source.place
        if place.file != self._file:
            self._file, self._sheets, self._rows, self._above = place.file, [], {}, None
        above, self._above = self._above, row
        here = self._sheet(place.sheet), place.row
        said = hash(row.stated) & _MASK
        first, *there = self._rows.setdefault(hash(row.text("id")), (said, *here))
        if tuple(there) == here:
            return False
        if first == said or _adds_nothing(row, above):
            self._above = above
            return True
        raise RowUnusable("id", self._message(row, *there), "请改正编号，或只保留一行")

    def _sheet(self, name: str) -> int:
        if name not in self._sheets:
            self._sheets.append(name)
        return self._sheets.index(name)

    def _message(self, row: ParsedRow, sheet: int, number: int) -> str:
        elsewhere = self._sheets[sheet] != row.source.place.sheet
        other = f"{f'工作表“{self._sheets[sheet]}”' if elsewhere else ''}{f'第 {number} 行' if number else ''}"
        name = row.text(self._name_field)
        return f"编号“{row.text('id')}”与{other}重复，而内容不同" + (f"（本行是“{name[:30]}”）" if name else "")


def _adds_nothing(row: ParsedRow, above: ParsedRow | None) -> bool:
    return above is not None and above.text("id") == row.text("id") and set(row.stated) <= set(above.stated)
