"""Similar demands: groups in which every pair is alike, by meaning and by shared words.

Two demands are alike by the cosine of their vectors plus the share of their words that they have in common, each word
weighing its rarity (as a geometric mean of the shares in both). Groups come from complete linkage: the least likeness
inside a group is at least the threshold, so no chain of neighbours joins strangers. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from matcher.domain.match import in_percent

Array = NDArray[np.float64]

# Fitted on the test collection: of pairs that are this much alike, three quarters and more share a suitable expert
# (docs/decisions/0018-finding-people.md).
ALIKE = 0.65
# A word that a larger share of all texts holds names no subject of a group.
_COMMON = 0.15
# The most that likeness can be: a cosine of 1 and every word in common.
_MOST = 2.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """`meaning` and `words` (n, n), symmetric; what counts is their sum."""

    meaning: Array
    words: Array

    @property
    def total(self) -> Array:
        return np.asarray(self.meaning + self.words)


def likeness(vectors: NDArray[np.float32], rarities: Sequence[Mapping[str, float]]) -> Likeness:
    """`vectors` (n, d) of the texts; `rarities` the words of each with their idf."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = vectors / np.where(lengths > 0, lengths, 1)
    words = np.array([[_shared(one, other) for other in rarities] for one in rarities]).reshape(len(rows), len(rows))
    return Likeness(np.asarray(rows @ rows.T, float), words)


def degree(alike: float) -> str:
    """How alike two texts are, of the most they can be."""
    return in_percent(alike / _MOST)


def groups(alike: Likeness, least: float = ALIKE) -> list[tuple[int, ...]]:
    """Every row once, in groups of rows that are pairwise alike; larger groups first, then by the first row."""
    count = len(alike.total)
    if count < 2:
        return [(row,) for row in range(count)]
    distance = np.maximum(_MOST - (alike.total + alike.total.T) / 2, 0)
    np.fill_diagonal(distance, 0)
    numbers = fcluster(linkage(squareform(distance, checks=False), "complete"), _MOST - least, "distance")
    found: dict[int, list[int]] = {}
    for row, number in enumerate(numbers.tolist()):
        found.setdefault(number, []).append(row)
    return sorted(map(tuple, found.values()), key=lambda rows: (-len(rows), rows))


def middle(rows: Sequence[int], alike: Likeness) -> int:
    """The row of a group that is most like the others; of equals the first."""
    return max(rows, key=lambda row: (float(alike.total[row, list(rows)].sum()), -row))


def common_words(
    rarities: Sequence[Mapping[str, float]], everybody: Sequence[Mapping[str, float]], count: int = 6
) -> tuple[str, ...]:
    """Words that at least two texts of a group hold, by rarity and by how many hold them; no part of another.

    `everybody`: all texts, the group's among them. A word that many of them use, such as 办法 or 出来, tells no group
    apart; one that most of them use is not named at all.
    """
    weight: dict[str, float] = {}
    for word in {word for rarity in rarities for word in rarity if len(word) > 1}:
        holders = [rarity[word] for rarity in rarities if word in rarity]
        spread = sum(word in rarity for rarity in everybody)
        if len(holders) > 1 and spread <= max(len(holders), _COMMON * len(everybody)):
            weight[word] = max(holders) * len(holders) * math.log((1 + len(everybody)) / spread)
    ordered = sorted(weight, key=lambda word: (-weight[word], word))
    return tuple(word for word in ordered if not any(word != other and word in other for other in ordered))[:count]


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(one[word] for word in one.keys() & other.keys())
    whole = float(np.sqrt(sum(one.values()) * sum(other.values())))
    return both / whole if whole else 0.0
