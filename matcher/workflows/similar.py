"""Experts who work on the same as another: for backups, for reviews, for teams.

Measured on judged questionnaires (docs/quality.md): of the ten most similar who share no item with a right person,
a third suits the same questionnaire too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.encode.protocol import Encoder
from matcher.index.protocol import EvidenceIndex, Items
from matcher.rank.similar import Likeness, similar
from matcher.store.errors import RecordUnknown
from matcher.store.store import Store
from matcher.text.item_text import item_text
from matcher.workflows.directory import ExpertDirectory

# Of a prolific expert, items spread evenly over all of them.
_MOST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class ItemPair:
    """Two items that stand for the likeness of two people; the same one where both own it."""

    own: EvidenceItem
    other: EvidenceItem
    likeness: float


@dataclass(frozen=True, slots=True)
class SimilarExpert:
    """`common_items` above 0: they work in one team."""

    expert: Expert
    score: float
    common_items: int
    pairs: tuple[ItemPair, ...]


class SimilarExperts:
    def __init__(
        self,
        store: Store,
        directory: ExpertDirectory,
        index: EvidenceIndex,
        encoder: Encoder,
        refresh: Callable[[], None],
    ) -> None:
        """`encoder` is the one that the index is searched with."""
        self._store, self._directory, self._index = store, directory, index
        self._encoder, self._refresh = encoder, refresh

    def to(self, expert_id: str, count: int) -> list[SimilarExpert]:
        """The most similar first; none for somebody without items. Raises RecordUnknown."""
        self._refresh()
        if expert_id not in self._directory.experts([expert_id]):
            raise RecordUnknown("专家", expert_id)
        reader = self._index.pinned()
        texts = self._texts(_spread(reader.items_of(expert_id)))
        if not texts:
            return []
        questions = self._encoder.encode_queries(list(texts.values()))
        found = similar(reader, expert_id, np.fromiter(texts, np.int64), questions, count)
        return self._shown(found)

    def _texts(self, numbers: Items) -> dict[int, str]:
        found = self._store.items.by_numbers(numbers.tolist())
        texts = {stored.number: item_text(stored.item).embedding for stored in found}
        return {number: text for number, text in texts.items() if text}

    def _shown(self, found: Sequence[Likeness]) -> list[SimilarExpert]:
        people = self._directory.experts(one.expert_id for one in found)
        numbers = {number for one in found for pair in one.pairs for number in (pair.own, pair.other)}
        items = {stored.number: stored.item for stored in self._store.items.by_numbers(sorted(numbers))}
        return [
            SimilarExpert(people[one.expert_id], one.score, one.common, _pairs(one, items))
            for one in found
            if one.expert_id in people
        ]


def _pairs(likeness: Likeness, items: Mapping[int, EvidenceItem]) -> tuple[ItemPair, ...]:
    return tuple(
        ItemPair(items[pair.own], items[pair.other], pair.likeness)
        for pair in likeness.pairs
        if pair.own in items and pair.other in items
    )


def _spread(items: Items) -> Items:
    if len(items) <= _MOST_ITEMS:
        return items
    return items[np.linspace(0, len(items) - 1, _MOST_ITEMS).astype(np.int64)]
