"""Records of one kind with a private part: how they are read, compared and written, their history sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update

from matcher.store.access import Access, Reading, Writing
from matcher.store.batches import batches
from matcher.store.cipher import FieldCipher
from matcher.store.codec import Codec, Record, from_json, to_json
from matcher.store.keyring import Owner
from matcher.store.records import ChangeKind, HistoryAction, SaveOutcome

_BATCH, _PORTION = 1000, 50


@dataclass(frozen=True)
class Shape(Generic[Record]):
    """`private` names the field that is sealed, a text or a group of texts ("": none); `columns` are copies for SQL."""

    kind: ChangeKind
    table: Table
    codec: Codec[Record]
    private: str
    columns: Callable[[Record, FieldCipher], dict[str, object]]
    owner: Callable[[Record], Owner]


class RecordTable(Generic[Record]):
    def __init__(self, shape: Shape[Record]) -> None:
        self._shape = shape
        self._table = shape.table

    def owner(self, record: Record) -> Owner:
        """Whose key seals the record."""
        return self._shape.owner(record)

    def read_fields(self, fields: Mapping[str, object]) -> Record:
        """The record of a history payload."""
        return self._shape.codec.read_fields(fields)

    def fields(self, record: Record) -> dict[str, object]:
        """JSON values of everything that the record states."""
        return self._shape.codec.fields(record)

    def read(self, work: Reading, ids: Iterable[str], *, reveal: bool) -> dict[str, Record]:
        found: dict[str, Record] = {}
        wanted = select(self._table.c.id, self._table.c.document, self._table.c.sealed)
        for batch in batches(dict.fromkeys(ids), _BATCH):
            rows = work.connection.execute(wanted.where(self._table.c.id.in_(batch))).all()
            found.update(self._records(work, rows, reveal))
        return found

    def stream(self, access: Access, chunk: int, *, reveal: bool) -> Iterator[Record]:
        """In order of ids, each chunk in a transaction of its own: a slow reader holds nothing up."""
        wanted = select(self._table.c.id, self._table.c.document, self._table.c.sealed).order_by(self._table.c.id)
        last = ""
        while True:
            with access.reading() as work:
                rows = work.connection.execute(wanted.where(self._table.c.id > last).limit(chunk)).all()
                records = self._records(work, rows, reveal)
            if not rows:
                return
            yield from records.values()
            last = rows[-1].id

    def mentioning(self, access: Access, word: str) -> Iterator[Record]:
        """Records whose document holds the word, in order of ids."""
        written = json.dumps(word, ensure_ascii=False)[1:-1]
        wanted = select(self._table.c.id).where(self._table.c.document.contains(written, autoescape=True))
        with access.reading() as work:
            ids = work.connection.scalars(wanted.order_by(self._table.c.id)).all()
        for batch in batches(ids, _PORTION):
            with access.reading() as work:
                records = self.read(work, batch, reveal=False)
            yield from records.values()

    def save(self, work: Writing, records: Mapping[str, Record]) -> dict[str, SaveOutcome]:
        """Writes what is new or differs, with history and change log."""
        stored = self.read(work, records, reveal=True)
        outcomes = {key: _outcome(stored.get(key), record) for key, record in records.items()}
        self.insert(work, {key: records[key] for key, outcome in outcomes.items() if outcome is SaveOutcome.NEW})
        changed = {key: records[key] for key, outcome in outcomes.items() if outcome is SaveOutcome.CHANGED}
        self.update(work, changed, stored, HistoryAction.CHANGED)
        return outcomes

    def insert(self, work: Writing, records: Mapping[str, Record]) -> None:
        work.keys.provide(self._shape.owner(record) for record in records.values())
        if records:
            work.connection.execute(insert(self._table), [self._row(work, key, one) for key, one in records.items()])
        for key, record in records.items():
            work.remember(HistoryAction.CREATED, self._shape.kind, key, None, self.payload(work, key, record))
            work.changed(self._shape.kind, key)

    def update(
        self,
        work: Writing,
        records: Mapping[str, Record],
        before: Mapping[str, Record],
        action: HistoryAction,
        other: str = "",
    ) -> None:
        owners = [self._shape.owner(record) for record in (*records.values(), *before.values())]
        work.keys.provide(owners if records else ())
        self.overwrite(work, records)
        for key, record in records.items():
            sides = self.payload(work, key, before[key]), self.payload(work, key, record)
            work.remember(action, self._shape.kind, key, *sides, other)
            work.changed(self._shape.kind, key)

    def remove(self, work: Writing, gone: Mapping[str, Record], action: HistoryAction, other: str = "") -> None:
        """Deletes them; the history keeps what they said."""
        work.keys.provide(self._shape.owner(record) for record in gone.values())
        for key, record in gone.items():
            work.connection.execute(delete(self._table).where(self._table.c.id == key))
            work.remember(action, self._shape.kind, key, self.payload(work, key, record), other=other)
            work.changed(self._shape.kind, key)

    def overwrite(self, work: Writing, records: Mapping[str, Record]) -> None:
        """The bare update; history and change log are the caller's affair."""
        rows = [self._row(work, key, record) for key, record in records.items()]
        if rows:
            # A parameter may not be called like a column, and "id" is the one in the condition.
            renamed = [{"record_id" if name == "id" else name: value for name, value in row.items()} for row in rows]
            values: dict[str, object] = {name: bindparam(name) for name in rows[0] if name != "id"}
            statement = update(self._table).where(self._table.c.id == bindparam("record_id")).values(values)
            work.connection.execute(statement, renamed)

    def payload(self, work: Writing, key: str, record: Record) -> str:
        """The whole record for the history, sealed with its owner's key."""
        work.keys.provide([self._shape.owner(record)])
        place = history_place(self._shape.kind, key)
        return work.keys.seal(self._shape.owner(record), to_json(self._shape.codec.fields(record)), place)

    def _records(self, work: Reading, rows: Sequence[Row[str, str, str]], reveal: bool) -> dict[str, Record]:
        if not reveal:
            return {key: self._shape.codec.read(document) for key, document, _ in rows}
        sealed: dict[str, dict[str, str]] = {key: _texts(from_json(text)) for key, _, text in rows if text != "{}"}
        work.keys.load_named_by(value for fields in sealed.values() for value in fields.values())
        return {key: self._revealed(work, key, document, sealed.get(key, {})) for key, document, _ in rows}

    def _revealed(self, work: Reading, key: str, document: str, sealed: Mapping[str, str]) -> Record:
        if not sealed:
            return self._shape.codec.read(document)
        opened = work.keys.open_fields(sealed, self._place(key))
        private = opened if self._shape.private in opened else {self._shape.private: opened}
        return self._shape.codec.read_fields({**from_json(document), **private})

    def _row(self, work: Writing, key: str, record: Record) -> dict[str, object]:
        document = self._shape.codec.fields(record)
        private = document.pop(self._shape.private, {})
        texts = _texts(private) if isinstance(private, dict) else {self._shape.private: str(private)}
        sealed = work.keys.seal_fields(self._shape.owner(record), texts, self._place(key))
        columns = self._shape.columns(record, work.keys.cipher)
        return {"id": key, **columns, "document": to_json(document), "sealed": to_json(sealed)}

    def _place(self, key: str) -> str:
        return f"{self._table.name}/{key}"


def history_place(kind: ChangeKind, key: str) -> str:
    """The place that a sealed history payload is bound to."""
    return f"history/{kind.value}/{key}"


def _outcome(stored: Record | None, given: Record) -> SaveOutcome:
    if stored is None:
        return SaveOutcome.NEW
    return SaveOutcome.UNCHANGED if stored == given else SaveOutcome.CHANGED


def _texts(fields: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in fields.items()}
