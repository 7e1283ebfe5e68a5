"""Finds, for an item, the sentence that answers the demand best and the sentence of the demand it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.encode.protocol import Encoder
from matcher.explain.read_items import ItemReader, ReadItem
from matcher.text.analyse import Analyzer

Vector = NDArray[np.float32]

# Shared words are what a reader sees at once; they count as much as half a cosine.
_WORD_BONUS = 0.5
# A single character (好, 天, 提) tells a reader nothing.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """`asked` is the demand's sentence, `answered` the item's; `words` of it stand in the demand, rarest first.

    Words that say when, how much or how (三年, 到底) are no words of it.
    """

    asked: str
    answered: str
    words: tuple[str, ...]

    @property
    def whole_words(self) -> list[str]:
        """Without those that are part of another (定性 of 稳定性), rarest first."""
        return [word for word in self.words if not any(word != other and word in other for other in self.words)]


class PassageFinder:
    """Compares sentences by meaning and by shared words."""

    def __init__(self, analyzer: Analyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._encoder = encoder
        self._reader = ItemReader(analyzer, encoder)

    def find(self, asked: Sequence[str], items: Sequence[Sequence[str]], rarity: dict[str, float]) -> list[Passage]:
        """One passage an item; `items` are the items' sentences, `rarity` the idf of the demand's terms."""
        if not asked or not any(items):
            return [Passage("", "", ()) for _ in items]
        questions = self._encoder.encode_queries(asked)
        asked_terms = [frozenset(self._analyzer.terms(sentence)) & rarity.keys() for sentence in asked]
        read = self._reader.read([tuple(sentences) for sentences in items])
        found = [_best(asked, asked_terms, questions, item, rarity) for item in read]
        return [replace(one, words=tuple(filter(self._analyzer.names_a_subject, one.words))) for one in found]

    def subjects(self, rarity: Mapping[str, float]) -> dict[str, float]:
        """The terms that say what the text is about."""
        return {term: weight for term, weight in rarity.items() if self._analyzer.names_a_subject(term)}


def _best(
    asked: Sequence[str],
    asked_terms: Sequence[frozenset[str]],
    questions: Vector,
    item: ReadItem,
    rarity: dict[str, float],
) -> Passage:
    if not item.sentences:
        return Passage("", "", ())
    known = frozenset().union(*asked_terms)
    shared = [terms & known for terms in item.terms]
    overlap = np.array([[_weight(one & other, rarity) for other in shared] for one in asked_terms])
    pairs = questions @ item.vectors.T + _WORD_BONUS * overlap / max(float(overlap.max()), 1e-9)
    row, column = np.unravel_index(int(np.argmax(pairs)), pairs.shape)
    answered = item.sentences[int(column)]
    words = _telling(shared[int(column)], rarity, answered.lower(), "\n".join(asked).lower())
    return Passage(asked[int(row)], answered, words)


def _telling(shared: frozenset[str], rarity: dict[str, float], answered: str, asked: str) -> tuple[str, ...]:
    """The words worth showing, rarest first; characters that stand together in both texts (皂苷) make one word."""
    weights = {word: rarity[word] for word in shared if len(word) >= _SHORTEST}
    characters = "".join(re.escape(word) for word in sorted(shared) if len(word) < _SHORTEST)
    for run in re.findall(f"[{characters}]{{{_SHORTEST},}}", answered) if characters else ():
        if run in asked:
            weights[run] = sum(rarity[character] for character in run)
    return tuple(sorted(weights, key=lambda word: (-weights[word], word)))


def _weight(words: frozenset[str], rarity: dict[str, float]) -> float:
    return sum(map(rarity.__getitem__, words))


def mark(text: str, words: Sequence[str], opening: str = "【", closing: str = "】") -> str:
    """The text with every occurrence of the words marked; marks never nest, the text's own brackets become ［］.

    >>> mark("盐碱地水稻耐盐碱品种", ["盐碱", "盐碱地"])
    '【盐碱地】水稻耐【盐碱】品种'
    """
    text = text.replace(opening, "［").replace(closing, "］")
    marked = [False] * len(text)
    lower = text.lower()
    if len(lower) != len(text):
        return text
    for word in words:
        at = lower.find(word)
        while word and at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
            at = lower.find(word, at + len(word))
    edges = zip([False, *marked], [*marked, False], [*text, ""], strict=True)
    return "".join(
        (opening if now and not was else closing if was and not now else "") + char for was, now, char in edges
    )
