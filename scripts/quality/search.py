"""An index in memory over plain texts, ranked with the bundled encoder and weights: for known-item search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.evidence import EvidenceItem
from matcher.domain.match import Signal
from matcher.domain.vocabulary import EvidenceType
from matcher.index.dictionary import TermCounter
from matcher.index.local import IndexBuilder
from matcher.rank.query import QueryBuilder
from matcher.rank.signals import item_signals
from matcher.store.records import StoredItem
from matcher.text.item_text import item_text
from matcher.text.reading import read_text
from matcher.wiring import Application
from matcher.workflows.index_build import entries_of
from matcher.workflows.index_recipe import IndexRecipe

Ranks = NDArray[np.int64]


def paper(id: str, title: str, abstract: str, keywords: Sequence[str] = ()) -> EvidenceItem:
    return EvidenceItem(id, EvidenceType.PAPER, title, abstract, tuple(keywords))


class TextSearch:
    """Every item is scored, none is left out by either leg; item n has number n."""

    def __init__(self, application: Application, items: Sequence[EvidenceItem]) -> None:
        counter = TermCounter()
        counter.add(items)
        recipe = IndexRecipe(application.search_encoder, application.shipped.stop_words)
        segmenter = recipe.segmenter(counter.terms())
        settings, analyzer = recipe.settings(segmenter, counter.terms()), recipe.analyzer(segmenter)
        stored = [StoredItem(number, item, (item.id,)) for number, item in enumerate(items)]
        texts = [item_text(item) for item in items]
        builder = IndexBuilder(settings)
        builder.add(entries_of(stored, texts, settings.weights, analyzer, recipe.encoder.encode_documents))
        self._index = builder.finish(0)
        self._queries = QueryBuilder(analyzer, recipe.encoder)
        self._weights = np.array([application.weights.signals.get(signal, 0.0) for signal in Signal])
        self._all = np.arange(len(items))

    def scores(self, text: str, *signals: Signal) -> NDArray[np.float64]:
        """(items,) scores of the question by these signals (all when none is named)."""
        used = np.array([not signals or signal in signals for signal in Signal])
        found = item_signals(self._index, self._queries.build(read_text(text)), self._all)
        return np.asarray(found @ (self._weights * used))


def rank_of(scores: NDArray[np.float64], item: int) -> int:
    """The item's place, from 1; others with its score stand before it."""
    return int((scores >= scores[item]).sum())
