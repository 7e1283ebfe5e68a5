"""A reading turned into what the two legs of the index understand: weighted terms and vectors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.encode.protocol import Encoder
from matcher.text.analyse import Analyzer
from matcher.text.reading import DemandReading, FacetKind

Vector = NDArray[np.float32]
Terms = dict[str, float]

# A word that a firm repeats ten times is not ten times as important.
_MOST_REPEATS = 3.0
_FIELD_FACETS = (FacetKind.TITLE, FacetKind.WANTED, FacetKind.KEYWORDS)


@dataclass(frozen=True, slots=True)
class Query:
    """`meaning` (d,) is the whole reading, `facets` (f, d) and `sentences` (s, d) its parts; rows of length 1 or 0."""

    terms: Terms
    field_terms: Terms
    meaning: Vector
    facets: Vector
    sentences: Vector

    def centred(self, centre: Vector) -> Query:
        """The same question without the direction that all items share."""
        return replace(
            self,
            meaning=centred(self.meaning[None], centre)[0],
            facets=centred(self.facets, centre),
            sentences=centred(self.sentences, centre),
        )


class QueryBuilder:
    """Reads demands with the same analyzer and encoder that the index was built with."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._encoder = encoder

    def build(self, reading: DemandReading) -> Query:
        """One call of the encoder for the whole, the facets and the sentences."""
        facets = [facet.text for facet in reading.facets]
        sentences = reading.sentences()
        vectors = self._encoder.encode_queries([reading.text(), *facets, *sentences])
        return Query(
            terms=self.terms(reading.text()),
            field_terms=self.terms(reading.text(*_FIELD_FACETS)),
            meaning=unit(vectors[0]),
            facets=vectors[1 : 1 + len(facets)],
            sentences=vectors[1 + len(facets) :],
        )

    def terms(self, text: str) -> Terms:
        """Term -> number of times it stands in the text, at most three."""
        return {term: min(float(count), _MOST_REPEATS) for term, count in Counter(self._analyzer.terms(text)).items()}


def unit(vector: Vector) -> Vector:
    """The vector at length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def centred(rows: Vector, centre: Vector) -> Vector:
    """Rows (n, d) less the centre, at length 1; zero rows stay zero.

    What every text has in common tells nobody apart and makes some items near to everything (hubs).
    """
    moved = np.where(rows.any(axis=1, keepdims=True), rows - centre, 0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(lengths > 0, lengths, 1), np.float32)
