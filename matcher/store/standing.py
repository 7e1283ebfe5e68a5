"""Which experts are there, which are erased, which live on under another number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from matcher.store.access import Reading
from matcher.store.batches import batches
from matcher.store.records import SaveOutcome
from matcher.store.tables import erasures, experts, merges

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the experts asked about; `merged` leads from a dropped id to the one that stays."""

    present: frozenset[str]
    erased: frozenset[str]
    merged: Mapping[str, str]

    def living(self, expert_id: str) -> str:
        """The id under which the person is kept now."""
        return self.merged.get(expert_id, expert_id)

    def refusal_of_profile(self, expert_id: str) -> SaveOutcome | None:
        """Why a profile with this id is not taken in."""
        if expert_id in self.erased:
            return SaveOutcome.REFUSED_ERASED
        return SaveOutcome.REFUSED_MERGED if expert_id in self.merged else None

    def refusal_of_item(self, expert_id: str) -> SaveOutcome | None:
        """Why an item of this expert is not taken in; a dropped id passes its items on."""
        if expert_id in self.erased:
            return SaveOutcome.REFUSED_ERASED
        return None if self.living(expert_id) in self.present else SaveOutcome.REFUSED_NO_EXPERT


def standing_of(work: Reading, ids: Iterable[str]) -> Standing:
    asked = list(dict.fromkeys(ids))
    merged: dict[str, str] = {}
    for batch in batches(asked, _BATCH):
        rows = work.connection.execute(select(merges).where(merges.c.dropped_id.in_(batch)))
        merged.update((row.dropped_id, row.kept_id) for row in rows)
    present: set[str] = set()
    erased: set[str] = set()
    for batch in batches([*asked, *merged.values()], _BATCH):
        present.update(work.connection.scalars(select(experts.c.id).where(experts.c.id.in_(batch))))
        erased.update(work.connection.scalars(select(erasures.c.expert_id).where(erasures.c.expert_id.in_(batch))))
    return Standing(frozenset(present), frozenset(erased), merged)
