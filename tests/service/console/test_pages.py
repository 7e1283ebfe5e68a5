"""What every page has: who looks at it, where one can go, what was just done."""

from fastapi import Request, Response

from matcher.domain.account import Role
from service.console.pages import redirect
from service.doors import StaffDoor
from tests.service.house import House


def test_a_page_says_who_is_logged_in(house: House) -> None:
    text = house.logged_in("wang", Role.OFFICER, "吉林市").get("/").text
    assert "wang 先生" in text
    assert "业务员" in text
    assert 'aria-current="page">首页' in text


def test_a_visitor_sees_no_navigation(house: House) -> None:
    assert "主导航" not in house.visitor().get("/login").text


def test_a_fault_keeps_the_navigation_of_who_is_logged_in(house: House) -> None:
    def broken(caller: StaffDoor) -> None:
        raise KeyError("x")

    house.app.get("/broken")(broken)
    answer = house.logged_in("wang").get("/broken")
    assert (answer.status_code, "主导航" in answer.text) == (500, True)


def test_a_sentence_is_shown_once(house: House) -> None:
    client = said(house)
    client.get("/act")
    assert "已保存“&lt;b&gt;”。" in client.get("/").text
    assert "已保存" not in client.get("/").text


def test_a_sentence_of_another_session_or_of_nobody_is_not_shown(house: House) -> None:
    client, other = said(house), house.logged_in("zhao")
    client.get("/act")
    for value in (client.cookies["matcher-flash"], "x.y", "eA==.y", ".", ""):
        other.cookies.set("matcher-flash", value)
        answer = other.get("/")
        assert (answer.status_code, "已保存" in answer.text) == (200, False)


def said(house: House):
    def act(request: Request, caller: StaffDoor) -> Response:
        return redirect(request, "/", "已保存“<b>”。")

    house.app.get("/act")(act)
    return house.logged_in("wang")


def test_a_changed_password_is_told(house: House) -> None:
    assert "密码已修改。" in house.logged_in("wang").get("/").text
