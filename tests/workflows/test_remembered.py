"""Vectors of fixed texts outlive the process; questions of users are not kept."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.encode.fake import HashingEncoder
from matcher.encode.protocol import Vectors
from matcher.workflows.remembered import RememberedTexts


class CountingEncoder(HashingEncoder):
    """Notes every text that it really had to read."""

    def __init__(self) -> None:
        super().__init__(64)
        self.read: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return super().encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return super().encode_documents(texts)


def test_fixed_texts_are_read_once_whatever_starts_anew(tmp_path: Path) -> None:
    first, second = CountingEncoder(), CountingEncoder()
    names = ["土壤学", "焊接"]
    vectors = RememberedTexts(first, tmp_path).encode_documents(names)
    assert np.allclose(RememberedTexts(second, tmp_path).encode_documents(names), vectors, atol=1e-3)  # half precision
    assert (first.read, second.read) == (names, [])
    # A question and a document are different vectors for most models, though the text is the same.
    RememberedTexts(second, tmp_path).encode_bank(names)
    assert second.read == names
    RememberedTexts(second, tmp_path).encode_bank(names)
    assert second.read == names


def test_questions_of_users_pass_through(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    for _ in range(2):
        RememberedTexts(encoder, tmp_path).encode_queries(["苗老是死"])
    assert encoder.read == ["苗老是死"] * 2
