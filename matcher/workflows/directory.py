"""Profiles and ledger lines of the experts a ranking meets, kept as long as the database has not changed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store


class ExpertDirectory:
    """Reads through to the store; `follow` drops what the change log says has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._experts: dict[str, Expert] = {}
        self._engagements: dict[str, tuple[Engagement, ...]] = {}
        self._seen = store.changes.last()

    def follow(self) -> None:
        """Forgets every person changed since the last call; all lines of the ledger when one changed."""
        changes = self._store.changes.since(self._seen)
        if not changes:
            return
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
        missing = [id for id in wanted if id not in self._experts]
        if missing:
            self._experts.update(self._store.experts.get_many(missing))
        return {id: self._experts[id] for id in wanted if id in self._experts}

    def engagements(self, ids: Iterable[str]) -> dict[str, tuple[Engagement, ...]]:
        """Lines of the ledger by expert; () for who has none."""
        wanted = list(dict.fromkeys(ids))
        missing = [id for id in wanted if id not in self._engagements]
        if missing:
            found = self._store.ledger.of_experts(missing)
            self._engagements.update({id: tuple(found.get(id, ())) for id in missing})
        return {id: self._engagements[id] for id in wanted}
