"""A deterministic encoder and a reranker without any model, for tests."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from matcher.encode.protocol import Probabilities, Vectors, normalised


class HashingEncoder:
    """Counts character pairs in hashed buckets: texts that share pairs are near."""

    def __init__(self, dimensions: int = 64) -> None:
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        return f"hashing-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self._dimensions), np.float32)
        for row, text in enumerate(texts):
            for pair in pairwise(text):
                rows[row, self._bucket("".join(pair))] += 1
        return normalised(rows)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)

    def _bucket(self, pair: str) -> int:
        return int.from_bytes(hashlib.blake2b(pair.encode(), digest_size=4).digest(), "big") % self._dimensions


class PairReranker:
    """The share of a text's character pairs that the question holds too."""

    @property
    def fingerprint(self) -> str:
        return "pairs"

    def probabilities(self, question: str, texts: Sequence[str]) -> Probabilities:
        asked = set(pairwise(question))
        shares = [len(asked & set(pairwise(text))) / max(1, len(set(pairwise(text)))) for text in texts]
        return np.array(shares, np.float64)
