"""Two people edited one record: what each changed, side by side, and a form that loses the work of neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.intake.columns import Table

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """A column that somebody else changed: what stood there when the form was opened, what he or she wrote, what
    `mine` is. `both`: the two differ and both are changes, so that a person must choose."""

    field: str
    label: str
    opened: str
    theirs: str
    mine: str
    both: bool


def clashes(table: Table, opened: Cells, now: Cells, typed: Cells) -> list[Clash]:
    """In the order of the form."""
    found = []
    for column in table.shown:
        name = column.field
        if name in typed and opened.get(name, "") != now.get(name, ""):
            before, theirs, mine = opened.get(name, ""), now.get(name, ""), typed[name]
            found.append(Clash(name, column.header, before, theirs, mine, mine not in (before, theirs)))
    return found


def reconciled(opened: Cells, now: Cells, typed: Cells) -> dict[str, str]:
    """The form as it goes on: what its editor left alone is as the other one saved it, the rest as it was typed."""
    return {name: now.get(name, "") if cell == opened.get(name, "") else cell for name, cell in typed.items()}
