"""Picks the best of very many scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.index.incidence import Longs
from matcher.index.protocol import Hits, Items, Scores

_SAMPLED, _MARGIN = 32, 20


def highest(scores: Scores, count: int) -> Longs:
    """Rows of the highest scores above zero, at least `count` of them where there are as many; ties all."""
    rows: Longs = np.flatnonzero(scores > _likely_floor(scores, count))
    if len(rows) < count:
        rows = np.flatnonzero(scores > 0)
    if count < 1 or len(rows) <= count:
        return rows
    found = scores[rows]
    least = np.partition(found, len(found) - count)[len(found) - count]
    return np.compress(found >= least, rows)


def _likely_floor(scores: Scores, count: int) -> float:
    """A score that about twice `count` rows exceed, judged by a sample: most rows need no closer look."""
    sample = scores[::_SAMPLED]
    rank = 2 * count // _SAMPLED + _MARGIN
    return max(0.0, float(np.partition(sample, len(sample) - rank)[len(sample) - rank])) if rank < len(sample) else 0.0


def best(found: Sequence[tuple[Items, Scores]], count: int) -> Hits:
    """The `count` best of several lists; equal scores by item number."""
    items = np.concatenate([np.zeros(0, np.int64), *(part for part, _ in found)])
    scores = np.concatenate([np.zeros(0, np.float32), *(part for _, part in found)])
    order = np.lexsort((items, -scores))[:count]
    return Hits(items[order], scores[order])
