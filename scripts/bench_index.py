"""Measures the index on made-up items: rate of building, memory, time of a question, time of loading.

Terms follow Zipf's law over a vocabulary that grows with the items, vectors are random; every item holds about
eighty different terms, every question sixty.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.index.local import IndexBuilder, LocalIndex
from matcher.index.protocol import IndexEntry
from matcher.index.settings import IndexSettings
from matcher.index.snapshot import SnapshotFolder

PORTION = 2000


class MadeUpItems:
    """A stream of items, the same for the same seed."""

    def __init__(self, count: int, dimensions: int, terms_an_item: int) -> None:
        self._count, self._dimensions, self._terms = count, dimensions, terms_an_item
        self._rng = np.random.default_rng(1)
        vocabulary = int(60 * count**0.65)
        weights = 1 / (np.arange(vocabulary) + 20.0)
        self._shares = np.cumsum(weights / weights.sum())
        self._words = [f"词{number:06d}" for number in range(vocabulary)]

    def portions(self) -> Iterator[list[IndexEntry]]:
        for first in range(0, self._count, PORTION):
            yield self._portion(range(first + 1, min(first + PORTION, self._count) + 1))

    def question(self, terms: int) -> dict[str, float]:
        return {self._words[number]: 1.0 for number in self._draw((terms,)).tolist()}

    def vector(self) -> NDArray[np.float32]:
        vector = self._rng.standard_normal(self._dimensions, dtype=np.float32)
        return vector / np.linalg.norm(vector)

    def _portion(self, numbers: range) -> list[IndexEntry]:
        vectors = self._rng.standard_normal((len(numbers), self._dimensions), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        drawn = self._draw((len(numbers), round(self._terms * 1.25)))
        words = self._words
        return [
            IndexEntry(
                number, (f"E{number % (self._count // 5 + 1)}",), dict.fromkeys(map(words.__getitem__, row), 1.0), v
            )
            for number, row, v in zip(numbers, drawn.tolist(), vectors, strict=True)
        ]

    def _draw(self, shape: tuple[int, ...]) -> NDArray[np.int64]:
        places = np.searchsorted(self._shares, self._rng.random(shape))
        return np.minimum(places, len(self._words) - 1)


def build(items: MadeUpItems, dimensions: int) -> tuple[LocalIndex, float]:
    """The index and the seconds spent in it (making the items up is not counted)."""
    builder, spent = IndexBuilder(IndexSettings(encoder="bench", dimensions=dimensions)), 0.0
    for portion in items.portions():
        started = time.perf_counter()
        builder.add(portion)
        spent += time.perf_counter() - started
    started = time.perf_counter()
    index = builder.finish(1)
    return index, spent + time.perf_counter() - started


def timed(name: str, ask: Callable[[], object], times: int) -> None:
    """Prints median and 95th percentile in milliseconds after three rounds of warming up."""
    spent = []
    for _ in range(times + 3):
        started = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(spent[3:], [50, 95])
    print(f"{name:<44} p50 {p50:8.2f} ms   p95 {p95:8.2f} ms")


def questions(index: LocalIndex, items: MadeUpItems, times: int) -> None:
    rng = np.random.default_rng(2)
    some = np.sort(rng.choice(np.arange(1, index.item_count + 1), min(4000, index.item_count), replace=False))
    query, numbers = items.question(60), iter(range(10**9, 10**9 + 10**6))
    fresh = next(items.portions())[0]

    def change() -> None:
        entry = IndexEntry(next(numbers), fresh.owners, fresh.term_frequencies, fresh.vector)
        index.update([entry], [], 2)

    timed("nearest, 1,000 hits", lambda: index.nearest(items.vector(), 1000), times)
    timed("lexical, 60 terms, 1,000 hits", lambda: index.lexical(items.question(60), 1000), times)
    timed(f"vectors of {len(some)} items", lambda: index.vectors(some), times)
    timed("lexical_scores of 2,000 items", lambda: index.lexical_scores(query, some[:2000]), times)
    timed("owners of 2,000 items", lambda: index.owners(some[:2000]), times)
    timed("update of one item", change, times)
    timed("nearest, after the updates", lambda: index.nearest(items.vector(), 1000), times)
    timed("lexical, after the updates", lambda: index.lexical(items.question(60), 1000), times)


def snapshot(index: LocalIndex) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = SnapshotFolder(Path(place) / "index")
        started = time.perf_counter()
        folder.save(index.pinned())
        written = time.perf_counter()
        loaded = folder.load()
        print(
            f"snapshot written in {written - started:.2f} s, loaded in {time.perf_counter() - written:.2f} s,", end=" "
        )
        size = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
        print(f"{size / 2**20:.0f} MiB on disk, {loaded.item_count} items")


def memory() -> tuple[float, float]:
    """Megabytes resident now and at most so far."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--terms", type=int, default=80)
    parser.add_argument("--times", type=int, default=30)
    chosen = parser.parse_args()
    cores = os.cpu_count()
    print(
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, faiss {faiss.__version__}, {chosen}"
    )
    items = MadeUpItems(chosen.items, chosen.dimensions, chosen.terms)
    before, _ = memory()
    index, spent = build(items, chosen.dimensions)
    now, most = memory()
    print(f"built {index.item_count} items in {spent:.1f} s: {index.item_count / spent:.0f} items/s")
    print(f"memory {now:.0f} MB, of which {before:.0f} MB before; at most {most:.0f} MB")
    questions(index, items, chosen.times)
    snapshot(index)


if __name__ == "__main__":
    main()
