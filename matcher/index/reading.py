"""From an item's text to what the index holds of it: weighted terms, and a guard against lost Chinese."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from matcher.index.errors import ChineseWithoutTerms
from matcher.index.settings import FieldWeights
from matcher.text.analyse import Analyzer
from matcher.text.item_text import ItemText

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A text this long has words in it; one or two such texts without may be odd texts, twenty are a broken segmenter.
_LONG_ENOUGH = 10
_TOO_MANY = 20


def weighted_terms(text: ItemText, analyzer: Analyzer, weights: FieldWeights) -> dict[str, float]:
    """Each term's frequency, counted by the weight of the field it stands in."""
    frequencies: dict[str, float] = {}
    for field, weight in ((text.title, weights.title), (text.keywords, weights.keywords), (text.body, weights.body)):
        for term, count in Counter(analyzer.terms(field) if field and weight else ()).items():
            frequencies[term] = frequencies.get(term, 0.0) + weight * count
    return frequencies


class ChineseGuard:
    """Watches a build: Chinese text must yield Chinese terms."""

    def __init__(self) -> None:
        self._texts = self._without = 0

    def see(self, texts: Sequence[ItemText], terms: Sequence[Mapping[str, float]]) -> None:
        """Raises ChineseWithoutTerms as soon as most of the Chinese texts seen, and not just a few, gave no term."""
        for text, found in zip(texts, terms, strict=True):
            if len(_CHINESE.findall(text.embedding)) >= _LONG_ENOUGH:
                self._texts += 1
                self._without += not any(map(_CHINESE.search, found))
        if self._without >= _TOO_MANY and 2 * self._without > self._texts:
            raise ChineseWithoutTerms(self._texts, self._without)
