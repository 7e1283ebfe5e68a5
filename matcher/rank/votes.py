"""Items vote for their owners, length-neutrally (design decision 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np
from numpy.typing import NDArray

# The best item counts whole, two more add to it, further ones win nothing.
VOTE_WEIGHTS = (1.0, 0.4, 0.2)


@dataclass(frozen=True, slots=True)
class Votes:
    """Experts best first: `experts` (n,), `totals` (n,), and for each the rows of all its items, best first."""

    experts: tuple[str, ...]
    totals: tuple[float, ...]
    rows: tuple[tuple[int, ...], ...]


def vote(
    scores: NDArray[np.float64], owners: Sequence[tuple[str, ...]], weights: Sequence[float] = VOTE_WEIGHTS
) -> Votes:
    """Each expert's sum of the best item scores times the weights.

    `scores` (n,) of the candidate items, `owners` their experts. Ties go by expert id, so that one input has one order.
    """
    ballots: dict[str, list[int]] = {}
    for row in np.argsort(-scores, kind="stable").tolist():
        for expert in owners[row]:
            ballots.setdefault(expert, []).append(row)
    value = scores.tolist()
    counted = [
        (-total([value[row] for row in rows[: len(weights)]], weights), expert) for expert, rows in ballots.items()
    ]
    counted.sort()
    return Votes(
        tuple(expert for _, expert in counted),
        tuple(-negative for negative, _ in counted),
        tuple(tuple(ballots[expert]) for _, expert in counted),
    )


def total(best_first: Sequence[float], weights: Sequence[float] = VOTE_WEIGHTS) -> float:
    """The vote of items whose scores stand best first.

    >>> total([0.9, 0.5, 0.5, 0.5])
    1.2
    """
    whole: float = sum(map(mul, weights, best_first))
    return round(whole, 12)  # so that the order of additions cannot break a tie
