"""A cross-encoder's opinion blended in: nothing moves where both agree, and shares still sum to the probability."""

import math

import numpy as np
import pytest

from matcher.domain.match import Signal
from matcher.rank.ranker import Ranker, Standing
from matcher.rank.rerank import RERANK_WEIGHT, best_items, reranked
from matcher.rank.votes import vote
from matcher.rank.weights import Calibration
from tests.rank.world import ranker_of

CALIBRATION = Calibration(slope=2.0, best=-0.5, intercept=-2.0)
COLUMN = list(Signal).index(Signal.RERANKED)


def standing_of(scores: list[float], owners: list[tuple[str, ...]]) -> Standing:
    signals = np.zeros((len(scores), len(Signal)))
    signals[:, 0] = scores
    return Standing(np.arange(len(scores)) + 10, signals, vote(np.array(scores), owners))


def ranker() -> Ranker:
    """Its calibration is the one above."""
    return ranker_of({1: ("盐碱地", ("E1",))})


def test_the_best_items_are_asked_about() -> None:
    assert best_items(standing_of([1.0, 3.0, 2.0], [("A",), ("B",), ("C",)]), 2).tolist() == [1, 2]


def test_agreement_changes_nothing() -> None:
    standing = standing_of([2.0, 1.6], [("A",), ("B",)])
    # Log-odds of an expert whose only item scores 2.0 where 2.0 is the best: 2 * 2.0 - 0.5 * 2.0 - 2.0.
    agreed = [1 / (1 + math.exp(-(2 * score - 3.0))) for score in (2.0, 1.6)]
    found = reranked(standing, np.array([0, 1]), np.array(agreed), CALIBRATION)
    assert found.votes.totals == pytest.approx(standing.votes.totals)
    assert found.signals[:, COLUMN] == pytest.approx([RERANK_WEIGHT * 2.0, RERANK_WEIGHT * 1.6])


def test_the_second_look_turns_the_order_and_explains_itself() -> None:
    standing = standing_of([2.0, 1.9, 1.8], [("A",), ("B", "C"), ("C",)])
    found = reranked(standing, np.array([0, 1, 2]), np.array([0.03, 0.97, 0.03]), CALIBRATION)
    assert found.votes.experts == ("C", "B", "A")
    experts = [ranker().expert(found, place) for place in range(3)]
    scores = [expert.score for expert in experts]
    assert scores == sorted(scores, reverse=True)
    for expert in experts:
        assert sum(vote.share for vote in expert.votes) == pytest.approx(expert.score)
        assert sum(expert.signal_shares.values()) == pytest.approx(expert.score)
    assert experts[1].signal_shares[Signal.RERANKED] > experts[1].signal_shares[Signal.LEXICAL]
    assert experts[2].signal_shares[Signal.RERANKED] == 0


def test_who_was_not_asked_about_stands_below_an_equal_who_was() -> None:
    standing = standing_of([2.0, 2.0], [("A",), ("B",)])
    found = reranked(standing, np.array([1]), np.array([0.5]), CALIBRATION)
    assert found.votes.experts == ("B", "A")


def test_no_item_can_lower_its_owner_below_not_having_it() -> None:
    standing = standing_of([2.0, 1.0], [("A",), ("A",)])
    found = reranked(standing, np.array([0, 1]), np.array([0.0, 0.0]), CALIBRATION)
    expert = ranker().expert(found, 0)
    assert all(vote.share >= 0 and vote.without <= expert.score for vote in expert.votes)


def test_nothing_found_stays_nothing() -> None:
    empty = standing_of([], [])
    assert reranked(empty, best_items(empty, 30), np.zeros(0), CALIBRATION).votes.experts == ()
