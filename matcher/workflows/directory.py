"""Profiles and ledger lines of the experts a ranking meets, kept as long as the database has not changed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store


class ExpertDirectory:
    """Reads through to the store; `follow` drops what the change log says has changed. Many threads may use it.

    What a thread has read while another followed a change is given to its caller but not kept: it may be older.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._experts: dict[str, Expert] = {}
        self._engagements: dict[str, tuple[Engagement, ...]] = {}
        self._seen = store.changes.last()
        self._guard = Lock()

    def follow(self) -> None:
        """Forgets every person changed since the last call; all lines of the ledger when one changed."""
        with self._guard:
            changes = self._store.changes.since(self._seen)
            if changes:
                self._forget(changes)
                self._seen = changes[-1].sequence

    def _forget(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind is ChangeKind.EXPERT:
                self._experts.pop(change.key, None)
        if any(change.kind in (ChangeKind.EXPERT, ChangeKind.ENGAGEMENT) for change in changes):
            self._engagements.clear()

    def experts(self, ids: Iterable[str]) -> dict[str, Expert]:
        """Profiles without private details; whoever is gone from the database is missing."""
        wanted = list(dict.fromkeys(ids))
        with self._guard:
            found, seen = {id: self._experts[id] for id in wanted if id in self._experts}, self._seen
        missing = [id for id in wanted if id not in found]
        if missing:
            read = self._store.experts.get_many(missing)
            found |= read
            with self._guard:
                if self._seen == seen:
                    self._experts |= read
        return {id: found[id] for id in wanted if id in found}

    def engagements(self, ids: Iterable[str]) -> dict[str, tuple[Engagement, ...]]:
        """Lines of the ledger by expert; () for who has none."""
        wanted = list(dict.fromkeys(ids))
        with self._guard:
            found, seen = {id: self._engagements[id] for id in wanted if id in self._engagements}, self._seen
        missing = [id for id in wanted if id not in found]
        if missing:
            lines = self._store.ledger.of_experts(missing)
            read = {id: tuple(lines.get(id, ())) for id in missing}
            found |= read
            with self._guard:
                if self._seen == seen:
                    self._engagements |= read
        return found
