"""One served process and one Chromium for the whole run; every context is watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests_browser.browser import SMALL, Watch, chromium, logged_in, new_context
from tests_browser.served import Served, serving, workbooks

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home: Path = tmp_path_factory.mktemp("home")
    with serving(home, workbooks()) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def states(browser: Browser, served: Served) -> dict[str, object]:
    """The cookies of somebody logged in, by role; "" is a visitor."""
    return logged_in(browser, served)


@pytest.fixture
def watch(served: Served) -> Watch:
    return Watch(served.place)


@pytest.fixture
def open_as(browser: Browser, served: Served, states: dict[str, object], watch: Watch) -> Iterator[Open]:
    """`open_as(role, size)` gives a page; after the test nothing may have happened that must not."""
    contexts = []

    def open_page(role: str, size: tuple[int, int] = SMALL) -> Page:
        contexts.append(new_context(browser, served, size, states[role]))
        watch.follow(contexts[-1])
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert watch.complaints == []
