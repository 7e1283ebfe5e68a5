"""Figures worked out by hand, and the same as the collection's own scorer on random runs."""

import math
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.evaluate.compare import compare
from matcher.evaluate.errors import EvaluationFileInvalid, EvaluationFileUnreadable, NothingJudged
from matcher.evaluate.files import Answer, Qrels, Run, read_qrels, read_run
from matcher.evaluate.measures import brier_ratio, calibration_error, ndcg, score_demand, score_run
from matcher.workflows.evaluate import evaluate

SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score.py"
QRELS: Qrels = {"D1": {"A": 3, "B": 2, "C": 0}, "D2": {"A": 1, "C": 0}}
RUN: Run = {
    "D1": [Answer("C", 0.9), Answer("A", 0.6), Answer("X", 0.5)],
    "D2": [Answer("C", 0.2)],
}


def test_one_demand_by_hand() -> None:
    score = score_demand("D1", RUN["D1"], QRELS["D1"])
    # Gains 0, 7, 0 at ranks 1 to 3 over the best order 7, 3.
    assert score.ndcg10 == pytest.approx((7 / math.log2(3)) / (7 + 3 / math.log2(3)))
    assert (score.p5, score.hit3, score.r50) == (1 / 5, 1.0, 1 / 2)


def test_means_calibration_and_abstention_by_hand() -> None:
    score = score_run(RUN, QRELS)
    assert len(score.demands) == 1
    assert score.judged == 3 / 4
    assert score.abstain == 1.0
    # Bins 9: 0.9 - 0; 6: 0.6 - 1; 5: 0.5 - 0; 2: 0.2 - 0.
    assert score.calibration == pytest.approx((0.9 + 0.4 + 0.5 + 0.2) / 4)
    assert score.brier == pytest.approx((0.81 + 0.16 + 0.25 + 0.04) / (3 * 0.0625 + 0.5625))


def test_a_demand_missing_from_the_run_counts_as_nothing_found(tmp_path: Path) -> None:
    assert score_run({}, QRELS).ndcg10 == 0
    (tmp_path / "q.tsv").write_text("D1\tA\t3\nD2\tA\t2\n")
    (tmp_path / "r.tsv").write_text("D1\tA\t1\t1\n")
    found = evaluate(tmp_path / "r.tsv", tmp_path / "q.tsv")
    assert (found.score.ndcg10, found.missing) == (0.5, ("D2",))


def test_calibration_of_honest_probabilities_is_nought() -> None:
    assert calibration_error(np.array([[0.5, 1], [0.5, 0], [1.0, 1]])) == 0
    assert brier_ratio(np.array([[1.0, 1], [0.0, 0]])) == 0


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30).filter(any))
def test_ndcg_lies_between_nought_and_one_and_the_best_order_has_one(grades: list[int]) -> None:
    assert 0 <= ndcg(grades, grades) <= 1 + 1e-12
    assert ndcg(sorted(grades, reverse=True), grades) == pytest.approx(1)


def test_a_run_against_itself_is_a_tie_and_a_better_one_wins() -> None:
    qrels = {f"D{n}": {"A": 3, "B": 0} for n in range(12)}
    good = score_run({d: [Answer("A", 0.9), Answer("B", 0.1)] for d in qrels}, qrels)
    bad = score_run({d: [Answer("B", 0.9), Answer("A", 0.1)] for d in qrels}, qrels)
    same, better = compare(good, good), compare(good, bad)
    assert (same.difference, same.ties, same.p_value) == (0, 12, 1)
    assert better.wins == 12
    assert better.low > 0
    assert better.p_value < 0.01


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("D1\tA\t1\n", "第 1 行.*应有 4 列"),
        ("D1\tA\t1\t0.5\nD1\tB\teins\t0.4\n", "第 2 行.*名次“eins”"),
        ("D1\tA\t1\tnan\n", "不是有限的数"),
        ("D1\tA\t1\t-0.1\n", "得分“-0.1”应为 0 到 1 的概率"),
        ("D1\tA\t1\t0.5\nD1\tA\t2\t0.4\n", "出现两次"),
    ],
)
def test_a_malformed_run_is_refused_with_its_line(text: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "run.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationFileInvalid, match=problem):
        read_run(tmp_path / "run.tsv")


def test_byte_order_mark_carriage_returns_and_blank_lines_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "q.tsv").write_bytes("\ufeffD1\tA\t3\r\n\r\nD1\tB\t0\r\n".encode())
    assert read_qrels(tmp_path / "q.tsv") == {"D1": {"A": 3, "B": 0}}


def test_a_wrong_grade_a_missing_file_and_no_suitable_expert_are_told(tmp_path: Path) -> None:
    (tmp_path / "q.tsv").write_text("D1\tA\t4\n")
    with pytest.raises(EvaluationFileInvalid, match="等级“4”"):
        read_qrels(tmp_path / "q.tsv")
    with pytest.raises(EvaluationFileUnreadable):
        read_run(tmp_path / "missing.tsv")
    (tmp_path / "q.tsv").write_text("D1\tA\t1\n")
    (tmp_path / "r.tsv").write_text("D1\tA\t1\t0.5\n")
    with pytest.raises(NothingJudged):
        evaluate(tmp_path / "r.tsv", tmp_path / "q.tsv")


@pytest.mark.skipif(not SCORER.exists(), reason="the test collection is not beside the checkout")
def test_the_collections_own_scorer_says_the_same(tmp_path: Path) -> None:
    rng = random.Random(5)
    experts = [f"E{n}" for n in range(60)]
    qrels = {f"D{n}": {e: rng.choice([0, 0, 0, 1, 2, 3]) for e in rng.sample(experts, 30)} for n in range(12)}
    qrels["D0"] = dict.fromkeys(experts[:5], 1)
    run = {d: sorted(((rng.random(), e) for e in rng.sample(experts, 50)), reverse=True) for d in qrels}
    (tmp_path / "q.tsv").write_text("".join(f"{d}\t{e}\t{g}\n" for d, row in qrels.items() for e, g in row.items()))
    lines = (f"{d}\t{e}\t{r}\t{s:.6f}\n" for d, row in run.items() for r, (s, e) in enumerate(row, start=1))
    (tmp_path / "r.tsv").write_text("".join(lines))
    theirs = subprocess.run(
        [sys.executable, SCORER, tmp_path / "r.tsv", tmp_path / "q.tsv"], capture_output=True, text=True, check=True
    ).stdout
    ours = evaluate(tmp_path / "r.tsv", tmp_path / "q.tsv").score
    for name, value in (
        ("nDCG@10", ours.ndcg10), ("P@5", ours.p5), ("hit@3", ours.hit3), ("R@50", ours.r50),
        ("abstain", ours.abstain), ("calib", ours.calibration), ("brier", ours.brier), ("judged", ours.judged),
    ):  # fmt: skip
        assert f"{name} {value:.3f}" in theirs
