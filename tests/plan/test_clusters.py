"""Similar demands, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.plan.clusters import Likeness, common_words, groups, likeness, middle

EMPTY = np.zeros((4, 4))


def test_likeness_is_the_cosine_and_the_shared_words_by_rarity() -> None:
    vectors = np.array([[2, 0], [0, 1], [1, 1]], np.float32)
    found = likeness(vectors, [{"盐碱": 3.0, "出苗": 1.0}, {"盐碱": 3.0, "焊接": 6.0}, {}])
    assert found.meaning[0] == pytest.approx([1, 0, 0.5**0.5])
    assert found.words[0] == pytest.approx([1, 3 / (4 * 9) ** 0.5, 0])


def test_no_chain_joins_strangers() -> None:
    # 0 and 1 are alike, 1 and 2 too, but not 0 and 2: the stronger pair stays together.
    meaning = np.eye(4)
    for one, other, value in ((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.2)):
        meaning[one, other] = meaning[other, one] = value
    assert groups(Likeness(meaning, EMPTY), 0.7) == [(0, 1), (2,), (3,)]
    assert groups(Likeness(meaning, EMPTY), 0.1) == [(0, 1, 2), (3,)]
    assert middle((0, 1, 2), Likeness(meaning, EMPTY)) == 1


def test_few_rows() -> None:
    assert groups(likeness(np.zeros((0, 2), np.float32), [])) == []
    assert groups(likeness(np.ones((1, 2), np.float32), [{}])) == [(0,)]


def test_words_in_common() -> None:
    texts = [
        {"盐碱": 3.0, "盐碱地": 5.0, "水": 9.0},
        {"盐碱": 3.0, "盐碱地": 5.0, "出苗": 4.0},
        {"出苗": 4.0, "水": 9.0},
    ]
    assert common_words(texts, texts) == ("盐碱地", "出苗")


def test_a_word_that_everybody_uses_tells_no_group_apart() -> None:
    texts = [{"办法": 9.0, "玉米": 3.0}, {"办法": 9.0, "玉米": 3.0}]
    others = [{"办法": 9.0}, {"办法": 9.0}, {"轴承": 4.0}]
    assert common_words(texts, [*texts, *others]) == ("玉米",)
