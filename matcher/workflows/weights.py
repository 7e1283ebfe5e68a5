"""Fits the score's weights on judged demands of the database, and puts them in force or takes them back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.demand import Demand
from matcher.errors import UsageError
from matcher.evaluate.files import Answer, Qrels, Run
from matcher.evaluate.measures import RunScore, score_run
from matcher.rank.fit import GradedDemand, abstention_level, cross_validated, fit
from matcher.rank.ranker import Ranker
from matcher.rank.weights import ScoreWeights
from matcher.text.reading import read_demand

_FOLDS = 5


class TooFewJudged(UsageError):
    def __init__(self, found: int) -> None:
        super().__init__(f"有合适专家的已评判需求只有 {found} 个，至少要 {_FOLDS} 个才能拟合权重。请先积累更多评判。")


class NoWeightsToAdopt(UsageError):
    def __init__(self) -> None:
        super().__init__("还没有拟合过的新权重。请先运行 matcher weights fit。")


class NoWeightsToRevert(UsageError):
    def __init__(self) -> None:
        super().__init__("现在用的就是程序自带的权重，没有可退回的。")


@dataclass(frozen=True, slots=True)
class FittedWeights:
    """`score` is by cross-validation over demands, `current` is what the weights in force reach on the same demands."""

    weights: ScoreWeights
    score: RunScore
    current: RunScore


def fit_weights(demands: Iterable[Demand], qrels: Qrels, ranker: Ranker, source: str) -> FittedWeights:
    """Raises TooFewJudged. `source` names the judgments in the weights file."""
    graded = [ranker.graded(read_demand(demand), qrels[demand.id]) for demand in demands if demand.id in qrels]
    answerable = {demand.id: demand.answerable for demand in graded}
    if sum(answerable.values()) < _FOLDS:
        raise TooFewJudged(sum(answerable.values()))
    held_out = cross_validated(graded, count=_FOLDS)
    judged = {demand.id: qrels[demand.id] for demand in graded}
    score = score_run(_run(held_out), judged)
    best = {demand: answers[0][1] if answers else 0.0 for demand, answers in held_out.items()}
    fitted = fit(graded)
    weights = ScoreWeights(
        signals=fitted.by_name(),
        calibration=fitted.calibration,
        abstain_below=abstention_level(best, answerable),
        fitted_on=_described(source, judged),
        figures=_figures(score),
    )
    return FittedWeights(weights, score, score_run(_in_force(graded, ranker), judged))


def _described(source: str, judged: Qrels) -> str:
    return f"{source}：{len(judged)} 个需求，{sum(map(len, judged.values()))} 个评判；指标为 {_FOLDS} 折交叉验证"


def _in_force(graded: list[GradedDemand], ranker: Ranker) -> Run:
    return _run({demand.id: ranker.answers(demand) for demand in graded})


def _run(answers: dict[str, list[tuple[str, float]]]) -> Run:
    return {demand: [Answer(expert, score) for expert, score in found[:50]] for demand, found in answers.items()}


def _figures(score: RunScore) -> dict[str, float]:
    names = ("ndcg10", "p5", "hit3", "r50", "abstain", "calibration", "brier")
    return {name: round(float(getattr(score, name)), 4) for name in names}


class WeightsFolder:
    """Weights in force, the candidate, and the ones before, below MATCHER_HOME."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def current(self) -> Path | None:
        """The adopted weights, None while the bundled ones are in force."""
        path = self._folder / "current.json"
        return path if path.exists() else None

    def propose(self, weights: ScoreWeights) -> Path:
        """Keeps the candidate; it is not in force before `adopt`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return _write(self._folder / "candidate.json", weights.to_json())

    def adopt(self) -> Path:
        """Puts the candidate in force and keeps the ones before. Raises NoWeightsToAdopt."""
        candidate = self._folder / "candidate.json"
        if not candidate.exists():
            raise NoWeightsToAdopt
        if self.current is not None:
            _write(self._folder / "previous.json", self.current.read_text(encoding="utf-8"))
        candidate.replace(self._folder / "current.json")
        return self._folder / "current.json"

    def revert(self) -> Path | None:
        """Puts the weights before back, or the bundled ones (None). Raises NoWeightsToRevert."""
        if self.current is None:
            raise NoWeightsToRevert
        previous = self._folder / "previous.json"
        if previous.exists():
            return previous.replace(self._folder / "current.json")
        self.current.unlink()
        return None


def _write(path: Path, text: str) -> Path:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(text, encoding="utf-8")
    return draft.replace(path)
