"""登录, 退出, 修改密码 in a browser. The first change of password is made by the fixtures, with the keyboard."""

from __future__ import annotations

from tests_browser.browser import Watch, breaches, log_in, tab_to
from tests_browser.conftest import Open
from tests_browser.served import PASSWORD, STAFF, Served


def test_a_wrong_password_is_told_beside_the_form(open_as: Open, watch: Watch) -> None:
    watch.forgiven.add("/login")
    page = open_as("")
    page.goto("/login")
    page.keyboard.type(STAFF["只读"][0])
    page.keyboard.press("Tab")
    page.keyboard.type("falsch")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="登录名或密码不正确。").wait_for()


def test_one_logs_in_and_out_by_keyboard(open_as: Open, served: Served) -> None:
    page = open_as("")
    log_in(page, "只读")
    tab_to(page, STAFF["只读"][1])
    page.keyboard.press("Enter")
    tab_to(page, "退出")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    page.goto("/")
    assert page.url == f"{served.place}/login"


def test_escape_closes_the_menu(open_as: Open) -> None:
    page = open_as("业务员")
    page.goto("/")
    tab_to(page, STAFF["业务员"][1])
    page.keyboard.press("Enter")
    assert page.get_by_text("登录名：").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("登录名：").is_visible()


def test_one_can_skip_to_the_content(open_as: Open) -> None:
    page = open_as("业务员")
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_refused_password_leaves_the_fields_as_they_are(open_as: Open, watch: Watch) -> None:
    watch.forgiven.add("/password")
    page = open_as("只读")
    page.goto("/password")
    page.get_by_label("当前密码").fill(PASSWORD)
    for label in ("新密码", "再输入一次新密码"):
        page.get_by_label(label, exact=True).fill("aaaaaaaaaaaa")
    page.get_by_role("button", name="保存新密码").click()
    page.get_by_role("alert").filter(has_text="至少要有三类").wait_for()
    assert page.get_by_label("当前密码").input_value() == PASSWORD
    assert breaches(page) == []
