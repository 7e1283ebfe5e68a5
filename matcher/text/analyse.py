"""From text to terms: what the lexical leg indexes and looks up."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from matcher.text.normalise import normalise
from matcher.text.segment import Segmenter

_WORD = re.compile(r"[0-9a-z\u4e00-\u9fff\u0370-\u03ff]")
_NUMBER = re.compile(r"[0-9.,%]+")


class Analyzer:
    """Normalises, cuts and drops stop words; Chinese and English alike."""

    def __init__(self, segmenter: Segmenter, stop_words: Iterable[str] = ()) -> None:
        self._segmenter = segmenter
        self._stop_words = frozenset(stop_words)
        # A library of half a million items repeats its words some four hundred times.
        self._keeps = lru_cache(maxsize=1 << 18)(self._says_something)

    @property
    def fingerprint(self) -> str:
        return f"{self._segmenter.fingerprint}+{len(self._stop_words)}"

    def terms(self, text: str) -> list[str]:
        """Terms in order, repeated as often as they stand in the text; bare numbers are no terms."""
        words = map(str.strip, self._segmenter.words(normalise(text).lower()))
        return list(filter(self._keeps, words))

    def names_a_subject(self, term: str) -> bool:
        """Whether a reader learns from the term what a text is about."""
        return self._segmenter.names_a_subject(term)

    def _says_something(self, word: str) -> bool:
        return bool(_WORD.search(word)) and word not in self._stop_words and not _NUMBER.fullmatch(word)


def read_stop_words(path: Path) -> frozenset[str]:
    """Words of the bundled list: blank-separated, lines starting with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
