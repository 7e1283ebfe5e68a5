"""Keeps a catalogue in step with the store: built once, then followed change by change, in every process alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import NamedTuple, Protocol

from matcher.catalogue.catalogue import Catalogue, Layout
from matcher.catalogue.query import Entry
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store

# Changed records up to which they are brought in one by one; beyond, building anew is quicker.
_FEW = 2000


class CatalogueSource(Protocol):
    """Makes entries out of the records of one kind."""

    kind: ChangeKind
    layout: Layout

    def all(self) -> Iterator[Entry]:
        """Every record."""
        ...

    def some(self, changed: Mapping[str, int]) -> list[Entry]:
        """Those of the records that are there; `changed` gives the sequence of each one's newest change."""
        ...

    def touched(self, changes: Sequence[Change]) -> Iterable[str]:
        """Ids of records that read differently because of changes of other kinds."""
        ...


class _Held(NamedTuple):
    catalogue: Catalogue
    last_change: int


class CatalogueKeeper:
    """One a process and kind. `current` holds every change committed before the call."""

    def __init__(self, store: Store, source: CatalogueSource) -> None:
        self._store, self._source = store, source
        self._guard = Lock()
        self._held: _Held | None = None

    @property
    def layout(self) -> Layout:
        return self._source.layout

    def current(self) -> Catalogue:
        """Built at the first call; one query where nothing has changed since the last."""
        held = self._held
        if held is not None and held.last_change == self._store.changes.last():
            return held.catalogue
        with self._guard:
            self._held = self._followed(self._held)
            return self._held.catalogue

    def _followed(self, held: _Held | None) -> _Held:
        if held is None or self._store.changes.last() < held.last_change:  # nothing yet, or a backup was put back
            return self._built()
        changes = self._store.changes.since(held.last_change)
        if not changes:
            return held
        newest = {change.key: change.sequence for change in changes if change.kind is self._source.kind}
        if len(newest) > max(_FEW, len(held.catalogue) // 10):
            return self._built()
        catalogue = held.catalogue
        touched = {id: self._known_change(catalogue, id) for id in self._source.touched(changes)}
        if wanted := {**touched, **newest}:
            entries = self._source.some(wanted)
            catalogue = catalogue.with_changes(entries, wanted.keys() - {entry.id for entry in entries})
        return _Held(catalogue, changes[-1].sequence)

    def _built(self) -> _Held:
        last = self._store.changes.last()  # what comes while it is read is brought in afterwards
        return _Held(Catalogue.of(self._source.layout, self._source.all()), last)

    def _known_change(self, catalogue: Catalogue, id: str) -> int:
        value = catalogue.sort_value("changed", id)
        return value if isinstance(value, int) else 0
