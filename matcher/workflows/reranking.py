"""Asks a cross-encoder about the best items of a ranking."""

from __future__ import annotations

from matcher.encode.protocol import Reranker
from matcher.rank.ranker import Standing
from matcher.rank.rerank import best_items, reranked
from matcher.rank.weights import Calibration
from matcher.store.store import Store
from matcher.text.item_text import item_text
from matcher.text.reading import DemandReading


class StandingReranker:
    """Reads the `top` best items of a standing from the store and blends in what the model says of them."""

    def __init__(self, store: Store, reranker: Reranker, calibration: Calibration, top: int) -> None:
        self._store, self._reranker, self._calibration, self._top = store, reranker, calibration, top

    def __call__(self, reading: DemandReading, standing: Standing) -> Standing:
        rows = best_items(standing, self._top)
        found = {stored.number: stored.item for stored in self._store.items.by_numbers(standing.items[rows])}
        texts = [item_text(found[number]).embedding if number in found else "" for number in standing.items[rows]]
        return reranked(standing, rows, self._reranker.probabilities(reading.text(), texts), self._calibration)
