"""The session ends while somebody works: it is told before and after, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests_browser.browser import breaches, first_login, log_in, new_context, wait_for_focus
from tests_browser.conftest import Open
from tests_browser.served import PASSWORD, STAFF, Served, demo_workbooks, serving

_EXPERT = "/experts/D100/edit"
_MATCH = "/match?demand=X06"
_ROLE = "业务员"
_LONG = 90_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shortest idle time that can be set, a minute."""
    home = tmp_path_factory.mktemp("brief")
    with serving(home, demo_workbooks(), MATCHER_SESSION_IDLE_MINUTES="1") as running:
        yield running


@pytest.fixture
def states() -> dict[str, object]:
    """Sessions are too short to be kept for later."""
    return {"": None}


@pytest.fixture(scope="module", autouse=True)
def _password(browser: Browser, served: Served) -> None:
    context = new_context(browser, served)
    first_login(context.new_page(), served, _ROLE)
    context.close()


def test_what_was_typed_comes_back_after_a_new_login(open_as: Open) -> None:
    page = entered(open_as)
    other = page.context.new_page()
    other.goto(_MATCH)
    page.bring_to_front()
    page.goto(_EXPERT)
    page.get_by_label("研究方向").fill("梅花鹿疫病")
    page.locator("[name='private.phone']").fill("13812345678")
    expect(notice(page)).to_contain_text("登录将在 1 分钟内结束", timeout=_LONG)
    assert breaches(page) == []
    notice(page).get_by_role("button", name="继续使用").click()
    expect(notice(page)).to_be_hidden()
    expect(notice(page)).to_contain_text("登录已结束。填写的内容暂存在这个窗口里", timeout=_LONG)
    other.locator(".candidate-do").first.get_by_role("button").click()
    expect(notice(other)).to_contain_text("登录已结束，刚才的操作没有执行。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("刚才的操作没有执行，填写的内容没有保存")
    expect(page.locator("#kept-note")).to_be_visible()
    assert breaches(page) == []
    fill_login(page)
    page.wait_for_url(f"**{_EXPERT}")
    page.get_by_role("button", name="恢复刚才填写的内容").click()
    expect(page.get_by_label("研究方向")).to_have_value("梅花鹿疫病")
    assert "13812345678" not in page.locator("[name='private.phone']").input_value()
    assert breaches(page) == []
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存。").wait_for()
    assert page.evaluate("Object.keys(sessionStorage)") == []
    go_on_in(other)


def go_on_in(page: Page) -> None:
    """A window that was open all the while: its buttons hold again after the login in another one."""
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice(page)).to_be_hidden()
    button = page.locator(".candidate-do").first.get_by_role("button")
    button.click()
    expect(button).to_have_text("移出入围")


def test_typing_keeps_the_session(open_as: Open) -> None:
    page = entered(open_as)
    page.clock.install()
    page.goto(_EXPERT)
    page.clock.fast_forward(20_000)
    with page.expect_response("**/session") as answer:
        page.get_by_label("研究方向").press_sequentially("鹿")
    assert answer.value.status == 200


def test_a_form_with_unsaved_text_is_not_left_without_a_question(open_as: Open) -> None:
    page = entered(open_as)
    page.goto(_EXPERT)
    page.get_by_label("研究方向").fill("梅花鹿养殖")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="首页").first.click(no_wait_after=True)
    expect(page.get_by_label("研究方向")).to_have_value("梅花鹿养殖")
    assert asked == ["beforeunload"]
    page.locator(".user-menu summary").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def entered(open_as: Open) -> Page:
    page = open_as("")
    log_in(page, _ROLE)
    return page


def notice(page: Page) -> Locator:
    return page.locator("#session-notice")


def fill_login(page: Page) -> None:
    wait_for_focus(page, "name")
    page.keyboard.type(STAFF[_ROLE][0])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
