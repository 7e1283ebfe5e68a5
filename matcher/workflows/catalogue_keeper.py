"""Keeps a catalogue in step with the store: built once, then followed change by change, in every process alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from threading import Lock, Thread
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

    def day(self) -> date | None:
        """The day that entries made now hold for; None where they hold for ever."""
        ...

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
    day: date | None


class CatalogueKeeper:
    """One a process and kind. `current` holds every change committed before the call.

    What goes by the day is made anew behind the first call of a new day; that call and those until then see the old.
    """

    def __init__(self, store: Store, source: CatalogueSource) -> None:
        self._store, self._source = store, source
        self._guard = Lock()
        self._held: _Held | None = None
        self._renewal: Thread | None = None

    @property
    def layout(self) -> Layout:
        return self._source.layout

    def current(self) -> Catalogue:
        """Built at the first call; one query where nothing has changed since the last."""
        held = self._held
        if held is not None and held.day == self._source.day() and held.last_change == self._store.changes.last():
            return held.catalogue
        with self._guard:
            self._held = self._followed(self._held)
            if self._held.day != self._source.day():
                self._renew_behind()
            return self._held.catalogue

    def _renew_behind(self) -> None:
        if self._renewal is None or not self._renewal.is_alive():
            self._renewal = Thread(target=self._renew, name="renew-catalogue", daemon=True)
            self._renewal.start()

    def _renew(self) -> None:
        built = self._built()
        with self._guard:
            self._held = built

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
        return _Held(catalogue, changes[-1].sequence, held.day)

    def _built(self) -> _Held:
        # What comes while it is read is brought in afterwards.
        last, day = self._store.changes.last(), self._source.day()
        return _Held(Catalogue.of(self._source.layout, self._source.all()), last, day)

    def _known_change(self, catalogue: Catalogue, id: str) -> int:
        value = catalogue.sort_value("changed", id)
        return value if isinstance(value, int) else 0
