"""Work on records and accounts as people do it, with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests_browser.browser import Watch, breaches, tab_to
from tests_browser.conftest import Open
from tests_browser.pages import DEMAND, EXPERT, WAITING


def total(page: Page) -> int:
    return int(page.locator(".found strong").inner_text().replace(",", ""))


def test_the_list_follows_what_is_typed_and_ticked(open_as: Open) -> None:
    page = open_as("业务员")
    page.goto("/demands")
    everything = total(page)
    tab_to(page, "需求名称、企业")
    with page.expect_response(lambda answer: "q=" in answer.url):
        page.keyboard.type("公司", delay=30)
    page.wait_for_url("**/demands?q=**")
    page.locator(".chosen").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "q"
    assert 0 < total(page) <= everything
    tab_to(page, "待审核")
    with page.expect_response(lambda answer: "review=" in answer.url):
        page.keyboard.press("Space")
    page.wait_for_url("**review=**")
    assert page.get_by_role("link", name="审核状态：待审核").is_visible()
    page.go_back()
    page.get_by_role("link", name="审核状态：待审核").wait_for(state="detached")


def test_a_demand_is_noted_and_reviewed(open_as: Open) -> None:
    page = open_as("业务管理员")
    page.goto(f"/demands/{WAITING}")
    tab_to(page, "走访情况")
    page.keyboard.type("看了地块，确有返碱。")
    tab_to(page, "保存走访记录")
    page.keyboard.press("Enter")
    page.get_by_text("走访记录已保存。").wait_for()
    tab_to(page, "审核通过")
    page.keyboard.press("Enter")
    page.get_by_text("审核结果已保存：已审核。").wait_for()


def test_several_are_approved_from_the_list_which_stays_filtered(open_as: Open) -> None:
    page = open_as("业务管理员")
    page.goto("/demands?review=待审核")
    boxes = page.locator("tbody input[name=id]")
    ticked = {0, boxes.count() - 1}  # of the demo data one still waits here
    for place in ticked:
        boxes.nth(place).check()
    page.get_by_role("button", name="审核通过所选").click()
    page.get_by_role("button", name=f"审核通过 {len(ticked)} 份需求").click()
    page.locator("#confirm").get_by_role("button", name="确定").click()
    expect(page.locator("#work").get_by_role("status")).to_contain_text("审核通过", timeout=60_000)
    assert breaches(page) == []
    page.locator(".page-actions").get_by_role("link", name="返回需求库").click()
    page.wait_for_url("**/demands?review=**")
    page.get_by_role("link", name="审核状态：待审核").wait_for()


def test_a_stale_page_does_not_overwrite(open_as: Open, watch: Watch) -> None:
    watch.forgiven.add(f"/demands/{DEMAND}/edit")
    pages = [open_as(role) for role in ("业务员", "业务管理员")]
    for page in pages:
        page.goto(f"/demands/{DEMAND}/edit")
    for page, words in zip(pages, ("甲地", "乙地"), strict=True):
        page.locator("[name='preferred']").fill(words)
        tab_to(page, "保存")
        if page is pages[1]:
            break
        page.keyboard.press("Enter")
        page.get_by_text("已保存。").wait_for()
    with pages[1].expect_response(lambda answer: answer.request.method == "POST") as answer:
        pages[1].keyboard.press("Enter")
    assert answer.value.status == 412
    pages[1].get_by_text("您的修改没有保存").wait_for()
    assert pages[1].locator("[name='preferred']").input_value() == "乙地"
    row = pages[1].get_by_role("row").filter(has_text="甲地")
    assert ("乙地" in row.inner_text(), "请核对" in row.inner_text()) == (True, True)
    assert breaches(pages[1]) == []


def test_similar_experts_come_to_the_page_by_themselves(open_as: Open) -> None:
    page = open_as("只读")
    page.goto(f"/experts/{EXPERT}")
    page.locator("#similar .ledger-line").first.wait_for()
    assert breaches(page) == []


def test_an_account_is_disabled_only_after_a_question(open_as: Open) -> None:
    page = open_as("系统管理员")
    page.goto("/admin/accounts/new")
    for label, words in (("登录名", "zhao.lei"), ("姓名", "赵雷")):
        tab_to(page, label)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.get_by_text("只显示这一次").wait_for()
    page.goto("/admin/accounts/zhao.lei")
    tab_to(page, "停用账号")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_text("停用“赵雷”的账号？").wait_for()
    page.keyboard.press("Escape")
    assert "已停用" not in page.inner_text("body")
    tab_to(page, "停用账号")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("已停用账号“zhao.lei”").wait_for()
