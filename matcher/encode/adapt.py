"""Refines a static table on pairs of texts that belong together: InfoNCE with the other pairs of a batch as negatives.

A text's vector is the normalised sum of its pieces, so that the gradient has a closed form and needs no autograd: with
u = x / |x| it is (g - (g·u) u) / |x| for each text, and the sum over the texts that hold a piece for each piece
(van den Oord et al. 2018 for the loss, Kingma & Ba 2015 for Adam). Each step pulls the pieces it touches a little back
to where they started, so that a small database refines the table and does not overwrite it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

Table = NDArray[np.float32]
_FIRST_MOMENT, _SECOND_MOMENT, _TINY = 0.9, 0.98, 1e-8
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class AdaptRecipe:
    """`scale` is the inverse temperature, `dropout` the share of pieces left out of a text, `pull` the share of the way
    back to the start in a step at full rate. `rounds`: how often each pair is seen on average, up to `most_steps`.
    """

    batch: int = 512
    rate: float = 0.002
    pull: float = 0.01
    scale: float = 20.0
    dropout: float = 0.3
    rounds: int = 12
    most_steps: int = 240
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PairKind:
    """Row by row texts that belong together, as counts of pieces (n, pieces); `groups` (n,) tells whose they are.

    Two pairs of one group are no negatives of each other.
    """

    name: str
    left: csr_matrix
    right: csr_matrix
    groups: NDArray[np.int64]

    def drawn(self, size: int, rng: np.random.Generator) -> tuple[csr_matrix, csr_matrix]:
        """At most `size` pairs of different groups."""
        order = rng.permutation(len(self.groups))[: 2 * size]
        rows = order[np.sort(np.unique(self.groups[order], return_index=True)[1])][:size]
        return self.left[rows], self.right[rows]


def adapted(
    table: Table, kinds: Sequence[PairKind], recipe: AdaptRecipe, progress: Callable[[int, int], None]
) -> Table:
    """The refined table (pieces, d); the same for the same input. `progress` hears of steps done and all steps."""
    rng = np.random.default_rng(recipe.seed)
    state = _State(table, recipe)
    pairs = np.array([len(kind.groups) for kind in kinds])
    steps = min(recipe.most_steps, math.ceil(recipe.rounds * pairs.sum() / recipe.batch))
    # A kind of few pairs comes up the more rarely, or it would be learnt by heart.
    shares = np.minimum(1, pairs / recipe.batch)
    for step in range(steps):
        kind = kinds[rng.choice(len(kinds), p=shares / shares.sum())]
        left, right = kind.drawn(recipe.batch, rng)
        counts = vstack([_thinned(left, recipe.dropout, rng), _thinned(right, recipe.dropout, rng)]).tocsr()
        state.step(counts, left.shape[0], _decay(step, steps))
        progress(step + 1, steps)
    return state.table


def _decay(step: int, steps: int) -> float:
    """Linear warm-up, then a cosine down to nothing."""
    return min(1.0, (step + 1) / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps))


def _thinned(counts: csr_matrix, dropout: float, rng: np.random.Generator) -> csr_matrix:
    kept = np.asarray(counts.data * (rng.random(len(counts.data)) >= dropout), np.float32)
    return csr_matrix((kept, counts.indices, counts.indptr), shape=counts.shape)


class _State:
    def __init__(self, table: Table, recipe: AdaptRecipe) -> None:
        self.table = table.copy()
        self._start, self._recipe = table, recipe
        self._first, self._second = np.zeros_like(table), np.zeros_like(table)

    def step(self, counts: csr_matrix, pairs: int, decay: float) -> None:
        """Adam on the pieces of the batch; `counts` holds the left texts above the right ones."""
        touched, places = np.unique(counts.indices, return_inverse=True)
        small = csr_matrix((counts.data, places, counts.indptr), shape=(counts.shape[0], len(touched)))
        gradient = table_gradient(self.table[touched], small, pairs, self._recipe.scale)
        first = _FIRST_MOMENT * self._first[touched] + (1 - _FIRST_MOMENT) * gradient
        second = _SECOND_MOMENT * self._second[touched] + (1 - _SECOND_MOMENT) * gradient**2
        self._first[touched], self._second[touched] = first, second
        moved = self.table[touched] - np.float32(self._recipe.rate * decay) * first / (np.sqrt(second) + _TINY)
        away = moved - self._start[touched]
        self.table[touched] = self._start[touched] + away * np.float32(1 - self._recipe.pull * decay)


def table_gradient(table: Table, counts: csr_matrix, pairs: int, scale: float) -> Table:
    """Gradient (pieces, d) of the symmetric InfoNCE loss of `pairs` pairs, left texts above right ones in `counts`."""
    rows = np.asarray(counts @ table, np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths = np.where(lengths > 0, lengths, 1).astype(np.float32)
    units = rows / lengths
    left, right = units[:pairs], units[pairs:]
    scores = np.float32(scale) * left @ right.T
    errors = (_softmax(scores) + _softmax(scores.T).T) / 2 - np.eye(pairs, dtype=np.float32)
    errors *= np.float32(scale / pairs)
    pulls = np.vstack([errors @ right, errors.T @ left])
    pulls -= (pulls * units).sum(axis=1, keepdims=True) * units
    return np.asarray(counts.T.tocsr() @ (pulls / lengths), np.float32)


def _softmax(scores: Table) -> Table:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def kept_pairs(kind: PairKind) -> PairKind:
    """Without the pairs of which a side has no known piece."""
    rows = np.flatnonzero((np.diff(kind.left.indptr) > 0) & (np.diff(kind.right.indptr) > 0))
    return replace(kind, left=kind.left[rows], right=kind.right[rows], groups=kind.groups[rows])
