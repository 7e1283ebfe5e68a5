"""However an index came about, it answers like one that was built afresh."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.bruteforce import BruteForceIndex
from matcher.index.local import IndexBuilder, LocalIndex
from matcher.index.protocol import EvidenceIndex, EvidenceReader, Hits, IndexEntry
from matcher.index.settings import IndexSettings

SETTINGS = IndexSettings(encoder="test", dimensions=3)
WORDS = ["盐碱", "水稻", "电池", "材料", "算法", "催化"]


def item(number: int, words: list[str], owner: int) -> IndexEntry:
    terms = {word: words.count(word) * 1.5 for word in words}
    vector = np.random.default_rng([number, len(words), owner]).standard_normal(3).astype(np.float32)
    return IndexEntry(number, (f"E{owner}", f"E{owner + 1}"), terms, vector)


ENTRY = st.builds(item, st.integers(1, 12), st.lists(st.sampled_from(WORDS), max_size=6), st.integers(1, 4))
STEPS = st.lists(st.tuples(st.lists(ENTRY, max_size=4), st.lists(st.integers(1, 12), max_size=3)), max_size=12)


def fresh(entries: dict[int, IndexEntry]) -> LocalIndex:
    builder = IndexBuilder(SETTINGS)
    for number in sorted(entries):
        builder.add([entries[number]])
    return builder.finish(0)


@given(STEPS)
@settings(max_examples=150)
def test_updates_equal_a_rebuild_exactly(steps: list[tuple[list[IndexEntry], list[int]]]) -> None:
    index, truth = LocalIndex.empty(SETTINGS), dict[int, IndexEntry]()
    for change, (entries, removed) in enumerate(steps, 1):
        index.update(entries, removed, change)
        for number in removed:
            truth.pop(number, None)
        truth.update((entry.number, entry) for entry in entries)
    rebuilt, query = fresh(truth), {word: 1.0 + place for place, word in enumerate(WORDS)}
    ours, theirs = index.lexical(query, 20), rebuilt.lexical(query, 20)
    assert (ours.items.tolist(), ours.scores.tolist()) == (theirs.items.tolist(), theirs.scores.tolist())
    ours, theirs = index.nearest(np.ones(3, np.float32), 20), rebuilt.nearest(np.ones(3, np.float32), 20)
    assert (ours.items.tolist(), ours.scores.tolist()) == (theirs.items.tolist(), theirs.scores.tolist())
    everything = np.arange(1, 13)
    assert np.allclose(index.lexical_scores(query, everything), rebuilt.lexical_scores(query, everything), rtol=1e-5)
    assert index.owners(everything) == rebuilt.owners(everything)
    assert index.document_frequency(WORDS) == rebuilt.document_frequency(WORDS)
    assert [index.items_of(f"E{n}").tolist() for n in range(7)] == [
        rebuilt.items_of(f"E{n}").tolist() for n in range(7)
    ]


def scores(hits: Hits) -> dict[int, float]:
    return dict(zip(hits.items.tolist(), hits.scores.tolist(), strict=True))


def facts(reader: EvidenceReader) -> list[object]:
    """What both indexes must say alike to the letter."""
    numbers = np.arange(14)
    owned = [reader.items_of(f"E{owner}").tolist() for owner in range(7)]
    words = reader.document_frequency([*WORDS, "没有"])
    return [reader.item_count, reader.last_change, reader.owners(numbers), owned, words]


@given(STEPS)
def test_random_updates_answer_as_plain_loops_do(steps: list[tuple[list[IndexEntry], list[int]]]) -> None:
    indexes: list[EvidenceIndex] = [LocalIndex.empty(SETTINGS), BruteForceIndex(SETTINGS)]
    query, numbers = {"盐碱": 1.0, "电池": 0.5, "没有": 2.0, "算法": 3.0}, np.arange(14)
    for change, (entries, removed) in enumerate(steps):
        for index in indexes:
            index.update(entries, removed, change)
        real, plain = indexes
        assert facts(real) == facts(plain)
        assert scores(real.lexical(query, 20)) == pytest.approx(scores(plain.lexical(query, 20)), rel=1e-4)
        assert real.lexical_scores(query, numbers) == pytest.approx(plain.lexical_scores(query, numbers), rel=1e-4)
        vector = np.array([0.5, -1.0, 0.25], np.float32)
        assert scores(real.nearest(vector, 20)) == pytest.approx(scores(plain.nearest(vector, 20)), abs=0.01)


def test_a_thousand_single_updates_leave_few_segments() -> None:
    index = LocalIndex.empty(SETTINGS)
    for number in range(1000):
        index.update([item(number % 700, WORDS[: number % 5 + 1], 1)], [], number + 1)
    assert index.item_count == 700
    assert len(index.pinned().segments) <= 6


def test_a_reader_in_another_thread_never_sees_half_an_update() -> None:
    index, seen, done = LocalIndex.empty(SETTINGS), set[tuple[int, int]](), threading.Event()

    def read() -> None:
        while not done.is_set():
            reader = index.pinned()
            seen.add((reader.item_count, len(reader.lexical({"成对": 1.0}, 50).items)))

    thread = threading.Thread(target=read)
    thread.start()
    for step in range(60):
        pair = [item(2 * step, ["成对"], 1), item(2 * step + 1, ["成对"], 1)]
        index.update(pair, [2 * step - 40, 2 * step - 39], step)
    done.set()
    thread.join()
    assert all(count == found and count % 2 == 0 for count, found in seen)


def test_many_items_agree_with_numpy() -> None:
    rng = np.random.default_rng(5)
    builder = IndexBuilder(SETTINGS)
    vectors = rng.standard_normal((3000, 3)).astype(np.float16).astype(np.float32)
    for at in range(0, 3000, 700):
        rows = range(at, min(at + 700, 3000))
        builder.add([IndexEntry(row * 3, (f"E{row % 9}",), {f"w{row % 50}": 1.0}, vectors[row]) for row in rows])
    index = builder.finish(1)
    query = np.array([0.5, -1.0, 0.25], np.float32)
    hits = index.nearest(query, 40)
    assert hits.items.tolist() == (np.argsort(-(vectors @ query), kind="stable")[:40] * 3).tolist()
    assert np.array_equal(index.vectors(hits.items), vectors[hits.items // 3])
    assert len(index.lexical({"w7": 1.0}, 500).items) == 60
