"""Sentences of items with their vectors and terms, kept for items that come up again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from matcher.encode.protocol import Encoder
from matcher.text.analyse import Analyzer

# About 8 KB each with the built-in encoder.
_MOST_KEPT = 4000

Sentences = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadItem:
    """`vectors` (n, d) and `terms` of the n sentences."""

    sentences: Sentences
    vectors: NDArray[np.float32]
    terms: tuple[frozenset[str], ...]


class ItemReader:
    """Many threads may use it; what was read longest ago is forgotten first."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer, self._encoder = analyzer, encoder
        self._kept: OrderedDict[tuple[str, Sentences], ReadItem] = OrderedDict()
        self._guard = Lock()

    def read(self, items: Sequence[Sentences]) -> list[ReadItem]:
        """In the order given; what is new is encoded in one go."""
        cut = self._analyzer.fingerprint  # a new index may cut otherwise
        found = self._known(cut, items)
        missing = [item for item in dict.fromkeys(items) if item not in found]
        if missing:
            found |= self._new(cut, missing)
        return [found[item] for item in items]

    def _known(self, cut: str, items: Sequence[Sentences]) -> dict[Sentences, ReadItem]:
        with self._guard:
            found = {item: self._kept[cut, item] for item in items if (cut, item) in self._kept}
            for item in found:
                self._kept.move_to_end((cut, item))
            return found

    def _new(self, cut: str, items: Sequence[Sentences]) -> dict[Sentences, ReadItem]:
        vectors = self._encoder.encode_documents([sentence for item in items for sentence in item])
        read, start = {}, 0
        for item in items:
            terms = tuple(frozenset(self._analyzer.terms(sentence)) for sentence in item)
            read[item] = ReadItem(item, vectors[start : start + len(item)], terms)
            start += len(item)
        with self._guard:
            self._kept |= {(cut, item): one for item, one in read.items()}
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return read
