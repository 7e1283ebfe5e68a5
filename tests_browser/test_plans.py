"""A year's stations in a browser, on the demo data: drawn up, steered, solved again, compared, signed, on paper."""

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
    """The test collection asks for no stations."""
    with serving(tmp_path_factory.mktemp("demo"), demo_workbooks()) as running:
        yield running


@pytest.fixture(scope="module")
def states(browser: Browser, served: Served) -> dict[str, object]:
    return logged_in(browser, served)


def test_from_the_numbers_of_the_year_to_a_signed_plan(open_as: Open) -> None:
    page = open_as("业务管理员")
    draw_up(page)
    expect(page.locator("#stations")).to_contain_text("2 站")
    assert_usable_on_both(page)
    stations = page.locator(".candidate")
    stations.nth(0).get_by_text("固定").click()
    stations.nth(1).get_by_text("排除此人").click()
    page.get_by_role("button", name="重新安排").click()
    expect(page.locator(".events")).to_contain_text("第 2 版（本页）")
    expect(page.locator("#steer ~ .note-line").first).to_contain_text("固定：")
    assert_usable_on_both(page)
    page.get_by_role("link", name="与本页对比").click()
    expect(page.locator("#words ~ ul")).to_contain_text("“第 1 版”")
    assert_usable_on_both(page)
    page.go_back()
    asked_back_of_the_unfit(page)
    accept_what_is_missed(page)
    sign(page)
    page.get_by_role("link", name="打印件").click()
    expect(page.locator("article h1")).to_contain_text("建站计划")
    assert_usable_on_both(page)


def test_two_plans_ticked_in_the_list_stand_side_by_side(open_as: Open) -> None:
    page = open_as("业务管理员")
    draw_up(page, experts="4")
    page.goto("/plans")
    for box in page.locator("tbody input").all():
        box.check()
    page.get_by_role("button", name="并排对比").click()
    expect(page.locator("#figures ~ .table-wrap")).to_contain_text("科技专家工作站名额")
    assert_usable_on_both(page)
    page.reload()  # the address says what is compared
    expect(page.locator("h1")).to_contain_text("对比：")


def test_the_plan_is_found_from_where_people_look(open_as: Open) -> None:
    page = open_as("业务管理员")
    page.goto("/plans")
    number = page.locator("tbody a").first.inner_text()
    page.goto("/jobs")
    page.get_by_role("link", name=re.compile("建站计划|调整计划")).first.click()
    page.wait_for_url(f"**/plans/{number}")
    page.locator(".candidate h3 a").first.click()
    expect(page.locator("#plans")).to_contain_text("已签")


def test_gaps_are_looked_for_in_the_background_and_shown(open_as: Open) -> None:
    page = open_as("业务员")
    page.goto("/talent/gaps")
    page.get_by_role("button", name="开始分析").click()
    expect(page.get_by_role("button", name="重新分析")).to_be_visible()
    expect(page.locator("h2").first).to_contain_text("项）")
    assert_usable_on_both(page)


def draw_up(page: Page, experts: str = "3") -> None:
    """Of both kinds one station more than the ledger holds this year."""
    page.goto("/plans")
    page.get_by_label("年度").fill("2026")
    page.get_by_label("院士专家工作站名额").fill("2")
    page.get_by_label("科技专家工作站名额").fill(experts)
    page.get_by_role("button", name="开始制定").click()
    page.wait_for_url(re.compile(r"/plans/P\d{4}-\d{3}$"))


def asked_back_of_the_unfit(page: Page) -> None:
    """A chief hardly suits another firm: asked back, tried, left as it was. The bar is in reach without scrolling."""
    path, stations = page.url, page.locator(".candidate")
    stations.nth(0).get_by_text("换为此人").last.click()
    page.get_by_role("button", name="重新安排").click()
    expect(page.locator("#doubts ~ ul")).to_contain_text("低于推荐的下限")
    assert_usable_on_both(page)
    page.get_by_role("button", name="先试算").click()
    expect(page.locator("#words ~ ul").first).to_contain_text("总分减少")
    assert_usable_on_both(page)
    page.goto(path)


def accept_what_is_missed(page: Page) -> None:
    """The forbidden chief leaves a place that nobody else can take."""
    for box in page.get_by_text("接受达不到").all():
        box.click()
    page.get_by_role("button", name="重新安排").click()
    expect(page.locator(".events")).to_contain_text("第 3 版（本页）")


def sign(page: Page) -> None:
    page.get_by_role("button", name="签发第 3 版").click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.locator(".page-actions").first).to_contain_text("已签")
