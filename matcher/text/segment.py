"""Chinese word segmentation behind one door; rjieba is jieba's dictionary and algorithm in Rust, ten times as fast."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Protocol

import rjieba

_RUNS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")


class Segmenter(Protocol):
    """Cuts text into words."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could be cut differently."""

    def words(self, text: str) -> list[str]:
        """Words in order, separators included; joined they give the text again."""


class JiebaSegmenter:
    """jieba with the words of the domain added to its dictionary."""

    def __init__(self, domain_words: Iterable[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        words = sorted(set(domain_words))
        for word in words:
            self._jieba.add_word(word, None, None)
        self._fingerprint = "jieba-" + hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def words(self, text: str) -> list[str]:
        return self._jieba.cut(text, True)


class BigramSegmenter:
    """Cuts Chinese into pairs of characters: needs no dictionary, for tests."""

    fingerprint = "bigram"

    def words(self, text: str) -> list[str]:
        words: list[str] = []
        for run in _RUNS.findall(text):
            chinese = "\u4e00" <= run[0] <= "\u9fff"
            words += [run[at : at + 2] for at in range(0, len(run), 2)] if chinese else [run]
        return words
