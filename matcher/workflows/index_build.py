"""Builds an index from the store: reads, cuts into terms, encodes what no cache knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from matcher.index.dictionary import TermCounter
from matcher.index.local import IndexBuilder, LocalIndex
from matcher.index.protocol import IndexEntry
from matcher.index.reading import ChineseGuard, weighted_terms
from matcher.index.settings import FieldWeights, IndexSettings
from matcher.index.vector_cache import VectorCache
from matcher.store.records import StoredItem
from matcher.store.store import Store
from matcher.text.analyse import Analyzer
from matcher.text.item_text import ItemText, item_text

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
Progress = Callable[[int, int], None]

# What a killed build has to do again at most.
_PORTION = 256


def domain_terms(store: Store) -> tuple[str, ...]:
    """The domain dictionary of everything in the store."""
    counter = TermCounter()
    for portion in store.items.stream():
        counter.add([stored.item for stored in portion])
    return counter.terms()


def build_index(
    store: Store, settings: IndexSettings, analyzer: Analyzer, encode: Encode, progress: Progress
) -> LocalIndex:
    """Both legs from scratch; what changes meanwhile is caught up with afterwards.

    `progress` hears how many items of how many are done. Raises ChineseWithoutTerms.
    """
    last_change, total, done = store.changes.last(), store.items.count(), 0
    builder, guard = IndexBuilder(settings), ChineseGuard()
    for portion in store.items.stream():
        texts = [item_text(stored.item) for stored in portion]
        entries = entries_of(portion, texts, settings.weights, analyzer, encode)
        guard.see(texts, [entry.term_frequencies for entry in entries])
        builder.add(entries)
        done += len(portion)
        progress(done, max(done, total))
    return builder.finish(last_change)


def entries_of(
    items: Sequence[StoredItem], texts: Sequence[ItemText], weights: FieldWeights, analyzer: Analyzer, encode: Encode
) -> list[IndexEntry]:
    """What the index holds of these items; encodes on one core while the other cuts words."""
    with ThreadPoolExecutor(1) as pool:
        encoding = pool.submit(encode, [text.embedding for text in texts])
        terms = [weighted_terms(text, analyzer, weights) for text in texts]
        vectors = encoding.result()
    return [
        IndexEntry(stored.number, stored.owners, found, vector)
        for stored, found, vector in zip(items, terms, vectors, strict=True)
    ]


def encode_with(cache: VectorCache, encode: Encode) -> Encode:
    """Asks the cache first and writes to it in small portions, so that a killed build goes on where it was."""

    def remembered(texts: Sequence[str]) -> Vectors:
        known, vectors = cache.find(texts)
        missing = np.flatnonzero(~known)
        for at in range(0, len(missing), _PORTION):
            rows = missing[at : at + _PORTION]
            portion = [texts[row] for row in rows]
            vectors[rows] = encode(portion)
            cache.append(portion, vectors[rows])
        return vectors

    return remembered
