"""Token buckets that all processes of one machine share, in a small file of their own.

Not in the database: counting must not wait for an import, and needs not outlive a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from matcher.store.errors import DatabaseFailed

_WAIT_SECONDS = 10
# A bucket that nobody asked for this long is full again: it need not be remembered.
_FULL_AGAIN = 60.0
_TIDY_EVERY = 500


class TokenBuckets:
    """`per_minute` at once, then as they flow back. `clock` gives seconds that all processes agree on."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock, self._lock = path, clock, Lock()
        self._opened: sqlite3.Connection | None = None
        self._taken = 0

    def take(self, caller: str, per_minute: int) -> float:
        """Seconds to wait; 0 when one was taken. Raises DatabaseFailed."""
        flow, full = per_minute / 60, float(per_minute)
        with self._lock, self._alone() as work:
            now = self._clock()
            row = work.execute("SELECT tokens, since FROM buckets WHERE caller = ?", (caller,)).fetchone()
            tokens, since = row or (full, now)
            tokens = min(full, tokens + max(0.0, now - since) * flow)
            allowed = tokens >= 1
            work.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?, ?)", (caller, tokens - allowed, now))
            self._taken += 1
            if self._taken % _TIDY_EVERY == 0:
                work.execute("DELETE FROM buckets WHERE since < ?", (now - _FULL_AGAIN,))
        return 0.0 if allowed else (1 - tokens) / flow

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        try:
            self._opened = self._opened or self._open()
            self._opened.execute("BEGIN IMMEDIATE")
            try:
                yield self._opened
            finally:
                self._opened.execute("COMMIT")
        except sqlite3.Error as error:
            raise DatabaseFailed(str(error)) from error

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        opened = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        opened.execute("PRAGMA synchronous=OFF")
        opened.execute("CREATE TABLE IF NOT EXISTS buckets (caller TEXT PRIMARY KEY, tokens REAL, since REAL)")
        return opened
