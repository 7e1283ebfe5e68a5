"""The protocol's tests: the same for the index in memory and for the plain reference."""

from collections.abc import Callable
from math import log

import numpy as np
import pytest

from matcher.index.bruteforce import BruteForceIndex
from matcher.index.local import LocalIndex
from matcher.index.protocol import EvidenceIndex, IndexEntry
from matcher.index.settings import Bm25, IndexSettings

SETTINGS = IndexSettings(encoder="test", dimensions=2, bm25=Bm25(k1=1.0, b=0.5))
MAKERS: dict[str, Callable[[], EvidenceIndex]] = {
    "local": lambda: LocalIndex.empty(SETTINGS),
    "brute force": lambda: BruteForceIndex(SETTINGS),
}


def entry(number: int, owners: str, terms: dict[str, float], x: float, y: float) -> IndexEntry:
    return IndexEntry(number, tuple(owners.split()), terms, np.array([x, y], np.float32))


@pytest.fixture(params=list(MAKERS))
def index(request: pytest.FixtureRequest) -> EvidenceIndex:
    index = MAKERS[request.param]()
    entries = [
        entry(10, "E2 E1", {"盐碱": 2, "水稻": 1}, 1.0, 0.0),
        entry(20, "E1", {"盐碱": 1}, 0.0, 1.0),
        entry(30, "E3", {"电池": 1, "材料": 1}, 0.75, -0.5),
    ]
    index.update(entries, [], 7)
    return index


def test_nearest_ranks_by_inner_product(index: EvidenceIndex) -> None:
    hits = index.nearest(np.array([1.0, 0.25], np.float32), 2)
    assert hits.items.tolist() == [10, 30]
    assert hits.scores.tolist() == [1.0, 0.625]


def test_lexical_is_bm25_worked_by_hand(index: EvidenceIndex) -> None:
    # N = 3, df = 2, lengths 3, 1, 2, average 2: saturation 1 * (0.5 + 0.5 * length / 2) = 1.25 and 0.75.
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    hits = index.lexical({"盐碱": 2.0, "没有": 1.0}, 5)
    assert hits.items.tolist() == [10, 20]
    assert hits.scores == pytest.approx([2 * idf * 2 / 3.25, 2 * idf * 1 / 1.75], rel=1e-5)


def test_equal_scores_stand_in_the_order_of_numbers(index: EvidenceIndex) -> None:
    index.update([entry(number, "E9", {"同": 1.0}, 0, 0) for number in (44, 42, 43)], [], 8)
    assert index.lexical({"同": 1.0}, 2).items.tolist() == [42, 43]


def test_nothing_asked_is_nothing_found(index: EvidenceIndex) -> None:
    assert len(index.lexical({"盐碱": 1.0}, 0).items) == len(index.nearest(np.ones(2, np.float32), 0).items) == 0


def test_scores_of_named_items_agree_with_the_search(index: EvidenceIndex) -> None:
    query = {"盐碱": 1.0, "材料": 3.0}
    hits = index.lexical(query, 9)
    assert index.lexical_scores(query, hits.items) == pytest.approx(hits.scores, rel=1e-5)
    assert index.lexical_scores(query, np.array([99, 30])) == pytest.approx([0, hits.scores[0]], rel=1e-5)


def test_items_are_told_in_the_order_asked_and_unknown_ones_are_empty(index: EvidenceIndex) -> None:
    items = np.array([30, 99, 10])
    assert index.vectors(items).tolist() == [[0.75, -0.5], [0, 0], [1, 0]]
    assert index.owners(items) == [("E3",), (), ("E1", "E2")]


def test_experts_and_terms_are_counted(index: EvidenceIndex) -> None:
    assert index.items_of("E1").tolist() == [10, 20]
    assert index.items_of("nobody").tolist() == []
    assert index.document_frequency(["盐碱", "电池", "没有"]) == {"盐碱": 2, "电池": 1, "没有": 0}
    assert (index.item_count, index.last_change, index.encoder_fingerprint) == (3, 7, "test")


def test_an_update_replaces_and_removes(index: EvidenceIndex) -> None:
    index.update([entry(20, "E4", {"电池": 1.0}, -1.0, 0.0)], [30, 77], 9)
    assert (index.item_count, index.last_change) == (2, 9)
    assert index.document_frequency(["盐碱", "电池", "材料"]) == {"盐碱": 1, "电池": 1, "材料": 0}
    assert index.lexical({"电池": 1.0, "材料": 1.0}, 5).items.tolist() == [20]
    assert index.nearest(np.array([1.0, 0.0], np.float32), 5).items.tolist() == [10, 20]
    assert (index.items_of("E1").tolist(), index.items_of("E4").tolist()) == ([10], [20])


def test_a_pinned_reader_keeps_its_moment(index: EvidenceIndex) -> None:
    reader = index.pinned()
    index.update([entry(40, "E5", {"盐碱": 1.0, "新词": 1.0}, 1.0, 1.0)], [10], 8)
    assert reader.lexical({"盐碱": 1.0, "新词": 1.0}, 5).items.tolist() == [10, 20]
    assert (reader.item_count, reader.last_change, reader.document_frequency(["新词"])) == (3, 7, {"新词": 0})
    assert index.pinned().lexical({"盐碱": 1.0}, 5).items.tolist() == [20, 40]


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS.keys())
def test_an_empty_index_answers_with_nothing(maker: Callable[[], EvidenceIndex]) -> None:
    index = maker()
    assert len(index.lexical({"盐碱": 1.0}, 3).items) == 0
    assert len(index.nearest(np.zeros(2, np.float32), 3).items) == 0
    assert index.vectors(np.array([1])).tolist() == [[0, 0]]
    assert index.lexical_scores({"盐碱": 1.0}, np.array([1])).tolist() == [0]
    assert index.items_of("E1").tolist() == []


def test_an_emptied_index_is_empty(index: EvidenceIndex) -> None:
    index.update([], [10, 20, 30], 8)
    assert index.item_count == 0
    assert len(index.lexical({"盐碱": 1.0}, 3).items) == 0
    assert len(index.nearest(np.ones(2, np.float32), 3).items) == 0
