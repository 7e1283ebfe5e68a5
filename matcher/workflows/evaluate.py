"""Scores a run file against a judgments file, and one run against another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.evaluate.compare import Comparison, compare
from matcher.evaluate.errors import NothingJudged
from matcher.evaluate.files import Qrels, Run, read_qrels, read_run
from matcher.evaluate.measures import RunScore, score_run


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`other` and `comparison` are None when one run is scored alone; `missing` judged demands have no answers."""

    score: RunScore
    missing: tuple[str, ...] = ()
    other: RunScore | None = None
    comparison: Comparison | None = None


def evaluate(run: Path, qrels: Path, other: Path | None = None) -> Evaluation:
    """Raises EvaluationFileInvalid, EvaluationFileUnreadable, NothingJudged."""
    judgments = read_qrels(qrels)
    answers = read_run(run)
    missing = tuple(sorted(judgments.keys() - answers.keys()))
    first = _scored(answers, judgments, qrels)
    if other is None:
        return Evaluation(first, missing)
    second = _scored(read_run(other), judgments, qrels)
    return Evaluation(first, missing, second, compare(first, second))


def _scored(run: Run, judgments: Qrels, qrels: Path) -> RunScore:
    try:
        return score_run(run, judgments)
    except ZeroDivisionError as error:
        raise NothingJudged(str(qrels)) from error
