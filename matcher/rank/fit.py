"""Fits the score's weights and calibration to graded pairs, and judges them by cross-validation over demands.

Ranking: coordinate ascent on nDCG@10 (Metzler & Croft 2007), few weights, none negative. A step is taken only where it
gains more than its standard error over the demands (Breiman et al. 1984, one-standard-error rule): dozens of demands
tell little, and steps towards any gain did worse on the demands held out (docs/quality.md). The start is neutral.
Calibration: logistic regression (Platt 1999) on the first answers. Neither ever sees the fold it is scored on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from matcher.domain.demand import demand_id_of
from matcher.domain.match import Signal
from matcher.rank.votes import VOTE_WEIGHTS
from matcher.rank.weights import Calibration

Array = NDArray[np.float64]

SUITABLE = 2
_ROUNDS = 3
_ANSWERS = 10
_ITEMS = 200
_FACTORS = (0.0, 0.5, 0.7, 1.4, 2.0, 3.0)
_SCALE = 20.0
_START = {Signal.LEXICAL: 10.0, Signal.MEANING: 10.0}


@dataclass(frozen=True, slots=True)
class GradedDemand:
    """`features` (n, s) of the candidate items, `owners` their experts, `grades` of the judged experts (0..3)."""

    id: str
    features: Array
    owners: Sequence[tuple[str, ...]]
    grades: Mapping[str, int]

    @property
    def answerable(self) -> bool:
        return any(grade >= SUITABLE for grade in self.grades.values())


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit yields; `abstain_below` comes from `abstention_level`."""

    signals: Array
    calibration: Calibration

    def by_name(self) -> dict[Signal, float]:
        return {signal: round(float(value), 4) for signal, value in zip(Signal, self.signals, strict=True)}


def fit(demands: Sequence[GradedDemand], active: Sequence[Signal] = tuple(Signal)) -> Fitted:
    """Weights of the `active` signals (others 0) and the calibration, from all `demands`."""
    weights = fit_signals([demand for demand in demands if demand.answerable], active)
    return Fitted(weights, fit_calibration(demands, weights))


def fit_signals(demands: Sequence[GradedDemand], active: Sequence[Signal] = tuple(Signal)) -> Array:
    """Weights (s,) >= 0 that no single step of `_FACTORS` improves for certain; their sum is `_SCALE`.

    Which items vote depends on the weights: every trial votes anew, among the items that may still matter.
    """
    weights = np.array([_START.get(signal, 0.0) * (signal in active) for signal in Signal])
    weights = weights if weights.any() else np.array([float(signal in active) for signal in Signal])
    pool = [_shortened(demand, weights) for demand in demands]
    best = ndcg(pool, weights)
    for _ in range(_ROUNDS):
        before = best
        for column in np.flatnonzero([signal in active for signal in Signal]):
            for trial in _trials(weights, int(column)):
                value = ndcg(pool, trial)
                if _surely_better(value, best):
                    weights, best = trial, value
        if best is before:
            break
    return np.asarray(weights * _SCALE / weights.sum())


def _trials(weights: Array, column: int) -> Iterator[Array]:
    """The weights with one of them scaled; a weight of nought is tried at a tenth of the sum."""
    base = weights[column] or weights.sum() / 10
    for factor in _FACTORS:
        trial = weights.copy()
        trial[column] = base * factor
        if trial.any():
            yield trial


