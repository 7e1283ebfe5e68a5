"""Reads the history and the change log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, select

from matcher.store.access import Access, Reading
from matcher.store.codec import from_json
from matcher.store.record_table import history_place
from matcher.store.records import Change, ChangeKind, HistoryAction, HistoryEntry
from matcher.store.tables import changes, history

_PORTION = 1000


class _Side(NamedTuple):
    fields: Mapping[str, object] | None
    readable: bool


def history_of(work: Reading, kind: ChangeKind, key: str, hidden: str = "") -> list[HistoryEntry]:
    """Oldest first; the field named `hidden` is left out of both sides."""
    found = select(history).where(history.c.kind == kind.value, history.c.key == key).order_by(history.c.sequence)
    rows = work.connection.execute(found).all()
    work.keys.load_named_by(text for row in rows for text in (row.before, row.after) if text)
    return [_entry(work, row, kind, hidden) for row in rows]


def entries_of(work: Reading, condition: ColumnElement[bool], kind: ChangeKind) -> Iterator[HistoryEntry]:
    """Rows of one kind, oldest first, revealed."""
    rows = work.connection.execute(select(history).where(condition).order_by(history.c.sequence)).all()
    work.keys.load_named_by(text for row in rows for text in (row.before, row.after) if text)
    yield from (_entry(work, row, kind, "") for row in rows)


def _entry(work: Reading, row: Row[Any], kind: ChangeKind, hidden: str) -> HistoryEntry:
    before, after = (_side(work, text, history_place(kind, row.key), hidden) for text in (row.before, row.after))
    act = (row.sequence, row.at, row.by, HistoryAction(row.action), row.key, row.other)
    return HistoryEntry(*act, before.fields, after.fields, before.readable and after.readable)


def _side(work: Reading, text: str | None, place: str, hidden: str) -> _Side:
    if text is None:
        return _Side(None, True)
    opened = text if text.startswith("{") else work.keys.open(text, place)
    if not opened:
        return _Side(None, False)
    return _Side({name: value for name, value in from_json(opened).items() if name != hidden}, True)


def version_of(work: Reading, kind: ChangeKind, key: str) -> int:
    """Sequence of the record's newest history row: what an edit must have seen; 0 for one that is not there."""
    mine = select(history.c.sequence, history.c.action).where(history.c.kind == kind.value, history.c.key == key)
    newest = work.connection.execute(mine.order_by(history.c.sequence.desc()).limit(1)).first()
    return newest.sequence if newest and newest.action != HistoryAction.REMOVED else 0


def keys_ever(kind: ChangeKind, prefix: str) -> Select[tuple[str]]:
    """Selects the numbers that begin so and that a record of the kind ever bore, whether or not it is still there."""
    begins = history.c.key.startswith(prefix, autoescape=True)
    return select(history.c.key).where(history.c.kind == kind.value, begins).distinct()


def record_at(work: Reading, kind: ChangeKind, key: str, version: int) -> Mapping[str, object] | None:
    """The fields of the record as the history row of this sequence left it; None where that cannot be read."""
    here = (history.c.kind == kind.value) & (history.c.key == key) & (history.c.sequence == version)
    row = work.connection.execute(select(history).where(here)).one_or_none()
    if row is None:
        return None
    work.keys.load_named_by([row.after] if row.after else [])
    return _entry(work, row, kind, "").after


class Past:
    """The history of all records together: what an import did, or would do in a rehearsal."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def last(self) -> int:
        """The newest sequence, 0 for an empty history."""
        with self._access.reading() as work:
            return work.connection.scalar(select(func.max(history.c.sequence))) or 0

    def since(self, sequence: int) -> Iterator[tuple[ChangeKind, HistoryEntry]]:
        """Every entry after `sequence`, in order, private parts revealed."""
        while True:
            newer = select(history).where(history.c.sequence > sequence).order_by(history.c.sequence).limit(_PORTION)
            with self._access.reading() as work:
                rows = work.connection.execute(newer).all()
                work.keys.load_named_by(text for row in rows for text in (row.before, row.after) if text)
                found = [(ChangeKind(row.kind), _entry(work, row, ChangeKind(row.kind), "")) for row in rows]
            if not rows:
                return
            yield from found
            sequence = rows[-1].sequence


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
