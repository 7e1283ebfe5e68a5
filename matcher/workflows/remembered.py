"""Vectors of texts that travel with the program, remembered on disk: a transformer needs minutes for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.encode.protocol import Encoder, Vectors
from matcher.index.vector_cache import VectorCache
from matcher.workflows.index_build import encode_with


class RememberedTexts:
    """The encoder for fixed texts: what `encode_documents` and `encode_bank` were asked once costs nothing again.

    Questions of users pass through: they come once, and are nobody's to keep.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._documents = encode_with(self._cache(folder, "documents"), encoder.encode_documents)
        self._questions = encode_with(self._cache(folder, "questions"), encoder.encode_queries)

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_bank(self, texts: Sequence[str]) -> Vectors:
        return self._questions(texts)

    def _cache(self, folder: Path, kind: str) -> VectorCache:
        return VectorCache(folder, f"{self._encoder.fingerprint}-fixed-{kind}", self._encoder.dimensions)
