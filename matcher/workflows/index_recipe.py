"""What this process wants an index to be made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from matcher.encode.protocol import Encoder
from matcher.index.errors import IndexMismatch
from matcher.index.settings import Bm25, FieldWeights, IndexSettings
from matcher.text.analyse import Analyzer
from matcher.text.segment import JiebaSegmenter, Segmenter

_NAMES = {
    "format_version": "格式版本",
    "encoder": "语义模型",
    "dimensions": "向量维数",
    "analyzer": "分词设置",
    "weights": "字段权重",
    "bm25": "BM25 参数",
}


@dataclass(frozen=True, slots=True)
class IndexRecipe:
    """`segmenter` makes a segmenter with a domain dictionary."""

    encoder: Encoder
    stop_words: frozenset[str] = frozenset()
    weights: FieldWeights = field(default_factory=FieldWeights)
    bm25: Bm25 = field(default_factory=Bm25)
    segmenter: Callable[[Iterable[str]], Segmenter] = JiebaSegmenter

    def analyzer(self, segmenter: Segmenter) -> Analyzer:
        return Analyzer(segmenter, self.stop_words)

    def settings(self, segmenter: Segmenter, domain_terms: tuple[str, ...]) -> IndexSettings:
        return IndexSettings(
            encoder=self.encoder.fingerprint,
            dimensions=self.encoder.dimensions,
            analyzer=self.analyzer(segmenter).fingerprint,
            domain_terms=domain_terms,
            weights=self.weights,
            bm25=self.bm25,
        )

    def require(self, found: IndexSettings) -> Segmenter:
        """The segmenter of an index that was made so. Raises IndexMismatch naming the first difference."""
        segmenter = self.segmenter(found.domain_terms)
        wanted = self.settings(segmenter, found.domain_terms)
        for setting, name in _NAMES.items():
            if getattr(found, setting) != getattr(wanted, setting):
                raise IndexMismatch(name, getattr(found, setting), getattr(wanted, setting))
        return segmenter
