"""Refining a static table: the gradient is the loss's, the same input gives the same table, and pairs come nearer."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.adapt import AdaptRecipe, PairKind, adapted, kept_pairs, table_gradient

RNG = np.random.default_rng(5)
TABLE = RNG.normal(size=(12, 4)).astype(np.float32)
COUNTS = csr_matrix(RNG.integers(0, 3, (6, 12)).astype(np.float32))
SCALE = 3.0


def loss(table: NDArray[np.float64], pairs: int) -> float:
    """Symmetric InfoNCE, written down as in the paper."""
    rows = COUNTS.toarray().astype(np.float64) @ table
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    scores = SCALE * units[:pairs] @ units[pairs:].T
    right = np.log(np.exp(scores).sum(axis=1)) - np.diagonal(scores)
    left = np.log(np.exp(scores).sum(axis=0)) - np.diagonal(scores)
    return float((right + left).mean() / 2)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    found = table_gradient(TABLE, COUNTS, 3, SCALE)
    for piece, column in ((0, 0), (5, 2), (11, 3)):
        step = np.zeros(TABLE.shape)
        step[piece, column] = 1e-5
        slope = (loss(TABLE + step, 3) - loss(TABLE - step, 3)) / 2e-5
        assert found[piece, column] == pytest.approx(slope, abs=1e-4)


def made_kind(texts: int = 60) -> PairKind:
    """Text i holds pieces 2i and a common one, its partner 2i + 1: only learning brings them together."""
    pieces = 2 * texts + 1
    sides = []
    for side in (0, 1):
        counts = np.zeros((texts, pieces), np.float32)
        counts[np.arange(texts), 2 * np.arange(texts) + side] = 1
        counts[:, -1] = 1
        sides.append(csr_matrix(counts))
    return PairKind("题名—摘要", sides[0], sides[1], np.arange(texts))


def found_first(kind: PairKind, table: NDArray[np.float32]) -> float:
    left, right = (np.asarray(side @ table) for side in (kind.left, kind.right))
    left, right = (side / np.linalg.norm(side, axis=1, keepdims=True) for side in (left, right))
    return float(((left @ right.T).argmax(axis=1) == np.arange(len(left))).mean())


def test_partners_find_each_other_after_learning_and_repeats_are_equal() -> None:
    kind, recipe = made_kind(), AdaptRecipe(batch=32, rate=0.05, dropout=0, rounds=40, pull=0.001)
    start = np.random.default_rng(1).normal(size=(kind.left.shape[1], 16)).astype(np.float32)
    steps: list[tuple[int, int]] = []
    table = adapted(start, [kind], recipe, lambda done, whole: steps.append((done, whole)))
    assert found_first(kind, start) < 0.3
    assert found_first(kind, table) > 0.9
    assert steps[-1] == (75, 75)
    assert np.array_equal(table, adapted(start, [kind], recipe, lambda done, whole: None))


def test_a_strong_pull_holds_the_table_where_it_was() -> None:
    kind, start = made_kind(), np.ones((121, 8), np.float32) + TABLE[0, 0]
    start += np.random.default_rng(2).normal(size=start.shape).astype(np.float32)
    free, held = (
        adapted(start, [kind], AdaptRecipe(batch=32, pull=pull), lambda done, whole: None) for pull in (0.0, 0.5)
    )
    assert np.abs(held - start).max() < np.abs(free - start).max() / 2


def test_pairs_of_one_group_are_no_negatives_and_empty_texts_stay_out() -> None:
    kind = made_kind(8)
    grouped = PairKind("需求—成果", kind.left, kind.right, np.repeat([3, 5], 4))
    left, right = grouped.drawn(8, np.random.default_rng(0))
    assert left.shape[0] == right.shape[0] == 2
    counts = kind.left.toarray()
    counts[0] = 0
    assert len(kept_pairs(PairKind("", csr_matrix(counts), kind.right, kind.groups)).groups) == 7
