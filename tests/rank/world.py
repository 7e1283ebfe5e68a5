"""A small world that tests rank in: a few items in a real index, cut by character pairs, encoded by hashing."""

from collections import Counter
from collections.abc import Mapping, Sequence

from matcher.domain.match import Signal
from matcher.encode.fake import HashingEncoder
from matcher.index.local import IndexBuilder, LocalIndex
from matcher.index.protocol import IndexEntry
from matcher.index.settings import IndexSettings
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker
from matcher.rank.weights import Calibration, ScoreWeights
from matcher.text.analyse import Analyzer
from matcher.text.segment import BigramSegmenter

ENCODER = HashingEncoder(256)
ANALYZER = Analyzer(BigramSegmenter())
WEIGHTS = ScoreWeights(
    signals=dict.fromkeys(Signal, 1.0),
    calibration=Calibration(slope=2.0, best=-0.5, intercept=-2.0),
    abstain_below=0.1,
    fitted_on="made for tests",
    figures={},
)


def build_index(items: Mapping[int, tuple[str, Sequence[str]]]) -> LocalIndex:
    """An index of `number: (text, owners)`."""
    builder = IndexBuilder(IndexSettings(encoder=ENCODER.fingerprint, dimensions=ENCODER.dimensions))
    vectors = ENCODER.encode_documents([text for text, _ in items.values()])
    builder.add(
        [
            IndexEntry(number, tuple(sorted(owners)), dict(Counter(ANALYZER.terms(text))), vector)
            for (number, (text, owners)), vector in zip(items.items(), vectors, strict=True)
        ]
    )
    return builder.finish(last_change=1)


def ranker_of(items: Mapping[int, tuple[str, Sequence[str]]], weights: ScoreWeights = WEIGHTS) -> Ranker:
    return Ranker(build_index(items), QueryBuilder(ANALYZER, ENCODER), weights)
