"""BM25 over segments (Robertson & Zaragoza 2009): one joint term frequency of weighted fields.

score = sum over terms of  weight * idf * tf / (tf + k1 * (1 - b + b * length / average length))
idf = ln(1 + (N - df + 0.5) / (df + 0.5))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from matcher.index.batch import FREQUENCY_UNIT
from matcher.index.incidence import Columns, Ints, Longs, Rows
from matcher.index.names import Names
from matcher.index.protocol import Scores
from matcher.index.settings import Bm25

# Terms scored in one pass; fixed, so that sums are rounded alike however the items lie in segments.
_TERMS_A_PASS = 16
# Measured: a word of a row costs nearly twice a posting.
_ROW_COST = 2


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of live items only: how many, their total length in frequency units, and in how many each term stands."""

    items: int
    total_length: int
    frequencies: Ints

    def saturation(self, lengths: Longs, bm25: Bm25) -> Scores:
        """The frequency, in units, at which a row's term reaches half of its weight."""
        average = self.total_length / self.items if self.total_length else 1.0
        relative = lengths.astype(np.float32) / np.float32(average)
        return np.float32(FREQUENCY_UNIT * bm25.k1) * (np.float32(1 - bm25.b) + np.float32(bm25.b) * relative)


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """Numbers of the known terms and weight times idf of each, in the order of the query."""

    terms: Ints
    weights: NDArray[np.float32]


def read_query(query: Mapping[str, float], terms: Names, statistics: Statistics) -> LexicalQuery:
    """Drops terms that stand in no item."""
    known = [(number, weight) for term, weight in query.items() if (number := terms.find(term)) is not None]
    numbers = np.array([number for number, _ in known], np.int32)
    weights = np.array([weight for _, weight in known], np.float64)
    here = numbers < len(statistics.frequencies)
    numbers, weights = numbers[here], weights[here]
    frequencies = statistics.frequencies[numbers]
    idf = np.log1p((statistics.items - frequencies + 0.5) / (frequencies + 0.5))
    used = frequencies > 0
    return LexicalQuery(numbers[used], (weights * idf)[used].astype(np.float32))


def score_all(columns: Columns, saturation: Scores, query: LexicalQuery) -> Scores:
    """BM25 of every row, read term by term."""
    scores = np.zeros(len(saturation), np.float32)
    firsts, ends = columns.spans(query.terms)
    for at in range(0, len(query.terms), _TERMS_A_PASS):
        part = slice(at, at + _TERMS_A_PASS)
        places = [slice(first, end) for first, end in zip(firsts[part].tolist(), ends[part].tolist(), strict=True)]
        rows = np.concatenate([columns.rows[place] for place in places])
        shares = _shares(np.concatenate([columns.values[place] for place in places]), saturation.take(rows))
        starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(ends[part] - firsts[part], dtype=np.int32)])
        table = csc_array((shares, rows, starts), shape=(len(scores), len(starts) - 1))
        scores += table @ query.weights[part]
    return scores


def score_rows(words: Rows, columns: Columns, saturation: Scores, query: LexicalQuery, rows: Longs) -> Scores:
    """BM25 of these rows alone; reads the rows or the terms, whichever is less."""
    firsts, ends = columns.spans(query.terms)
    lengths = words.starts[rows + 1] - words.starts[rows]
    if (ends - firsts).sum() < _ROW_COST * lengths.sum():
        return score_all(columns, saturation, query)[rows]
    places = words.places(rows)
    keys = words.keys.take(places)
    weights = np.zeros(int(max(query.terms.max(initial=0), keys.max(initial=0))) + 1, np.float32)
    weights[query.terms] = query.weights
    weight = weights.take(keys)
    hits = np.flatnonzero(weight != 0)
    owner = np.repeat(np.arange(len(rows)), lengths).take(hits)
    shares = _shares(words.values.take(places.take(hits)), saturation.take(rows).take(owner))
    return np.bincount(owner, shares * weight.take(hits), minlength=len(rows)).astype(np.float32)


def _shares(units: NDArray[np.uint16], saturation: Scores) -> Scores:
    """tf / (tf + saturation); overwrites `saturation`."""
    shares = units.astype(np.float32)
    saturation += shares
    shares /= saturation
    return shares
