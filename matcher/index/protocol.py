"""What ranking asks of an index; plain data only, so that a distributed engine can serve it one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Items = NDArray[np.int64]
Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hits:
    """`items` (k,) and their `scores` (k,), best first; equal scores stand in the order of item numbers."""

    items: Items
    scores: Scores


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One item as the index sees it: `term_frequencies` are field-weighted, `vector` (d,) has length 1."""

    number: int
    owners: tuple[str, ...]
    term_frequencies: Mapping[str, float]
    vector: Vectors


class EvidenceReader(Protocol):
    """The questions. Items that are not (or no longer) in the index are answered with zeros and empty values."""

    @property
    def encoder_fingerprint(self) -> str:
        """The encoder whose vectors stand in the index."""

    @property
    def last_change(self) -> int:
        """Sequence of the last change of the store that is in the index."""

    @property
    def item_count(self) -> int:
        """Items in the index."""

    def nearest(self, vector: Vectors, count: int) -> Hits:
        """The `count` items with the highest inner product with `vector` (d,)."""

    def lexical(self, query: Mapping[str, float], count: int) -> Hits:
        """The `count` items with the highest BM25 for the query (term -> weight); items without any term never."""

    def vectors(self, items: Items) -> Vectors:
        """The items' vectors (n, d), exact to half precision."""

    def lexical_scores(self, query: Mapping[str, float], items: Items) -> Scores:
        """BM25 (n,) of just these items."""

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many items each term stands."""

    def owners(self, items: Items) -> list[tuple[str, ...]]:
        """Each item's experts, sorted."""

    def items_of(self, expert_id: str) -> Items:
        """The expert's items, ascending."""


class EvidenceIndex(EvidenceReader, Protocol):
    """The questions, and the one way to change the answers."""

    def pinned(self) -> EvidenceReader:
        """A reader of this moment: its answers agree with each other whatever is updated meanwhile."""

    def update(self, entries: Sequence[IndexEntry], removed: Sequence[int], last_change: int) -> None:
        """Puts `entries` in (in place of what had their number), takes `removed` out, both visible at once."""
