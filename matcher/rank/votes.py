"""Items vote for their owners, length-neutrally (design decision 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The best item counts whole, the second half, the third a third; more items win nothing.
VOTE_WEIGHTS = (1.0, 1 / 2, 1 / 3)


@dataclass(frozen=True, slots=True)
class Votes:
    """Experts best first: `experts` (n,), `totals` (n,), and for each the rows of all its items, best first."""

    experts: tuple[str, ...]
    totals: NDArray[np.float64]
    rows: tuple[NDArray[np.int64], ...]


def vote(scores: NDArray[np.float64], owners: Sequence[tuple[str, ...]]) -> Votes:
    """Each expert's sum of the best item scores times 1, 1/2, 1/3.

    `scores` (n,) of the candidate items, `owners` their experts. Ties go by expert id, so that one input has one order.
    """
    ballots: dict[str, list[int]] = {}
    for row in np.argsort(-scores, kind="stable"):
        for expert in owners[row]:
            ballots.setdefault(expert, []).append(int(row))
    totals = {expert: total([float(scores[row]) for row in rows]) for expert, rows in ballots.items()}
    order = sorted(ballots, key=lambda expert: (-totals[expert], expert))
    return Votes(
        tuple(order),
        np.array([totals[expert] for expert in order]),
        tuple(np.array(ballots[expert], dtype=np.int64) for expert in order),
    )


def total(best_first: Sequence[float]) -> float:
    """The vote of items whose scores stand best first.

    >>> total([0.9, 0.6, 0.3, 0.3])
    1.3
    """
    return round(sum(weight * score for weight, score in zip(VOTE_WEIGHTS, best_first, strict=False)), 12)
