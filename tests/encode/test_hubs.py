"""Hub correction: worked by hand on a plane, and what an index sees of it."""

from collections.abc import Sequence

import numpy as np
import pytest

from matcher.encode.hubs import HubCorrected
from matcher.encode.protocol import Vectors

# On the plane: questions of the bank at 0 and 90 degrees, a hub between them, an item beside one of them.
PLACES = {"东": (1.0, 0.0), "北": (0.0, 1.0), "中": (0.8, 0.6), "": (0.0, 0.0)}


class PlaneEncoder:
    """Knows the four texts of `PLACES`."""

    fingerprint, dimensions = "plane", 2

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return np.array([PLACES[text] for text in texts], np.float32).reshape(-1, 2)

    encode_queries = encode_documents


def test_similarity_is_the_cosine_less_half_the_mean_similarity_to_the_bank() -> None:
    encoder = HubCorrected(PlaneEncoder(), ["东", "北"])
    question = encoder.encode_queries(["东"])[0]
    items = encoder.encode_documents(["东", "中"])
    # hubness of 东: (1 + 0) / 2; of 中: (0.8 + 0.6) / 2
    assert items @ question == pytest.approx([1 - 0.5 * 0.5, 0.8 - 0.5 * 0.7])


def test_an_empty_question_is_near_to_nothing() -> None:
    encoder = HubCorrected(PlaneEncoder(), ["东", "北"])
    assert not encoder.encode_queries([""]).any()


def test_without_a_bank_similarity_stays_the_cosine() -> None:
    encoder = HubCorrected(PlaneEncoder(), [])
    assert encoder.encode_documents(["中"]) @ encoder.encode_queries(["东"])[0] == pytest.approx([0.8])


def test_only_the_nearest_questions_of_the_bank_count() -> None:
    encoder = HubCorrected(PlaneEncoder(), ["北"] * 30 + ["东"] * 20)
    assert encoder.encode_documents(["东"])[0, 2] == pytest.approx(1.0)


def test_another_bank_is_another_encoder() -> None:
    first, second = HubCorrected(PlaneEncoder(), ["东"]), HubCorrected(PlaneEncoder(), ["北"])
    assert first.fingerprint != second.fingerprint
    assert first.dimensions == first.encode_documents(["东"]).shape[1]
