"""What ranking and index ask of an encoder, and ranking of a reranker."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Probabilities = NDArray[np.float64]


class Encoder(Protocol):
    """The inner product of a question's and an item's row is their similarity; rows of length 1 make it a cosine.

    A text without any known piece gives a row that is zero wherever texts are told apart.
    """

    @property
    def fingerprint(self) -> str:
        """Names model, content and settings; changes whenever vectors would."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions) of items of evidence."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions) of demands and sentences."""


class Reranker(Protocol):
    """Reads question and text together: slower and more exact than comparing vectors, for the first answers only."""

    @property
    def fingerprint(self) -> str:
        """Names model and content."""

    def probabilities(self, question: str, texts: Sequence[str]) -> Probabilities:
        """(len(texts),) in [0, 1]: how surely each text answers the question."""


def normalised(rows: Vectors) -> Vectors:
    """Rows at length 1, zero rows left alone."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)
