"""Fits the score's weights on judged demands of the database, and puts them in force or takes them back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.domain.demand import Demand
from matcher.errors import UsageError
from matcher.evaluate.files import Answer, Qrels, Run
from matcher.evaluate.measures import SUITABLE, RunScore, score_run
from matcher.rank.fit import GradedDemand, abstention_level, cross_validated, fit
from matcher.rank.ranker import Ranker
from matcher.rank.weights import ScoreWeights
from matcher.text.reading import read_demand, read_need

_FOLDS = 5
# Demands with a suitable and an unsuitable expert each: fewer cannot be told from chance.
_MARKED_DEMANDS = 10


class TooFewJudged(UsageError):
    def __init__(self, found: int) -> None:
        super().__init__(f"有合适专家的已评判需求只有 {found} 个，至少要 {_FOLDS} 个才能拟合权重。请先积累更多评判。")


class TooFewMarks(UsageError):
    def __init__(self, found: int) -> None:
        super().__init__(
            f"同时有“合适”（或“成效”）和“不合适”评价的需求只有 {found} 个，至少要 {_MARKED_DEMANDS} 个才能拟合权重。"
            "请继续评价（不合适的也要标出来），再用 matcher import marks 导入；现用权重不变。"
        )


class NoWeightsToAdopt(UsageError):
    def __init__(self) -> None:
        super().__init__("没有可采用的新权重：先运行 matcher weights fit，交叉验证确有提高才可采用。")


class NoWeightsToRevert(UsageError):
    def __init__(self) -> None:
        super().__init__("现在用的就是程序自带的权重，没有可退回的。")


@dataclass(frozen=True, slots=True)
class FittedWeights:
    """`score` is by cross-validation over demands, `current` is what the weights in force reach on the same demands."""

    weights: ScoreWeights
    score: RunScore
    current: RunScore


def fit_to_marks(demands: Iterable[Demand], qrels: Qrels, ranker: Ranker, source: str) -> FittedWeights:
    """From marks of staff, who saw a few experts of a demand: whoever they did not mark is left out of the lists.

    Condensed lists (Sakai 2007) keep the unmarked from counting as unsuitable. Raises TooFewMarks.
    """
    told_apart = [grades for grades in qrels.values() if max(grades.values()) >= SUITABLE > min(grades.values())]
    if len(told_apart) < _MARKED_DEMANDS:
        raise TooFewMarks(len(told_apart))
    return _fit([condensed(demand) for demand in _graded(demands, qrels, ranker)], source, ranker)


def fit_weights(demands: Iterable[Demand], qrels: Qrels, ranker: Ranker, source: str) -> FittedWeights:
    """From pooled judgments, where whoever has none counts as unsuitable. Raises TooFewJudged.

    `source` names the judgments in the weights file.
    """
    return _fit(_graded(demands, qrels, ranker), source, ranker)


def _graded(demands: Iterable[Demand], qrels: Qrels, ranker: Ranker) -> list[GradedDemand]:
    """Whole questionnaires and single needs, whichever was judged."""
    parts = (part for demand in demands for part in (read_demand(demand), *map(read_need, demand.needs)))
    return [ranker.graded(part, qrels[part.id]) for part in parts if part.id in qrels]


def condensed(demand: GradedDemand) -> GradedDemand:
    """The demand with the items of judged experts only: others must not take up places among the likeliest items."""
    owners = [tuple(expert for expert in owners if expert in demand.grades) for owners in demand.owners]
    rows = [row for row, judged in enumerate(owners) if judged]
    return replace(demand, features=demand.features[rows], owners=[owners[row] for row in rows])


def _fit(graded: list[GradedDemand], source: str, ranker: Ranker) -> FittedWeights:
    answerable = {demand.id: demand.answerable for demand in graded}
    if sum(answerable.values()) < _FOLDS:
        raise TooFewJudged(sum(answerable.values()))
    held_out = cross_validated(graded, count=_FOLDS)
    judged = {demand.id: dict(demand.grades) for demand in graded}
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

    @property
    def in_force(self) -> str:
        """Changes with every adoption and return; "" while the bundled weights are in force."""
        try:
            return hashlib.sha256((self._folder / "current.json").read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""

    def propose(self, weights: ScoreWeights) -> Path:
        """Keeps the candidate; it is not in force before `adopt`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return _write(self._folder / "candidate.json", weights.to_json())

    def withdraw(self) -> None:
        """Forgets the candidate: a later fit found no gain."""
        (self._folder / "candidate.json").unlink(missing_ok=True)

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
