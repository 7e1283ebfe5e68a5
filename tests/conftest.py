"""Settings of all tests."""

import pytest
from hypothesis import settings

# A busy machine is no fault of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-postgresql", action="store_true", help="ask the pages on PostgreSQL too")
