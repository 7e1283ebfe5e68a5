"""Reads the history and the change log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select

from matcher.store.access import Access, Reading
from matcher.store.codec import from_json
from matcher.store.record_table import history_place
from matcher.store.records import Change, ChangeKind, HistoryAction, HistoryEntry
from matcher.store.tables import changes, history


class _Side(NamedTuple):
    fields: Mapping[str, object] | None
    readable: bool


def history_of(work: Reading, kind: ChangeKind, key: str, hidden: str = "") -> list[HistoryEntry]:
    """Oldest first; the field named `hidden` is left out of both sides."""
    found = select(history).where(history.c.kind == kind.value, history.c.key == key).order_by(history.c.sequence)
    rows = work.connection.execute(found).all()
    work.keys.load_named_by(text for row in rows for text in (row.before, row.after) if text)
    entries = []
    for row in rows:
        before, after = (_side(work, text, history_place(kind, key), hidden) for text in (row.before, row.after))
        act = (row.sequence, row.at, row.by, HistoryAction(row.action), row.key, row.other)
        entries.append(HistoryEntry(*act, before.fields, after.fields, before.readable and after.readable))
    return entries


def _side(work: Reading, text: str | None, place: str, hidden: str) -> _Side:
    if text is None:
        return _Side(None, True)
    opened = text if text.startswith("{") else work.keys.open(text, place)
    if not opened:
        return _Side(None, False)
    return _Side({name: value for name, value in from_json(opened).items() if name != hidden}, True)


def version_of(work: Reading, kind: ChangeKind, key: str) -> int:
    """Sequence of the record's newest history row, 0 for one that was never stored: what an edit must have seen."""
    newest = select(func.max(history.c.sequence)).where(history.c.kind == kind.value, history.c.key == key)
    return work.connection.scalar(newest) or 0


class Changes:
    """The change log: an index asks what happened since the last change it holds."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def last(self) -> int:
        """The newest sequence, 0 for an empty log."""
        with self._access.reading() as work:
            return work.connection.scalar(select(func.max(changes.c.sequence))) or 0

    def since(self, sequence: int) -> list[Change]:
        """Every change after `sequence`, in order."""
        columns = (changes.c.sequence, changes.c.kind, changes.c.key, changes.c.number)
        newer = select(*columns).where(changes.c.sequence > sequence).order_by(changes.c.sequence)
        with self._access.reading() as work:
            return [
                Change(at, ChangeKind(kind), key, number) for at, kind, key, number in work.connection.execute(newer)
            ]

    def latest(self, kind: ChangeKind) -> dict[str, int]:
        """Key -> sequence of the newest change, of every record of the kind."""
        newest = select(changes.c.key, func.max(changes.c.sequence)).where(changes.c.kind == kind.value)
        with self._access.reading() as work:
            return dict(iter(work.connection.execute(newest.group_by(changes.c.key))))
