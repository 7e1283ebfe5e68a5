"""Picking the best of very many scores gives what sorting all of them gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.index.local import IndexBuilder, LocalIndex
from matcher.index.protocol import IndexEntry
from matcher.index.settings import Bm25, IndexSettings

# Without length normalisation and with one term the score is told by the term's frequency alone.
SETTINGS = IndexSettings(encoder="test", dimensions=1, bm25=Bm25(b=0.0))
VECTOR = np.zeros(1, np.float32)


def index_of(frequencies: list[int]) -> LocalIndex:
    builder = IndexBuilder(SETTINGS)
    terms = [{"词": float(count)} if count else {"别": 1.0} for count in frequencies]
    builder.add([IndexEntry(number, ("E1",), found, VECTOR) for number, found in enumerate(terms)])
    return builder.finish(1)


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 9, 300]), st.sampled_from([1, 40, 700, 5000]))
def test_the_best_are_the_best(seed: int, levels: int, count: int) -> None:
    frequencies = np.random.default_rng(seed).integers(0, levels, 4000).tolist()
    expected = sorted((n for n, found in enumerate(frequencies) if found), key=lambda n: (-frequencies[n], n))
    assert index_of(frequencies).lexical({"词": 1.0}, count).items.tolist() == expected[:count]


def test_the_best_are_found_where_the_sample_misses_them() -> None:
    frequencies = [1 if number % 32 == 0 else 0 for number in range(4000)]
    assert len(index_of(frequencies).lexical({"词": 1.0}, 100).items) == 100
    frequencies = [0 if number % 32 == 0 else 1 for number in range(4000)]
    assert index_of(frequencies).lexical({"词": 1.0}, 3).items.tolist() == [1, 2, 3]
