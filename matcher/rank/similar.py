"""Who works on the same: an expert's items look for their like, and these vote for their owners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.index.protocol import EvidenceReader, Items, Vectors

# What each item of the expert finds.
_NEAREST = 60
_PAIRS = 3


@dataclass(frozen=True, slots=True)
class LikePair:
    """An item of the expert and the item of the other one that is nearest to it."""

    own: int
    other: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score`: mean over the expert's items of the nearest item of the other one; `common` items are owned by both.

    `pairs`: the nearest ones, best first, common items left out unless there is nothing else.
    """

    expert_id: str
    score: float
    common: int
    pairs: tuple[LikePair, ...]


def similar(reader: EvidenceReader, expert_id: str, own: Items, questions: Vectors, count: int) -> list[Likeness]:
    """The `count` experts most like this one, best first; ties by id.

    `own` (n,) are the items looked from, `questions` (n, d) their texts encoded as questions.
    """
    found: dict[str, list[LikePair]] = {}
    for item, question in zip(own.tolist(), questions, strict=True):
        for other, pair in _nearest_by_owner(reader, item, question):
            if other != expert_id:
                found.setdefault(other, []).append(pair)
    scores = {other: sum(pair.likeness for pair in pairs) / len(own) for other, pairs in found.items()}
    best = sorted(scores, key=lambda other: (-scores[other], other))[:count]
    mine = reader.items_of(expert_id)
    return [_likeness(reader, other, scores[other], found[other], mine) for other in best]


def _nearest_by_owner(reader: EvidenceReader, item: int, question: Vectors) -> Iterator[tuple[str, LikePair]]:
    hits = reader.nearest(question, _NEAREST)
    seen: set[str] = set()
    for other, likeness, owners in zip(
        hits.items.tolist(), hits.scores.tolist(), reader.owners(hits.items), strict=True
    ):
        for owner in owners:
            if owner not in seen and likeness > 0:
                seen.add(owner)
                yield owner, LikePair(item, other, likeness)


def _likeness(reader: EvidenceReader, other: str, score: float, pairs: list[LikePair], mine: Items) -> Likeness:
    theirs = reader.items_of(other)
    common = set(np.intersect1d(mine, theirs).tolist())
    ordered = sorted(pairs, key=lambda pair: (pair.other in common, -pair.likeness, pair.other))
    return Likeness(other, score, len(common), tuple(_each_once(ordered))[:_PAIRS])


def _each_once(pairs: list[LikePair]) -> Iterator[LikePair]:
    """Each item of the other one in its best pair."""
    seen: set[int] = set()
    for pair in pairs:
        if pair.other not in seen:
            seen.add(pair.other)
            yield pair
