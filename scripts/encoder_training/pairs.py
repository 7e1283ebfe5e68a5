"""Pairs of texts that belong together, drawn at random, one kind a batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from encoder_training.tokens import Ids, Tokens, join

Rng = np.random.Generator
Pair = tuple[Ids, Ids, int]
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """`draw` makes a pair (left, right, paper) from one of `rows`; `share` is its part of the batches.

    A pair with fewer than `least` pieces on a side is passed over.
    """

    name: str
    share: float
    rows: list[int]
    draw: Callable[[int, Rng], Pair]
    least: int = 2


def pair_kinds(tokens: Tokens, demand_rows: list[int], demand_share: float) -> list[Kind]:
    """All kinds; `demand_rows` are the plain demands to train on."""
    t = tokens
    abstract = _with(t, "abstract_zh")
    kinds = [
        Kind("title-abstract", 0.07, _with(t, "title_zh", "abstract_zh"), _of(t.title_zh, t.abstract_zh)),
        Kind("keywords-abstract", 0.06, _with(t, "keywords_zh", "abstract_zh"), _of(t.keywords_zh, t.abstract_zh)),
        Kind("english title-abstract", 0.05, _with(t, "title_en", "abstract_en"), _of(t.title_en, t.abstract_en)),
        Kind("bilingual abstract", 0.18, _with(t, "abstract_zh", "abstract_en"), lambda r, g: _bilingual(t, r, g)),
        Kind("bilingual title", 0.07, _with(t, "title_zh", "title_en"), _of(t.title_zh, t.title_en)),
        Kind("bilingual keywords", 0.05, _with(t, "keywords_zh", "keywords_en"), _of(t.keywords_zh, t.keywords_en)),
        Kind("bilingual terms", 0.08, list(range(len(t.term_zh))), _of(t.term_zh, t.term_en), least=1),
        Kind("passage-paper", 0.06, [r for r in abstract if t.paragraphs[r]], lambda r, g: _passage(t, r, g, 0)),
        Kind("introduction-paper", 0.08, [r for r in range(t.papers) if len(t.paragraphs[r]) > 1],
             lambda r, g: _passage(t, r, g, 3)),
        Kind("passage-passage", 0.04, [r for r in range(t.papers) if len(t.paragraphs[r]) > 3],
             lambda r, g: (_any(t.paragraphs[r], g), _any(t.paragraphs[r], g), r)),
    ]  # fmt: skip
    if demand_share:
        kinds.append(Kind("demand-paper", demand_share, demand_rows, lambda r, g: _demand(t, r, g)))
    return kinds


def _with(tokens: Tokens, *names: str) -> list[int]:
    return [row for row in range(tokens.papers) if all(len(getattr(tokens, name)[row]) >= _LEAST for name in names)]


def _of(left: list[Ids], right: list[Ids]) -> Callable[[int, Rng], Pair]:
    return lambda row, rng: (left[row], right[row], row)


def _bilingual(tokens: Tokens, row: int, rng: Rng) -> Pair:
    english = tokens.abstract_en[row]
    ways = (english, join(tokens.title_en[row], english), _window(english, 15, 60, rng))
    return tokens.abstract_zh[row], _any(list(ways), rng), row


def _passage(tokens: Tokens, row: int, rng: Rng, first: int) -> Pair:
    """A window of a paragraph (of the `first` ones, where problems are told) against the paper."""
    paragraphs = tokens.paragraphs[row][: first or None]
    return _window(_any(paragraphs, rng), 12, 50, rng), _paper(tokens, row, rng), row


def _demand(tokens: Tokens, row: int, rng: Rng) -> Pair:
    symptom, title = tokens.symptom[row], tokens.demand_title[row]
    ways = (symptom, title, join(symptom, title), _window(symptom, 12, 40, rng))
    paper = int(tokens.demand_paper[row])
    return _any(list(ways), rng), _paper(tokens, paper, rng), paper


def _paper(tokens: Tokens, row: int, rng: Rng) -> Ids:
    """The paper as an index holds it, in one language or both; sometimes its longest field alone."""
    chinese = (tokens.title_zh[row], tokens.keywords_zh[row], tokens.abstract_zh[row])
    english = (tokens.title_en[row], tokens.keywords_en[row], tokens.abstract_en[row])
    if min(len(chinese[-1]), len(english[-1])) >= _LEAST and rng.random() < 0.15:
        return join(*chinese, *english)
    if len(chinese[-1]) >= _LEAST and (len(english[-1]) < _LEAST or rng.random() < 0.75):
        parts = chinese
    elif len(english[-1]) >= _LEAST:
        parts = english
    elif tokens.paragraphs[row]:
        parts = (chinese[0], chinese[1], tokens.paragraphs[row][0])
    else:
        parts = (chinese[0], english[0], chinese[1])
    return parts[-1] if rng.random() < 0.3 else join(*parts)


def _window(text: Ids, least: int, most: int, rng: Rng) -> Ids:
    size = int(rng.integers(least, most))
    if len(text) <= size:
        return text
    start = int(rng.integers(0, len(text) - size))
    return text[start : start + size]


def _any(texts: list[Ids], rng: Rng) -> Ids:
    return texts[int(rng.integers(len(texts)))]
