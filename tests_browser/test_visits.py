"""Visits in a browser, on the demo data: drawn up, somebody replaced, solved again with what was confirmed, signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests_browser.browser import logged_in
from tests_browser.conftest import Open
from tests_browser.served import Served, demo_workbooks, serving
from tests_browser.usable import assert_usable_on_both


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """In the test collection no demand is reviewed."""
    with serving(tmp_path_factory.mktemp("demo"), demo_workbooks()) as running:
        yield running


@pytest.fixture(scope="module")
def states(browser: Browser, served: Served) -> dict[str, object]:
    return logged_in(browser, served)


def test_from_a_region_to_a_signed_itinerary(open_as: Open) -> None:
    page = open_as("业务管理员")
    draw_up(page)
    expect(page.locator("#by-day")).to_be_visible()
    assert_usable_on_both(page)
    confirmed = page.locator("tr", has_text="延吉市白菜石发酵食品有限公司").first
    confirmed.get_by_role("button", name=re.compile("^确认")).click()
    expect(page.locator("tr", has_text="延吉市白菜石发酵食品有限公司").first).to_contain_text("已确认")
    replaced = page.locator("tr", has_text="汪清县云耳山菌业有限公司").first
    old = replaced.locator("td:nth-child(3) a").first.inner_text()
    new = replaced.locator("td:nth-child(4) a").first.inner_text().partition("（")[0]
    replaced.get_by_text(f"换下{old}").click()
    page.get_by_role("button", name="重新安排").click()
    expect(page.locator(".events")).to_contain_text("第 2 版（本页）")
    expect(page.locator("tr", has_text="汪清县云耳山菌业有限公司").first).to_contain_text(new)
    expect(page.locator("tr", has_text="延吉市白菜石发酵食品有限公司").first).to_contain_text("已确认")
    assert_usable_on_both(page)
    page.get_by_role("link", name="与本页对比").click()
    expect(page.locator("#both ~ .table-wrap")).to_contain_text("到场专家")
    assert_usable_on_both(page)
    page.go_back()
    page.get_by_role("button", name="签发第 2 版").click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.locator(".page-actions").first).to_contain_text("已签")
    page.get_by_role("link", name="打印行程表").click()
    expect(page.locator("article h1")).to_contain_text("行程表")
    assert_usable_on_both(page)


def test_similar_demands_are_put_together_in_the_background(open_as: Open) -> None:
    page = open_as("业务员")
    page.goto("/plans/lectures")
    page.get_by_role("button", name="开始归并").click()
    expect(page.locator("#work")).to_contain_text("没有合并的需求")
    assert_usable_on_both(page)


def draw_up(page: Page) -> None:
    page.goto("/plans/visits")
    page.get_by_role("link", name="新的走访计划").first.click()
    page.get_by_label(re.compile("^延边")).check()
    expect(page.locator("#demands")).to_contain_text("延吉市白菜石发酵食品有限公司")
    page.get_by_label("出发日期").fill("2026-07-06")
    assert_usable_on_both(page)
    page.get_by_role("button", name="开始安排").click()
    page.wait_for_url(re.compile(r"/plans/P\d{4}-\d{3}$"))
