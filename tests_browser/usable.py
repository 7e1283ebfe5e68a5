"""What every page must be, whatever state it is in: usable by everybody, nothing beyond the edge."""

from __future__ import annotations

from playwright.sync_api import Page

from tests_browser.browser import LARGE, SMALL, breaches


def assert_usable(page: Page) -> None:
    assert breaches(page) == []
    assert fits(page)


def assert_usable_on_both(page: Page) -> None:
    """On the large screen and on the small one."""
    for width, height in (LARGE, SMALL):
        page.set_viewport_size({"width": width, "height": height})
        assert fits(page)
    assert breaches(page) == []


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
