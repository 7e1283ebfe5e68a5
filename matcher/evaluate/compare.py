"""Two runs on the same demands: is the difference more than chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluate.measures import RunScore

_DRAWS = 10_000
_RESAMPLES = 5_000
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences of nDCG@10, first run minus second, over `demands` demands.

    `low` and `high` bound the mean difference with 95 % confidence (bootstrap over demands, Efron 1979); `p_value` is
    that of a paired sign-flip permutation test (Smucker et al. 2007). Both use a fixed seed.
    """

    demands: int
    difference: float
    low: float
    high: float
    p_value: float
    wins: int
    ties: int
    losses: int


def compare(first: RunScore, second: RunScore) -> Comparison:
    """Pairs the demands that both runs were scored on."""
    other = {one.demand_id: one.ndcg10 for one in second.demands}
    gains = np.array([one.ndcg10 - other[one.demand_id] for one in first.demands if one.demand_id in other])
    low, high = bootstrap_interval(gains)
    rng = np.random.default_rng(0)
    flipped = (rng.choice([-1.0, 1.0], (_DRAWS, len(gains))) * gains).mean(axis=1)
    extreme = int((np.abs(flipped) >= abs(gains.mean()) - _TIE).sum())
    return Comparison(
        demands=len(gains),
        difference=float(gains.mean()),
        low=low,
        high=high,
        p_value=(extreme + 1) / (_DRAWS + 1),
        wins=int((gains > _TIE).sum()),
        ties=int((np.abs(gains) <= _TIE).sum()),
        losses=int((gains < -_TIE).sum()),
    )


def bootstrap_interval(gains: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval of the mean of `gains` (n,), drawn by multiplicities so that thousands of gains fit into memory."""
    rng = np.random.default_rng(0)
    shares = rng.multinomial(len(gains), np.full(len(gains), 1 / len(gains)), _RESAMPLES)
    low, high = np.quantile(shares @ gains / len(gains), [0.025, 0.975])
    return float(low), float(high)
