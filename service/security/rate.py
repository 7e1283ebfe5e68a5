"""How often somebody may come. Counted in this process: each worker gives its own allowance."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock

from service.security.errors import TooManyRequests

_MOST_CALLERS = 10_000


class RateLimiter:
    """A token bucket a caller: `per_minute` at once, then as they flow back. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, caller: str, per_minute: int) -> None:
        """Raises TooManyRequests with the seconds to wait."""
        now, flow = self._clock(), per_minute / 60
        with self._lock:
            tokens, since = self._buckets.pop(caller, (float(per_minute), now))
            tokens = min(float(per_minute), tokens + (now - since) * flow)
            allowed = tokens >= 1
            self._buckets[caller] = (tokens - allowed, now)
            if len(self._buckets) > _MOST_CALLERS:
                del self._buckets[next(iter(self._buckets))]  # whoever came longest ago
        if not allowed:
            raise TooManyRequests(math.ceil((1 - tokens) / flow))
