"""A reading turned into what the two legs of the index understand: weighted terms and a vector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.encode.protocol import Encoder
from matcher.text.analyse import Analyzer
from matcher.text.reading import DemandReading

Vector = NDArray[np.float32]
Terms = dict[str, float]

# A word that a firm repeats ten times is not ten times as important.
_MOST_REPEATS = 3.0


@dataclass(frozen=True, slots=True)
class Query:
    """`terms` and `meaning` (d,) of the whole reading; facets of their own brought nothing (docs/quality.md)."""

    terms: Terms
    meaning: Vector


class QueryBuilder:
    """Reads demands with the same analyzer and encoder that the index was built with."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._encoder = encoder

    def build(self, reading: DemandReading) -> Query:
        text = reading.text()
        return Query(self.terms(text), self._encoder.encode_queries([text])[0])

    def terms(self, text: str) -> Terms:
        """Term -> number of times it stands in the text, at most three."""
        return {term: min(float(count), _MOST_REPEATS) for term, count in Counter(self._analyzer.terms(text)).items()}
