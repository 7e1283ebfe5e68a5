"""Takes hubs out of a vector search: items that are near to every question rank lower for each.

After cross-domain similarity local scaling (Conneau et al. 2018) and querybank normalisation (Bogolin et al. 2022):
an item's hubness is its mean similarity to the nearest questions of a bank, and part of it is taken from its
similarity to a new question. Written as an inner product of longer rows, so that any index can search by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from matcher.encode.protocol import Encoder, Vectors

_NEAREST = 20
_SHARE = 0.5
# faiss works on eight numbers at a time.
_EXTRA = 8


class HubCorrected:
    """The encoder with `bank`, questions as users ask them.

    The inner product of a question's and an item's row is their cosine less half the item's hubness; an empty
    question is near to nothing.
    """

    def __init__(
        self, encoder: Encoder, bank: Sequence[str], encode_bank: Callable[[Sequence[str]], Vectors] | None = None
    ) -> None:
        """`encode_bank` may remember the bank's vectors: a transformer needs minutes for them."""
        self._encoder = encoder
        self._bank = tuple(bank)
        self._encode_bank = encode_bank or encoder.encode_queries
        digest = hashlib.sha256("\n".join(self._bank).encode()).hexdigest()
        self._fingerprint = f"{encoder.fingerprint}+hubs-{digest[:8]}-{_NEAREST}-{_SHARE}"

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions + _EXTRA

    @cached_property
    def _questions(self) -> Vectors:
        """Encoded when the first item is: answering from a finished index needs no bank."""
        return self._encode_bank(self._bank)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = self._encoder.encode_documents(texts)
        return _longer(rows, self._hubness(rows))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        rows = self._encoder.encode_queries(texts)
        return _longer(rows, np.where(rows.any(axis=1), -_SHARE, 0.0).astype(np.float32))

    def _hubness(self, rows: Vectors) -> Vectors:
        """(n,) mean cosine of each row to the questions nearest to it."""
        nearest = min(_NEAREST, len(self._bank))
        if not nearest:
            return np.zeros(len(rows), np.float32)
        cosines = rows @ self._questions.T
        return np.asarray(np.partition(cosines, -nearest, axis=1)[:, -nearest:].mean(axis=1), np.float32)


def _longer(rows: Vectors, last: Vectors) -> Vectors:
    longer = np.zeros((len(rows), rows.shape[1] + _EXTRA), np.float32)
    longer[:, : rows.shape[1]] = rows
    longer[:, rows.shape[1]] = last
    return longer
