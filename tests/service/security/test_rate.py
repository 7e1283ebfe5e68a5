"""The allowance of a caller flows back."""

import pytest

from service.security.errors import TooManyRequests
from service.security.rate import RateLimiter


def test_an_allowance_is_used_up_and_flows_back() -> None:
    seconds = [0.0]
    limiter = RateLimiter(lambda: seconds[0])
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
