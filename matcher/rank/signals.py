"""The named features of an item for a demand, one column a signal, each comparable between demands.

No signal is scaled by the other results of its query (design decision 3: no min-max): lexical scores are divided by
a power of what an item holding every term of the demand would reach, meaning is a cosine less half the item's hubness.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Signal
from matcher.index.protocol import EvidenceReader
from matcher.rank.query import Query, Terms

Matrix = NDArray[np.float32]


# A question of a few words is easily covered by an item that happens to hold them: with a power below 1 its words weigh
# less beside its meaning (docs/quality.md).
_COVERAGE_POWER = 0.8


def item_signals(index: EvidenceReader, query: Query, items: NDArray[np.int64]) -> Matrix:
    """(len(items), len(Signal)), columns in the order of `Signal`, no value below 0."""
    columns = {
        Signal.LEXICAL: _coverage(index, query.terms, items),
        Signal.MEANING: index.vectors(items) @ query.meaning,
        # Filled in by `rank/rerank.py` where there is a cross-encoder.
        Signal.RERANKED: np.zeros(len(items), np.float32),
    }
    matrix: Matrix = np.column_stack([columns[signal] for signal in Signal]).astype(np.float32)
    return np.maximum(matrix, np.float32(0))


def _coverage(index: EvidenceReader, terms: Terms, items: NDArray[np.int64]) -> Matrix:
    """BM25 of the items over the query's own weight to the power of 0.8."""
    full = self_weight(index, terms) ** _COVERAGE_POWER
    return index.lexical_scores(terms, items) / np.float32(full) if full else np.zeros(len(items), np.float32)


def self_weight(index: EvidenceReader, terms: Terms) -> float:
    """Sum of weight times idf: what each term would bring at a term frequency without limit.

    A term that no item holds counts too: where the database hardly knows the demand's words (plain speech, another
    language), sharing one of them says little.
    """
    count, found = index.item_count, index.document_frequency(list(terms))
    return sum(weight * _idf(count, found.get(term, 0)) for term, weight in terms.items())


def _idf(count: int, frequency: int) -> float:
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
