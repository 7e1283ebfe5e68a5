"""How often somebody may come, whichever worker answers."""

from __future__ import annotations

import math

from matcher.store.rates import TokenBuckets
from service.security.errors import TooManyRequests


class RateLimiter:
    """A token bucket a caller: `per_minute` at once, then as they flow back."""

    def __init__(self, buckets: TokenBuckets) -> None:
        self._buckets = buckets

    def take(self, caller: str, per_minute: int) -> None:
        """Raises TooManyRequests with the seconds to wait."""
        if seconds := self._buckets.take(caller, per_minute):
            raise TooManyRequests(math.ceil(seconds))
