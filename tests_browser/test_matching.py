"""The daily work in a browser: from a demand to a saved result, by script and without reloading the page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests_browser.browser import LARGE, tab_to
from tests_browser.conftest import Open
from tests_browser.served import COLLECTION
from tests_browser.usable import assert_usable

# A word of one demand only, in the test collection or else the demo data.
_WORD = "保苗" if COLLECTION.is_dir() else "轮子旋"
_PROBLEM = "地里返白霜，玉米苗老是死，想找懂盐碱地改良的专家"


def test_from_a_demand_to_a_saved_result(open_as: Open) -> None:
    page = open_as("业务管理员")
    choose(page)
    assert_usable(page)
    assert page.locator(".candidate").nth(2).locator(".reason").first.bounding_box()["y"] < 768  # type: ignore[index]
    shortlist(page, 0)
    shortlist(page, 1)
    expect(page.locator(".list-count")).to_contain_text("已入围 2 人")
    mark(page, "合适", "做过类似项目")
    unfold(page)
    assert_usable(page)
    compare(page)
    page.get_by_role("link", name="返回匹配结果").click()
    page.get_by_role("link", name="入围名单与送签").click()
    assert_usable(page)
    page.locator("#note-1").fill("已电话沟通")
    page.locator("#note-2").fill("愿意对接")
    page.locator("#note-2").press("Enter")
    expect(page.locator("#notices")).to_contain_text("入围说明已保存")
    expect(page.locator("#note-1")).to_have_value("已电话沟通")
    page.locator("#note-2").fill("六月有空")  # goes with the result
    page.get_by_label("说明（可不填）").fill("请审阅")
    page.get_by_role("button", name="保存结果，送签").click()
    page.wait_for_url(re.compile(r"/runs/P\d{4}-\d{5}$"))
    expect(page.locator("h2").filter(has_text="入围专家（2 人）")).to_be_visible()
    expect(page.locator(".candidates")).to_contain_text("六月有空")
    assert_usable(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="对接方案（Word）").click()
    assert re.fullmatch(r"对接方案P\d{4}-\d{5}（草稿）\.docx", started.value.suggested_filename)
    page.get_by_role("link", name="打印件").click()
    expect(page.get_by_role("heading", name="专家匹配结果确认表")).to_be_visible()
    assert_usable(page)
    revoke(page)


def test_the_purpose_changes_without_a_new_page_and_stands_in_the_address(open_as: Open) -> None:
    page = open_as("业务员", LARGE)
    choose(page)
    page.evaluate("window.stayed = true")
    page.get_by_label("用途", exact=True).select_option("院士专家工作站")
    page.wait_for_url("**purpose=*")
    assert page.evaluate("window.stayed")
    page.reload()
    expect(page.get_by_label("用途", exact=True)).to_have_value("院士专家工作站")
    page.get_by_label("工作单位含").fill("无此单位")
    page.get_by_label("工作单位含").press("Enter")
    expect(page.locator("#results")).to_contain_text("库中没有单位名称含“无此单位”的专家")


def test_a_problem_is_described_by_keyboard_alone(open_as: Open) -> None:
    page = open_as("只读")
    page.goto("/match")
    tab_to(page, "难题")
    page.keyboard.type(_PROBLEM)
    tab_to(page, "查找专家")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("地里返白霜")
    assert_usable(page)
    tab_to(page, "另有")
    page.keyboard.press("Enter")
    assert page.locator("details.fold[open]").count() == 1
    assert "白霜" not in page.url


def test_why_one_fits_and_what_else_fits_the_expert(open_as: Open) -> None:
    page = open_as("业务员")
    choose(page)
    page.locator(".candidate h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("的匹配依据")
    assert_usable(page)
    page.get_by_role("link", name="还适合哪些需求").click()
    expect(page.locator("h1")).to_contain_text("适合的需求")
    assert_usable(page)


def choose(page: Page) -> None:
    """The first demand found for a word, typed as staff do."""
    page.goto("/match")
    page.get_by_label("查找需求").press_sequentially(_WORD)
    expect(page.locator("#demand-choices")).to_contain_text("共 1 份")
    page.locator(".choice-list a").first.click()
    expect(page.locator(".candidate").first).to_be_visible()


def shortlist(page: Page, place: int) -> None:
    button = page.locator(".candidate").nth(place).locator(".candidate-do").get_by_role("button")
    button.click()
    expect(button).to_have_text("移出入围")


def mark(page: Page, verdict: str, reason: str) -> None:
    first = page.locator(".candidate").first
    first.locator("summary", has_text="评价").click()
    first.get_by_text(verdict, exact=True).click()
    first.get_by_label("理由").fill(reason)
    first.get_by_role("button", name="保存评价").click()
    expect(first.locator(".given")).to_contain_text(f"已评价：{verdict}")


def unfold(page: Page) -> None:
    """Whatever the second is folded of: the people of the demo data have little to be asked about."""
    for summary in page.locator(".candidate").nth(1).locator("summary", has_text=re.compile("另有|待核")).all():
        summary.click()


def compare(page: Page) -> None:
    for place in (0, 1, 2):
        page.locator(".compare-tick input").nth(place).check()
    page.get_by_role("button", name="对比所选").click()
    expect(page.locator(".compare-table thead th")).to_have_count(3)
    assert_usable(page)


def revoke(page: Page) -> None:
    """The next run of these tests finds no draft that nobody wants."""
    page.get_by_role("link", name="返回").click()
    page.locator("summary", has_text="作废这份结果").click()
    page.get_by_label("作废原因").fill("试用")
    page.get_by_role("button", name="作废", exact=True).click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.locator(".page-actions")).to_contain_text("作废")
