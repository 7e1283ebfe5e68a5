"""The corpus as piece ids: what the pairs are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from encoder_training.corpus import Corpus

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One array of ids a text; `paragraphs` by paper; `demand_paper` is the row of each plain demand's paper."""

    title_zh: list[Ids]
    abstract_zh: list[Ids]
    keywords_zh: list[Ids]
    title_en: list[Ids]
    abstract_en: list[Ids]
    keywords_en: list[Ids]
    paragraphs: list[list[Ids]]
    demand_paper: NDArray[np.int64]
    symptom: list[Ids]
    demand_title: list[Ids]
    term_zh: list[Ids]
    term_en: list[Ids]

    @property
    def papers(self) -> int:
        return len(self.title_zh)

    def whole(self, paper: int) -> Ids:
        """Everything an index would hold of the paper, both languages."""
        return join(*(getattr(self, field.name)[paper] for field in fields(self)[:6]))


def tokenise(corpus: Corpus, tokenizer: Tokenizer) -> Tokens:
    """Ids of every text of the corpus."""

    def ids(texts: Sequence[str]) -> list[Ids]:
        return [np.array(one.ids, np.int32) for one in tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    rows = {paper.id: row for row, paper in enumerate(corpus.papers)}
    flat = iter(ids([text for paper in corpus.papers for text in paper.paragraphs]))
    names = ("title_zh", "abstract_zh", "keywords_zh", "title_en", "abstract_en", "keywords_en")
    return Tokens(
        **{name: ids([getattr(paper, name) for paper in corpus.papers]) for name in names},
        paragraphs=[[next(flat) for _ in paper.paragraphs] for paper in corpus.papers],
        demand_paper=np.array([rows[demand.paper_id] for demand in corpus.demands]),
        symptom=ids([demand.symptom for demand in corpus.demands]),
        demand_title=ids([demand.title for demand in corpus.demands]),
        term_zh=ids([chinese for chinese, _ in corpus.terms]),
        term_en=ids([english for _, english in corpus.terms]),
    )


def join(*texts: Ids) -> Ids:
    return np.concatenate(texts)
