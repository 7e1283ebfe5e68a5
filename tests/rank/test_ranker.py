"""Ranking by evidence on a small index: who comes first, shares that sum, items left out, volume without effect."""

import math

import numpy as np
import pytest

from matcher.domain.demand import Demand, Need
from matcher.rank.votes import total, vote
from matcher.text.reading import FacetKind, read_demand, read_need, read_text
from tests.rank.world import ranker_of

ITEMS = {
    1: ("苏打盐碱地水稻耐盐品种筛选与土壤改良", ["E1", "E2"]),
    2: ("盐碱胁迫下玉米出苗与土壤盐分动态", ["E1"]),
    3: ("铝合金焊接气孔形成机理与抑制", ["E3"]),
    4: ("搅拌摩擦焊接头组织与力学性能", ["E3", "E4"]),
    5: ("青少年阅读障碍的眼动研究", ["E5"]),
    6: ("盐碱地暗管排水与灌溉", ["E6"]),
}
DEMAND = Demand(
    "D1", "盐碱地保苗难", problem="地里土壤盐碱重，玉米出苗不好。浇水越浇越白。", goal="无", wanted="土壤改良"
)


def test_the_right_people_come_first_and_the_others_after() -> None:
    ranker = ranker_of(ITEMS)
    standing = ranker.standing(read_demand(DEMAND))
    assert standing.votes.experts[0] == "E1"
    assert set(standing.votes.experts[:3]) == {"E1", "E2", "E6"}


def test_scores_are_probabilities_that_never_rise_with_rank() -> None:
    ranker = ranker_of(ITEMS)
    standing = ranker.standing(read_demand(DEMAND))
    scores = [ranker.expert(standing, place).score for place in range(len(standing.votes.experts))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_shares_of_items_and_of_signals_sum_to_the_score() -> None:
    ranker = ranker_of(ITEMS)
    standing = ranker.standing(read_demand(DEMAND))
    for place in range(3):
        expert = ranker.expert(standing, place)
        assert math.isclose(sum(vote.share for vote in expert.votes), expert.score)
        assert math.isclose(sum(expert.signal_shares.values()), expert.score)


def test_leaving_an_item_out_gives_the_score_that_was_announced() -> None:
    ranker = ranker_of(ITEMS)
    standing = ranker.standing(read_demand(DEMAND))
    first = ranker.expert(standing, 0)
    assert all(vote.without < first.score for vote in first.votes)
    # The announced score is the calibration of what is left, with the rival's total where that is now the best.
    rows = list(standing.votes.rows[0])
    left = total(standing.signals[rows].sum(axis=1).tolist()[1:])
    best = max(left, float(standing.votes.totals[1]))
    assert math.isclose(first.votes[0].without, ranker.weights.calibration.probability(left, best))


def test_one_good_item_beats_many_weak_ones() -> None:
    weak = {number: ("灌溉管理经验", ["E7"]) for number in range(10, 60)}
    standing = ranker_of(ITEMS | weak).standing(read_demand(DEMAND))
    order = standing.votes.experts
    assert order.index("E1") < order.index("E7")


def test_items_beyond_the_third_win_nothing() -> None:
    assert total([0.9, 0.6, 0.3, 0.3, 0.3]) == total([0.9, 0.6, 0.3])


def test_the_best_items_vote_and_ties_go_by_id() -> None:
    import numpy as np

    votes = vote(np.array([0.6, 0.9, 0.3, 0.9]), [("B",), ("B",), ("B",), ("A",)])
    assert votes.experts == ("B", "A")
    assert list(votes.totals) == pytest.approx([0.9 + 0.6 * 0.4 + 0.3 * 0.2, 0.9])
    tied = vote(np.array([0.5, 0.5]), [("Z",), ("A",)])
    assert tied.experts == ("A", "Z")


def test_the_same_input_gives_the_same_answer() -> None:
    first = ranker_of(ITEMS).standing(read_demand(DEMAND))
    second = ranker_of(dict(reversed(ITEMS.items()))).standing(read_demand(DEMAND))
    assert first.votes.experts == second.votes.experts
    assert list(first.votes.totals) == pytest.approx(list(second.votes.totals))


def test_an_empty_index_and_an_empty_reading_have_no_candidates() -> None:
    assert ranker_of({}).standing(read_text("盐碱地")).votes.experts == ()
    empty = read_demand(Demand("D2", "无", problem="未提供。"))
    assert empty.is_empty
    assert ranker_of(ITEMS).standing(empty).votes.experts == ()


def test_a_demand_is_read_in_facets_without_placeholders() -> None:
    reading = read_demand(DEMAND)
    assert [facet.kind for facet in reading.facets] == [FacetKind.TITLE, FacetKind.PROBLEM, FacetKind.WANTED]
    assert reading.sentences() == ["盐碱地保苗难", "地里土壤盐碱重，玉米出苗不好。", "浇水越浇越白。", "土壤改良"]


def test_a_confirmed_need_is_read_on_its_own() -> None:
    reading = read_need(Need("D1", 2, "灌溉", "滴灌怎么埋", "灌溉"))
    assert reading.id == "D1#2"
    assert reading.text() == "灌溉\n滴灌怎么埋\n灌溉"


def test_among_some_items_each_has_the_probability_it_has_among_all() -> None:
    ranker = ranker_of(ITEMS)
    whole = ranker.standing(read_demand(DEMAND))
    everything = {one.item: one for one in ranker.items(whole, whole)}
    some = ranker.items(whole, ranker.standing(read_demand(DEMAND), np.array([2, 4, 6, 99])))
    assert {one.item for one in some} <= {2, 4, 6}
    assert [one.rank for one in some] == list(range(1, len(some) + 1))
    assert all((one.score, one.signals) == (everything[one.item].score, everything[one.item].signals) for one in some)


def test_a_kind_of_item_that_is_rare_is_found_behind_any_number_of_others() -> None:
    # The legs bring 400 items at first: the rare kind lies behind twice as many.
    items = {number: ("盐碱地水稻耐盐品种", [f"E{number}"]) for number in range(1, 900)}
    ranker = ranker_of({**items, 900: ("盐碱地", ["P"])})
    assert ranker.standing(read_text("盐碱地水稻耐盐品种"), np.array([900])).items.tolist() == [900]


def test_an_items_probability_is_that_of_an_expert_with_three_such_items() -> None:
    ranker = ranker_of({1: ("盐碱地出苗", ["E1"]), 2: ("盐碱地出苗", ["E1"]), 3: ("盐碱地出苗", ["E1"])})
    standing = ranker.standing(read_text("盐碱地出苗"))
    assert math.isclose(ranker.items(standing, standing)[0].score, ranker.expert(standing, 0).score)
