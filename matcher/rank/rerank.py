"""The opinion of a cross-encoder on the best items, blended into their scores as one more named signal.

Both opinions are log-odds, and their weighted mean (a logarithmic opinion pool, Genest & Zidek 1986) is a score on the
scale the calibration was fitted on: where both say the same, nothing changes. Items vote anew, so that order, shares
and "without this item" follow from the blended scores as they do from the others (design decisions 3 and 4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Signal
from matcher.rank.ranker import Standing
from matcher.rank.votes import vote
from matcher.rank.weights import Calibration

Array = NDArray[np.float64]

# The cross-encoder's weight in the pool; the signals of the first stage share the rest.
RERANK_WEIGHT = 0.5
# Nothing is surer than this, whatever a cross-encoder says: its scores are no calibrated probabilities.
_SUREST = 0.98
_COLUMN = list(Signal).index(Signal.RERANKED)


def best_items(standing: Standing, count: int) -> NDArray[np.int64]:
    """Rows of the items with the highest scores, best first."""
    scores = standing.signals.sum(axis=1)
    return np.asarray(np.argsort(-scores, kind="stable")[:count], np.int64)


def reranked(standing: Standing, rows: NDArray[np.int64], probabilities: Array, calibration: Calibration) -> Standing:
    """`probabilities` are the cross-encoder's of the items in `rows`; for the others it counts as having said no."""
    signals = standing.signals * (1 - RERANK_WEIGHT)
    signals[rows, _COLUMN] = RERANK_WEIGHT * _item_scores(probabilities, standing.best_total, calibration)
    return Standing(standing.items, signals, vote(signals.sum(axis=1), _owners(standing)))


def _item_scores(probabilities: Array, best_total: float, calibration: Calibration) -> Array:
    """What an item would have to score, none below 0, for an expert with this item alone to be as probable."""
    sure = np.clip(probabilities, 1 - _SUREST, _SUREST)
    logits = np.log(sure / (1 - sure))
    totals = (logits - calibration.best * best_total - calibration.intercept) / calibration.slope
    return np.asarray(np.maximum(totals, 0), np.float64)


def _owners(standing: Standing) -> list[tuple[str, ...]]:
    owners: list[list[str]] = [[] for _ in standing.items]
    for expert, rows in zip(standing.votes.experts, standing.votes.rows, strict=True):
        for row in rows:
            owners[row].append(expert)
    return [tuple(sorted(experts)) for experts in owners]
