"""Pages ask desks and desks ask the store, which are tested on PostgreSQL: pages on it belong to the slow suite."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("on_postgresql"):
        return
    left_out = [item for item in items if _HERE in item.path.parents and _database(item) == "postgresql"]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _database(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    return str(item.callspec.params.get("url", "")) if hasattr(item, "callspec") else ""
