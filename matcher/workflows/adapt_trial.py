"""Whether one encoder finds better than another on what neither has learnt from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.evidence import EvidenceItem
from matcher.evaluate.compare import bootstrap_interval
from matcher.store.records import StoredItem
from matcher.text.item_text import item_text
from matcher.workflows.adapt_texts import MarkedDemand, Pair, bilingual, titled

Array = NDArray[np.float64]
Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

_MOST_QUESTIONS = 2000
_MOST_DOCUMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Trial:
    """Mean reciprocal ranks of `questions` before and after, and the 95 % interval of the mean difference."""

    name: str
    questions: int
    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        return self.after - self.before


def paired(name: str, before: Array, after: Array) -> Trial:
    """Both by question, in the same order."""
    low, high = bootstrap_interval(after - before)
    return Trial(name, len(before), float(before.mean()), float(after.mean()), low, high)


def title_ranks(encode: Encode, held_out: Sequence[EvidenceItem], others: Sequence[EvidenceItem]) -> Array:
    """1 / rank of each held-out title's own abstract among all abstracts."""
    return _known_items(encode, _pairs(held_out, titled), _pairs(others, titled))


def bilingual_ranks(encode: Encode, held_out: Sequence[EvidenceItem], others: Sequence[EvidenceItem]) -> Array:
    """1 / rank of each held-out English abstract's Chinese one."""
    return _known_items(encode, _pairs(held_out, bilingual), _pairs(others, bilingual))


def _pairs(items: Sequence[EvidenceItem], pair_of: Callable[[EvidenceItem], Pair | None]) -> list[Pair]:
    return [pair for item in items if (pair := pair_of(item)) is not None]


def _known_items(encode: Encode, asked: list[Pair], others: list[Pair]) -> Array:
    documents = [answer for _, answer in (*asked, *others)][:_MOST_DOCUMENTS]
    asked = asked[: min(_MOST_QUESTIONS, len(documents))]
    if not asked:
        return np.zeros(0)
    scores = encode([question for question, _ in asked]) @ encode(documents).T
    own = np.diagonal(scores)[:, None]
    return np.asarray(1 / (1 + (scores > own + 1e-6).sum(axis=1)), np.float64)


def demand_ranks(encode: Encode, demands: Sequence[MarkedDemand], items: Sequence[StoredItem]) -> Array:
    """For each demand the mean 1 / rank of its suitable experts, each by the best item, among those not marked so."""
    if not demands:
        return np.zeros(0)
    experts = sorted({owner for stored in items for owner in stored.owners})
    place = {expert: at for at, expert in enumerate(experts)}
    links = [(row, place[owner]) for row, stored in enumerate(items) for owner in stored.owners]
    rows, owners = (np.array(side) for side in zip(*links, strict=True))
    scores = encode([demand.text for demand in demands]) @ encode([item_text(s.item).embedding for s in items]).T
    ranks = []
    for demand, row in zip(demands, scores, strict=True):
        best = np.full(len(experts), -1, np.float32)
        np.maximum.at(best, owners, row[rows])
        own = [place[expert] for expert in demand.suitable if expert in place]
        others = np.delete(best, own)
        ranks.append(np.mean([1 / (1 + (others > best[at]).sum()) for at in own]) if own else 0.0)
    return np.array(ranks)
