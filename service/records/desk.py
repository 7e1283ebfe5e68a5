"""What the desks of experts and of demands share: lists, forms, history, edits that tell who was quicker."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from matcher.catalogue.catalogue import Layout
from matcher.catalogue.query import CataloguePage, CatalogueQuery
from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.columns import Table
from matcher.intake.missing import missing_columns
from matcher.reference.tables import ReferenceTables
from matcher.store.errors import RecordStale, RecordUnknown
from matcher.store.records import HistoryEntry, SaveOutcome
from matcher.store.store import Store
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.record_forms import FieldProblem, Fields, Filled, RecordRejected, cells_of
from service.audit.origin import Clock
from service.records.approval import CHANGED_SINCE, RETURNED, Approval
from service.records.errors import EditConflict
from service.records.history import HistoryLine, history_lines
from service.security.actor import Actor
from service.security.private_fields import PrivateFields

Record = TypeVar("Record", Expert, Demand)


class RecordStore(Protocol[Record]):
    """The store's door of one kind of record."""

    def get(self, id: str, /, *, reveal: bool = False) -> Record | None: ...
    def get_many(self, ids: Sequence[str], /) -> Mapping[str, Record]: ...
    def get_with_version(self, id: str, /) -> tuple[Record, int] | None: ...
    def at(self, id: str, version: int, /) -> Record | None: ...
    def history(self, id: str, /, *, reveal: bool = False) -> list[HistoryEntry]: ...
    def put(self, record: Record, /, *, seen: int, note: AuditEntry) -> SaveOutcome: ...


@dataclass(frozen=True, slots=True)
class RecordList(Generic[Record]):
    """The records of the page in its order, private parts left out."""

    records: tuple[Record, ...]
    page: CataloguePage


@dataclass(frozen=True, slots=True)
class SavedRecord:
    """`hints`: what is odd and was saved all the same."""

    id: str
    version: int
    hints: tuple[FieldProblem, ...]


