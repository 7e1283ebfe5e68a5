"""Pseudo-relevance feedback: the first answers lend their words and their meaning to the question.

Terms after RM3 (Lavrenko & Croft 2001; Abdul-Jaleel et al. 2004), meaning after Rocchio (1971). The firm's words
(「地里返白霜」) find a few papers, these bring the field's words (「盐碱胁迫」).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.protocol import EvidenceReader
from matcher.rank.query import Query, Terms, Vector, unit

_TERMS = 40
# A word of one answer alone is more likely that paper's own than the field's.
_LEAST_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Feedback:
    """`terms`: the expansion alone, weights summing to 1; `meaning` (d,): centroid of the answers and the question."""

    terms: Terms
    meaning: Vector


def feedback_from(
    index: EvidenceReader, query: Query, items: NDArray[np.int64], scores: NDArray[np.float64], vectors: Vector
) -> Feedback:
    """Feedback of the best `items` with their `vectors`, each counting by its score."""
    if not len(items) or scores.sum() <= 0:
        return Feedback({}, query.meaning)
    weights = (scores / scores.sum()).astype(np.float32)
    centroid = unit(weights @ vectors)
    return Feedback(_expansion(index, items, weights), unit(query.meaning + centroid))


def _expansion(index: EvidenceReader, items: NDArray[np.int64], weights: Vector) -> Terms:
    mass: defaultdict[str, float] = defaultdict(float)
    answers: Counter[str] = Counter()
    for frequencies, weight in zip(index.terms_of(items), weights, strict=True):
        length = sum(frequencies.values()) or 1.0
        for term, frequency in frequencies.items():
            mass[term] += float(weight) * frequency / length
            answers[term] += 1
    found = index.document_frequency(list(mass))
    shared = {
        term: value * float(np.log(index.item_count / found[term]))
        for term, value in mass.items()
        if answers[term] >= _LEAST_ANSWERS and found.get(term)
    }
    best = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_TERMS]
    total = sum(value for _, value in best)
    return {term: value / total for term, value in best} if total > 0 else {}