def _shortened(demand: GradedDemand, weights: Array) -> GradedDemand:
    """The demand with its likeliest items only, by the starting weights and by each signal."""
    best = [np.argsort(-(demand.features @ weights), kind="stable")[:_ITEMS]]
    best += [np.argsort(-column, kind="stable")[: _ITEMS // 4] for column in demand.features.T]
    rows = np.unique(np.concatenate(best))
    return replace(demand, features=demand.features[rows], owners=[demand.owners[row] for row in rows])


def _surely_better(new: Array, old: Array) -> bool:
    gain = new - old
    return bool(gain.mean() > gain.std() / math.sqrt(max(1, len(gain) - 1)))


def ndcg(demands: Sequence[GradedDemand], weights: Array) -> Array:
    """(len(demands),) nDCG@10 of the demands' rankings by these weights."""
    values = []
    for demand in demands:
        grades = [demand.grades.get(expert, 0) for expert, _ in ranked(demand, weights)[:_ANSWERS]]
        values.append(_gain(grades) / max(_gain(sorted(demand.grades.values(), reverse=True)[:_ANSWERS]), 1e-9))
    return np.array(values)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def expert_signals(demand: GradedDemand, weights: Array) -> tuple[list[str], Array]:
    """Experts and their voted signals (e, s): sum over the best items of vote weight times the item's signals."""
    ballots: dict[str, list[int]] = {}
    for row in np.argsort(-(demand.features @ weights), kind="stable"):
        for expert in demand.owners[row]:
            rows = ballots.setdefault(expert, [])
            if len(rows) < len(VOTE_WEIGHTS):
                rows.append(int(row))
    voted = [np.asarray(VOTE_WEIGHTS[: len(rows)]) @ demand.features[rows] for rows in ballots.values()]
    return list(ballots), np.array(voted).reshape(-1, demand.features.shape[1])


def ranked(demand: GradedDemand, weights: Array) -> list[tuple[str, float]]:
    """Experts with their totals, best first."""
    experts, signals = expert_signals(demand, weights)
    totals = signals @ weights
    return sorted(zip(experts, totals.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))


def fit_calibration(demands: Sequence[GradedDemand], weights: Array) -> Calibration:
    """Logistic regression of "suitable" on (total, best total) over the first answers of every demand."""
    points, suitable = [], []
    for demand in demands:
        answers = ranked(demand, weights)[:_ANSWERS]
        points += [(value, answers[0][1], 1.0) for _, value in answers]
        suitable += [float(demand.grades.get(expert, 0) >= SUITABLE) for expert, _ in answers]
    matrix, labels = np.array(points), np.array(suitable)
    result = minimize(
        _logistic_loss,
        np.array([0.3, 0.1, -3.0]),
        args=(matrix, labels),
        jac=True,
        bounds=[(0.01, 10), (-10, 10), (-60, 60)],
    )
    slope, best, intercept = (round(float(value), 4) for value in result.x)
    return Calibration(slope, best, intercept)


def _logistic_loss(weights: Array, points: Array, labels: Array) -> tuple[float, Array]:
    logits = points @ weights
    loss = float(np.mean(np.logaddexp(0, logits) - labels * logits)) + 1e-4 * float(weights @ weights)
    return loss, points.T @ (1 / (1 + np.exp(-logits)) - labels) / len(labels) + 2e-4 * weights


def folds(demands: Sequence[GradedDemand], count: int = 5) -> list[list[int]]:
    """Rows of each fold, dealt in the order of the ids; a questionnaire and its needs (`#1`, `#2`) stay together."""
    questionnaires = [demand_id_of(demand.id) for demand in demands]
    fold = {id: place % count for place, id in enumerate(sorted(set(questionnaires)))}
    return [[row for row, id in enumerate(questionnaires) if fold[id] == number] for number in range(count)]


def cross_validated(
    demands: Sequence[GradedDemand], active: Sequence[Signal] = tuple(Signal), count: int = 5
) -> dict[str, list[tuple[str, float]]]:
    """For each demand the experts with probabilities, by weights fitted on the other folds."""
    answers: dict[str, list[tuple[str, float]]] = {}
    for held_out in folds(demands, count):
        fitted = fit([demand for row, demand in enumerate(demands) if row not in held_out], active)
        for row in held_out:
            answers[demands[row].id] = _answers(demands[row], fitted)
    return answers


def _answers(demand: GradedDemand, fitted: Fitted) -> list[tuple[str, float]]:
    order = ranked(demand, fitted.signals)
    best = order[0][1] if order else 0.0
    return [(expert, fitted.calibration.probability(value, best)) for expert, value in order]


def abstention_level(best: Mapping[str, float], answerable: Mapping[str, bool], most_refused: float = 0.1) -> float:
    """The level that refuses at most `most_refused` of the answerable demands, by their best probability.

    It lies in the middle between the last refused and the first answered: a level at the edge refuses more of the next.
    """
    scores = sorted(score for demand, score in best.items() if answerable[demand])
    if not scores:
        return 0.0
    answered = int(most_refused * len(scores))
    return round((scores[max(0, answered - 1)] + scores[answered]) / 2, 4)
