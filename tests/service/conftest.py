"""Services on SQLite and on a real PostgreSQL, as the store tests have them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matcher.shipped import Shipped
from tests.service.house import House
from tests.store.conftest import postgresql, postgresql_template, sqlite_template, url

__all__ = ["postgresql", "postgresql_template", "sqlite_template", "url"]


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return Shipped()


@pytest.fixture
def build_house(url: str, tmp_path: Path, shipped: Shipped) -> Iterator[Callable[..., House]]:
    """Makes houses with settings of their own, all on one database."""
    houses: list[House] = []

    def build(**settings: object) -> House:
        houses.append(House(url, tmp_path, shipped=shipped, **settings))
        return houses[-1]

    yield build
    for house in houses:
        house.service.close()


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    return build_house()
