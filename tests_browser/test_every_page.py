"""What every page keeps to, whatever is on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests_browser.browser import LARGE, SMALL, breaches, tab_to
from tests_browser.conftest import Open
from tests_browser.pages import PAGES, PageLine, address
from tests_browser.usable import fits

_LINES = pytest.mark.parametrize("line", PAGES, ids=[line.name for line in PAGES])


@_LINES
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["1366", "1920"])
def test_nothing_hangs_over_the_edge(open_as: Open, line: PageLine, size: tuple[int, int]) -> None:
    page = visit(open_as(line.role, size), line)
    assert fits(page)


@_LINES
def test_everybody_can_use_it(open_as: Open, line: PageLine) -> None:
    """axe finds nothing that breaks WCAG 2.1 A or AA; one heading of the first rank; a title of its own."""
    page = visit(open_as(line.role), line)
    assert breaches(page) == []
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" · 专家匹配系统")


@_LINES
def test_the_keyboard_reaches_the_main_action(open_as: Open, line: PageLine) -> None:
    page = visit(open_as(line.role), line)
    tab_to(page, line.action)


def visit(page: Page, line: PageLine) -> Page:
    page.goto(address(line))
    page.wait_for_load_state("networkidle")
    return page
