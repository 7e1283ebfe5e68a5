"""The measures, one value a demand first, means after.

nDCG@10 has gain 2^grade - 1 and discount log2(rank + 1) (Järvelin & Kekäläinen 2002, Burges et al. 2005). Suitable is
grade 2 or better. Who was not judged counts as 0. Demands without anybody suitable take part in abstention and
calibration only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.evaluate.files import Answer, Qrels, Run

SUITABLE = 2
_FIRST = 10
_DEEP = 50
_BINS = 10


@dataclass(frozen=True, slots=True)
class DemandScore:
    """The figures of one demand that somebody suits."""

    demand_id: str
    ndcg10: float
    p5: float
    hit3: float
    r50: float


@dataclass(frozen=True, slots=True)
class RunScore:
    """Means over `demands`; `interval` is the half width of nDCG@10's 95 % confidence interval.

    `abstain` is the area under the ROC curve of the best score telling answerable demands from the others (nan when
    either kind is missing), `calibration` the expected calibration error, `brier` the Brier score over that of always
    saying the base rate, `judged` the judged share of the first ten answers.
    """

    demands: tuple[DemandScore, ...]
    ndcg10: float
    interval: float
    p5: float
    hit3: float
    r50: float
    abstain: float
    calibration: float
    brier: float
    judged: float


def score_run(run: Run, qrels: Qrels) -> RunScore:
    """All figures of a run; demands of the run without judgments are left out.

    Raises ZeroDivisionError when no judged demand has anybody suitable.
    """
    scored = tuple(
        score_demand(demand, run.get(demand, []), grades)
        for demand, grades in sorted(qrels.items())
        if max(grades.values()) >= SUITABLE
    )
    first = [(answer, demand) for demand in sorted(qrels) for answer in run.get(demand, [])[:_FIRST]]
    points = np.array(
        [(answer.score, qrels[demand].get(answer.expert_id, 0) >= SUITABLE) for answer, demand in first], dtype=float
    ).reshape(-1, 2)
    judged = [answer.expert_id in qrels[demand] for answer, demand in first]
    ndcg10 = [one.ndcg10 for one in scored]
    mean = sum(ndcg10) / len(ndcg10)
    variance = sum((value - mean) ** 2 for value in ndcg10) / max(1, len(ndcg10) - 1)
    return RunScore(
        demands=scored,
        ndcg10=mean,
        interval=1.96 * math.sqrt(variance / len(ndcg10)),
        p5=float(np.mean([one.p5 for one in scored])),
        hit3=float(np.mean([one.hit3 for one in scored])),
        r50=float(np.mean([one.r50 for one in scored])),
        abstain=_separation(run, qrels),
        calibration=calibration_error(points),
        brier=brier_ratio(points),
        judged=sum(judged) / max(1, len(judged)),
    )


def score_demand(demand_id: str, answers: Sequence[Answer], grades: Mapping[str, int]) -> DemandScore:
    """Figures of one demand's answers, best first."""
    names = [answer.expert_id for answer in answers]
    suitable = {expert for expert, grade in grades.items() if grade >= SUITABLE}
    return DemandScore(
        demand_id,
        ndcg([grades.get(name, 0) for name in names], list(grades.values())),
        len(suitable & set(names[:5])) / 5,
        float(bool(suitable & set(names[:3]))),
        len(suitable & set(names[:_DEEP])) / min(_DEEP, len(suitable)),
    )


def ndcg(grades: Sequence[int], judged: Sequence[int], first: int = _FIRST) -> float:
    """Discounted gain of the answers' grades over that of the best possible order.

    >>> round(ndcg([3, 0], [3, 3]), 3)
    0.613
    """
    return _discounted(grades[:first]) / _discounted(sorted(judged, reverse=True)[:first])


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _separation(run: Run, qrels: Qrels) -> float:
    best: dict[bool, list[float]] = {True: [], False: []}
    for demand, grades in qrels.items():
        top = max((answer.score for answer in run.get(demand, [])), default=0.0)
        best[max(grades.values()) >= SUITABLE].append(top)
    pairs = [(one > other) + (one == other) / 2 for one in best[True] for other in best[False]]
    return sum(pairs) / len(pairs) if pairs else math.nan


def calibration_error(points: NDArray[np.float64]) -> float:
    """Expected calibration error over ten equal bins; `points` (n, 2): probability, suitable (0 or 1)."""
    bins = np.minimum(_BINS - 1, (points[:, 0] * _BINS).astype(int))
    gaps = np.bincount(bins, points[:, 0] - points[:, 1], minlength=_BINS) if len(points) else np.zeros(_BINS)
    return float(np.abs(gaps).sum()) / max(1, len(points))


def brier_ratio(points: NDArray[np.float64]) -> float:
    """Brier score over that of always saying the base rate; below 1 is better than saying nothing."""
    if not len(points):
        return math.nan
    base = points[:, 1].mean()
    spread = float(((base - points[:, 1]) ** 2).sum())
    return float(((points[:, 0] - points[:, 1]) ** 2).sum()) / max(1e-12, spread)
