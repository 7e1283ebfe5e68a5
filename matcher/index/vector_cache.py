"""Vectors by the hash of their text, kept between builds: only new text is encoded, and a killed build goes on.

One file an encoder that only grows, of records of hash, checksum and vector. A record that was cut off or half
written is not found again and simply encoded once more. The caller holds the index's lock.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.index.dense import narrow, widen
from matcher.index.files import ASIDE, remove, writing_below
from matcher.index.protocol import Vectors

Flags = NDArray[np.bool_]
Longs = NDArray[np.int64]


class VectorCache:
    """Vectors of one encoder. What is appended is found when the cache is opened again."""

    def __init__(self, folder: Path, encoder: str, dimensions: int) -> None:
        self._path = folder / f"{hashlib.sha256(encoder.encode()).hexdigest()[:16]}.vectors"
        self._record = np.dtype(
            [("first", "<u8"), ("second", "<u8"), ("check", "<u4"), ("vector", "<f2", (dimensions,))]
        )
        with writing_below(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._open()

    def __len__(self) -> int:
        return len(self._records)

    def find(self, texts: Sequence[str]) -> tuple[Flags, Vectors]:
        """Which texts are known, and a vector a text (n, d), zeros where unknown."""
        rows = self._rows(texts)
        known = rows >= 0
        records = np.zeros(len(texts), self._record)
        records[known] = self._records[rows[known]]
        known &= records["check"] == _checks(records["vector"])
        self._used[rows[known]] = True
        records["vector"][~known] = 0
        return known, widen(np.ascontiguousarray(records["vector"]))

    def append(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Adds vectors (n, d)."""
        records = np.zeros(len(texts), self._record)
        records["first"], records["second"] = _hashes(texts)
        records["vector"] = narrow(vectors)
        records["check"] = _checks(records["vector"])
        with writing_below(self._path.parent), self._path.open("ab") as file:
            file.write(records.tobytes())

    def forget_unused(self) -> None:
        """Forgets what was neither found nor added since opening, where that is more than half."""
        before = len(self._used)
        used = self._used
        self._open()
        rows = np.concatenate([np.flatnonzero(used), np.arange(before, len(self))])
        if 2 * len(rows) < len(self):
            with writing_below(self._path.parent):
                self._rewrite(rows)

    def _rewrite(self, rows: Longs) -> None:
        aside = self._path.with_name(ASIDE + self._path.name)
        try:
            aside.write_bytes(np.array(self._records[rows]).tobytes())
            os.replace(aside, self._path)
        finally:
            remove(aside)
        self._open()

    def _open(self) -> None:
        """Cuts off what a killed writer left unfinished, so that records stay in step."""
        self._path.touch()
        whole = self._path.stat().st_size // self._record.itemsize
        os.truncate(self._path, whole * self._record.itemsize)
        self._records: Any = np.memmap(self._path, self._record, "r") if whole else np.zeros(0, self._record)
        self._order = np.argsort(self._records["first"], kind="stable")
        self._sorted = self._records["first"][self._order]
        self._used = np.zeros(len(self._records), np.bool_)

    def _rows(self, texts: Sequence[str]) -> Longs:
        """The record of each text, -1 where there is none."""
        if not len(self._sorted):
            return np.full(len(texts), -1, np.int64)
        first, second = _hashes(texts)
        places = np.minimum(np.searchsorted(self._sorted, first), len(self._sorted) - 1)
        rows = self._order[places]
        same = (self._records["first"][rows] == first) & (self._records["second"][rows] == second)
        return np.where(same, rows, -1)


def _hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    digests = b"".join(hashlib.sha256(text.encode()).digest()[:16] for text in texts)
    halves = np.frombuffer(digests, "<u8").reshape(-1, 2)
    return halves[:, 0], halves[:, 1]


def _checks(vectors: NDArray[np.float16]) -> NDArray[np.uint32]:
    return np.array([zlib.crc32(vector.tobytes()) for vector in vectors], np.uint32)
