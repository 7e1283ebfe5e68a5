"""Weights from marks: who was not marked does not count, few marks are refused, weights in force can be put back."""

from pathlib import Path

import numpy as np
import pytest

from matcher.domain.demand import Demand
from matcher.domain.match import Signal
from matcher.rank.fit import GradedDemand, fit_signals, ndcg
from matcher.workflows.weights import (
    NoWeightsToAdopt,
    NoWeightsToRevert,
    TooFewMarks,
    WeightsFolder,
    condensed,
    fit_to_marks,
)
from tests.rank.world import WEIGHTS, ranker_of

# Unmarked E9 fits every demand better than anybody else: as an unsuitable answer it would cost 0.37 of nDCG.
ITEMS = {
    1: ("盐碱地土壤改良出苗", ("E9",)),
    2: ("盐碱地土壤改良", ("E1",)),
    3: ("盐碱地", ("E2",)),
}
DEMANDS = [Demand(f"D{number}", "盐碱地土壤改良出苗") for number in range(12)]
MARKS = {demand.id: {"E1": 2, "E2": 0} for demand in DEMANDS}


def test_who_was_not_marked_is_no_negative() -> None:
    fitted = fit_to_marks(DEMANDS, MARKS, ranker_of(ITEMS), "库中的评价")
    assert fitted.current.ndcg10 == pytest.approx(1)
    assert fitted.score.ndcg10 == pytest.approx(1)
    assert "12 个需求，24 个评判" in fitted.weights.fitted_on


def test_items_of_the_unmarked_take_no_place_in_the_fit() -> None:
    # E9's 250 items beat both others by either signal and would fill the 200 likeliest. With equal weights E2
    # (1.1) stands before E1 (1.0); E1 is the suitable one, so its signal must gain weight.
    features = np.zeros((252, len(Signal)))
    features[:, :2] = [[1.0, 1.0]] * 250 + [[0.9, 0.1], [0.2, 0.9]]
    owners = [("E9",)] * 250 + [("E1", "E9"), ("E2",)]
    demands = [condensed(GradedDemand(f"D{n}", features, owners, {"E1": 2, "E2": 0})) for n in range(12)]
    assert demands[0].features[:, :2].tolist() == [[0.9, 0.1], [0.2, 0.9]]
    assert demands[0].owners == [("E1",), ("E2",)]
    assert ndcg(demands, fit_signals(demands)).tolist() == [1.0] * 12


def test_praise_alone_and_few_marks_are_refused() -> None:
    praise = {demand.id: {"E1": 2, "E2": 3} for demand in DEMANDS}
    with pytest.raises(TooFewMarks, match="只有 0 个"):
        fit_to_marks(DEMANDS, praise, ranker_of(ITEMS), "")
    with pytest.raises(TooFewMarks, match="只有 3 个"):
        fit_to_marks(DEMANDS, dict(list(MARKS.items())[:3]), ranker_of(ITEMS), "")


def test_a_candidate_is_adopted_reverted_or_withdrawn(tmp_path: Path) -> None:
    folder = WeightsFolder(tmp_path)
    with pytest.raises(NoWeightsToRevert):
        folder.revert()
    folder.propose(WEIGHTS)
    assert folder.current is None
    folder.adopt()
    assert folder.current is not None
    folder.propose(WEIGHTS)
    folder.withdraw()
    with pytest.raises(NoWeightsToAdopt):
        folder.adopt()
    assert folder.revert() is None
    assert folder.current is None