class RecordDesk(ABC, Generic[Record]):
    """The doors have checked the permission; the desk checks the place. `table` holds the columns of the form."""

    what: ClassVar[str]
    table: ClassVar[Table]

    def __init__(
        self, store: Store, keeper: CatalogueKeeper, tables: ReferenceTables, private: PrivateFields, clock: Clock
    ) -> None:
        self._store, self._keeper, self._tables = store, keeper, tables
        self._private, self._clock = private, clock

    @property
    def layout(self) -> Layout:
        return self._keeper.layout

    def find(self, query: CatalogueQuery, actor: Actor) -> RecordList[Record]:
        """Raises what `Catalogue.page` raises."""
        page = self._keeper.current().page(self._within(query, actor))
        found = self._records.get_many(page.ids)
        return RecordList(tuple(found[id] for id in page.ids if id in found), page)

    def ids_of(self, query: CatalogueQuery, actor: Actor) -> list[str]:
        """Of all that the list shows, in order of numbers. Raises FacetUnknown."""
        return sorted(self._keeper.current().found(self._within(query, actor)))

    def titles(self, ids: Sequence[str], actor: Actor) -> dict[str, str]:
        """What the records are called, of those that the actor may see, in the order given."""
        found = self._records.get_many(ids)
        return {id: self._title(found[id]) for id in ids if id in found and self._is_seen(found[id], actor)}

    def next_waiting(self, id: str, actor: Actor) -> tuple[str, int]:
        """The record after this one, in order of numbers, that waits for review, and how many others wait."""
        waiting = self.ids_of(CatalogueQuery(chosen={"review": (ReviewStatus.PENDING.value,)}), actor)
        others = [one for one in waiting if one != id]
        return next((one for one in others if one > id), others[0] if others else ""), len(others)

    def approve(self, id: str, actor: Actor, *, as_of: int, with_gaps: bool = False) -> Approval:
        """Approves what waits for review and, but `with_gaps`, lacks nothing; as it stood when the history ended with
        `as_of`.

        What the actor approved since counts as approved now. Raises nothing of the record: it is told.
        """
        try:
            record, version = self._found(id, actor)
            if record.review is ReviewStatus.APPROVED:
                return Approval(record.id, already=version <= as_of or not self._changed_last(record.id, actor))
            if why := self._why_not_approved(self._revealed(record.id), version, as_of, actor, with_gaps=with_gaps):
                return Approval(record.id, why=why)
            self._decide(record.id, ReviewStatus.APPROVED, "", actor, seen=version)
        except (RecordUnknown, RecordStale) as refusal:
            return Approval(id, why=CHANGED_SINCE if isinstance(refusal, RecordStale) else str(refusal).rstrip("。"))
        return Approval(record.id)

    def history(self, id: str, actor: Actor) -> list[HistoryLine]:
        """Newest first, private values masked. Raises RecordUnknown."""
        living = self._found(id, actor)[0].id
        return history_lines(self._records.history(living, reveal=True), self.table)[::-1]

    def form(self, id: str, actor: Actor) -> dict[str, str]:
        """Field -> text, private values masked; what comes back as it is shown here is no change."""
        return self._shown(self._revealed(self._found(id, actor)[0].id))

    def lacking(self, id: str, actor: Actor) -> list[str]:
        """Fields with a star that say nothing, in the order of the form. Raises RecordUnknown."""
        missing = missing_columns(self._revealed(self._found(id, actor)[0].id), self.table)
        return [column.field for column in self.table.shown if column.header in missing]

    def form_at(self, id: str, version: int, actor: Actor) -> dict[str, str]:
        """`form` as it was when that version was read; empty where nobody can tell any more. Raises RecordUnknown."""
        then = self._records.at(self._found(id, actor)[0].id, version)
        return self._shown(then) if then is not None else {}

    def version(self, id: str, actor: Actor) -> int:
        """What an edit must have seen. Raises RecordUnknown."""
        return self._found(id, actor)[1]

    @abstractmethod
    def next_number(self) -> str:
        """The next free one, for a new record."""

    def create(self, fields: Fields, actor: Actor) -> SavedRecord:
        """Raises RecordRejected, RecordExists, RecordRefused."""
        filled = self._filled(fields, None)
        self._require_near(filled.record, actor)
        record = self._settled(filled.record, actor)
        note = self._note(actor, AuditAction.ADD_RECORD, record.id, ())
        self._records.put(record, seen=0, note=note)
        return self._saved(record.id, filled.hints, actor)

    def edit(self, id: str, fields: Fields, seen: int, actor: Actor) -> SavedRecord:
        """`seen` is the version that was read. Raises RecordUnknown, RecordRejected, EditElsewhere, EditConflict."""
        stored = self._revealed(self._found(id, actor)[0].id)
        self._require_editable(stored, actor)
        shown = self._shown(stored)
        changed = {name: cell for name, cell in fields.items() if cell != shown.get(name) and name != "id"}
        filled = self._filled(changed, stored)
        if filled.record != stored:
            self._require_near(filled.record, actor)
            note = self._note(actor, AuditAction.EDIT_RECORD, stored.id, tuple(changed))
            with self._told_of_conflicts(stored.id, actor):
                self._records.put(self._settled(filled.record, actor), seen=seen, note=note)
        return self._saved(stored.id, filled.hints, actor)

    @property
    @abstractmethod
    def _records(self) -> RecordStore[Record]: ...

    @abstractmethod
    def _found(self, id: str, actor: Actor) -> tuple[Record, int]:
        """The record without its private part, and its version. Raises RecordUnknown."""

    @abstractmethod
    def _masked(self, record: Record) -> Record: ...

    @abstractmethod
    def _filled(self, fields: Fields, stored: Record | None) -> Filled[Record]:
        """Raises RecordRejected."""

    @abstractmethod
    def _settled(self, record: Record, actor: Actor) -> Record:
        """What else changes with any change by hand."""

    @abstractmethod
    def _title(self, record: Record) -> str: ...

    def _is_seen(self, record: Record, actor: Actor) -> bool:
        return True

    @abstractmethod
    def _is_near(self, record: Record, actor: Actor) -> bool: ...

    @abstractmethod
    def _decide(self, id: str, status: ReviewStatus, remark: str, actor: Actor, *, seen: int | None) -> None:
        """Reviews one record and notes it. Raises RecordUnknown, RecordStale."""

    def _changed_last(self, id: str, actor: Actor) -> bool:
        return self._records.history(id)[-1].by == actor.origin.actor

    def _why_not_approved(self, record: Record, version: int, as_of: int, actor: Actor, *, with_gaps: bool) -> str:
        if not self._is_near(record, actor):
            return "不在您负责的市州"
        if version > as_of:
            return CHANGED_SINCE
        if record.review is ReviewStatus.RETURNED:
            return RETURNED
        missing = () if with_gaps else missing_columns(record, self.table)
        return f"尚缺必填项：{'、'.join(missing)}" if missing else ""

    def _within(self, query: CatalogueQuery, actor: Actor) -> CatalogueQuery:
        return query

    def _require_editable(self, stored: Record, actor: Actor) -> None:
        """Raises EditElsewhere."""

    def _require_near(self, record: Record, actor: Actor) -> None:
        if not self._is_near(record, actor):
            raise RecordRejected((FieldProblem("region", self.table["region"].header, "不在您负责的市州。"),))

    def _revealed(self, id: str) -> Record:
        found = self._records.get(id, reveal=True)
        if found is None:
            raise RecordUnknown(self.what, id)
        return found

    def _shown(self, stored: Record) -> dict[str, str]:
        return cells_of(self._masked(stored), self.table)

    def _saved(self, id: str, hints: tuple[FieldProblem, ...], actor: Actor) -> SavedRecord:
        return SavedRecord(id, self._found(id, actor)[1], hints)

    def _note(self, actor: Actor, action: AuditAction, id: str, changed: Sequence[str]) -> AuditEntry:
        """Names the fields; their values are in the history, which an erasure takes with it."""
        after = {"fields": sorted(changed)} if changed else None
        return actor.origin.entry(self._clock(), action, f"{self.what}:{id}", after=after)

    @contextmanager
    def _told_of_conflicts(self, id: str, actor: Actor) -> Iterator[None]:
        """Tells of a stale edit what happened meanwhile. Raises EditConflict."""
        try:
            yield
        except RecordStale as stale:
            newer = tuple(line for line in self.history(id, actor)[::-1] if line.version > stale.version)
            raise EditConflict(self.what, id, newer[-1].version if newer else 0, newer) from None
