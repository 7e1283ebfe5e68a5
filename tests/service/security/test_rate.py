"""The allowance of a caller flows back."""

from pathlib import Path

import pytest

from matcher.store.rates import TokenBuckets
from service.security.errors import TooManyRequests
from service.security.rate import RateLimiter


def test_an_allowance_is_used_up_and_flows_back(tmp_path: Path) -> None:
    seconds = [0.0]
    limiter = RateLimiter(TokenBuckets(tmp_path / "rates.db", lambda: seconds[0]))
    for _ in range(6):
        limiter.take("a", 6)
    with pytest.raises(TooManyRequests, match="10 秒") as refused:
        limiter.take("a", 6)
    assert refused.value.seconds == 10
    limiter.take("b", 6)
    seconds[0] = 9.9
    with pytest.raises(TooManyRequests, match="1 秒"):
        limiter.take("a", 6)
    seconds[0] = 10.0
    limiter.take("a", 6)
    seconds[0] = 3600.0
    for _ in range(6):
        limiter.take("a", 6)
    with pytest.raises(TooManyRequests):
        limiter.take("a", 6)


def test_two_processes_share_one_allowance(tmp_path: Path) -> None:
    """Each has the file open for itself; buckets nobody asks for any more are forgotten."""
    seconds = [1000.0]
    one, other = (RateLimiter(TokenBuckets(tmp_path / "rates.db", lambda: seconds[0])) for _ in range(2))
    one.take("a", 2)
    other.take("a", 2)
    with pytest.raises(TooManyRequests):
        one.take("a", 2)
    seconds[0] = 500.0  # the clock was set back: nothing flows, nothing is lost
    with pytest.raises(TooManyRequests):
        other.take("a", 2)
