"""Experts are alike when their items are."""

import numpy as np

from matcher.rank.similar import similar
from tests.rank.world import ENCODER, build_index

ITEMS = {
    1: ("盐碱地水稻育种", ["me", "mate"]),
    2: ("盐碱地土壤改良", ["me"]),
    3: ("盐碱地土壤改良技术", ["like"]),
    4: ("铝合金焊接", ["far"]),
    5: ("盐碱地水稻", ["half"]),
}


def test_items_vote_for_their_owners_and_the_team_is_marked() -> None:
    index = build_index(ITEMS)
    own = index.items_of("me")
    questions = ENCODER.encode_queries([ITEMS[number][0] for number in own.tolist()])
    found = similar(index.pinned(), "me", own, questions, 3)
    assert "me" not in {one.expert_id for one in found}
    assert {one.expert_id for one in found} == {"mate", "like", "half"}
    assert {one.expert_id: one.common for one in found} == {"mate": 1, "like": 0, "half": 0}
    like = next(one for one in found if one.expert_id == "like")
    assert (like.pairs[0].own, like.pairs[0].other) == (2, 3)
    vectors = ENCODER.encode_documents([ITEMS[number][0] for number in (1, 2, 3)])
    assert np.isclose(like.score, (vectors[0] @ vectors[2] + vectors[1] @ vectors[2]) / 2, atol=2e-3)


def test_whoever_has_no_items_is_like_nobody() -> None:
    index = build_index(ITEMS)
    assert similar(index.pinned(), "new", index.items_of("new"), np.zeros((0, 256), np.float32), 5) == []
