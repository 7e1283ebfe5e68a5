"""Login at the door: first password, failures, lockout, what is told to whom."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from tests.service.house import OFFICE, PASSWORD, House, change_password, cheap_passwords, log_in, token_on


class CountingPasswords:
    """Counts what is really done; the work itself is argon2's."""

    def __init__(self) -> None:
        self.checked: list[bool] = []
        self._real = cheap_passwords()

    def hash(self, password: str) -> str:
        return self._real.hash(password)

    def matches(self, password: str, password_hash: str | None) -> bool:
        self.checked.append(password_hash is not None)
        return self._real.matches(password, password_hash)


def told(page: str) -> str:
    """The page without what differs from form to form."""
    return re.sub(r'value="[^"]*"', "", page)


def test_a_new_account_changes_its_password_before_anything_else(house: House) -> None:
    given, client = house.hire("wang"), house.visitor()
    assert log_in(client, "wang", given).status_code == 303
    assert client.get("/").headers["location"] == "/password"
    assert "wang 先生，您好。您用的是一次性密码" in client.get("/password").text
    done = change_password(client, given, PASSWORD)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert "角色：系统管理员；范围：全省" in client.get("/").text
    assert log_in(house.visitor(), "wang", given).status_code == 401
    assert log_in(house.visitor(), "ＷＡＮＧ ", PASSWORD).status_code == 303


def test_there_is_no_account_until_one_is_made(house: House) -> None:
    assert house.store.accounts.all() == []
    for name in ("admin", "root", "系统管理员"):
        assert log_in(house.visitor(), name, "admin").status_code == 401


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        ("Ab1-xyz", "密码至少要有 10 个字符"),
        ("abcdefgh12", "至少要有三类"),
        ("Aa1Aa1Aa1Aa1", "至少要有 5 个不同的字符"),
        ("Chang-WANG-16", "密码不能包含登录名"),
        ("Aa1-" * 33, "密码最多 128 个字符"),
    ],
)
def test_a_weak_password_is_refused(house: House, new: str, complaint: str) -> None:
    given, client = house.hire("wang"), house.visitor()
    log_in(client, "wang", given)
    refused = change_password(client, given, new)
    assert refused.status_code == 422
    assert complaint in refused.text


def test_a_new_password_is_new_and_typed_twice_and_the_old_one_known(house: House) -> None:
    client = house.logged_in("wang")
    assert "新密码不能与当前密码相同" in change_password(client, PASSWORD, PASSWORD).text
    assert "两次输入的新密码不一致" in change_password(client, PASSWORD, "Song-Hua-2026", "Song-Hua-2027").text
    assert "当前密码不正确" in change_password(client, "falsch", "Song-Hua-2026").text
    assert house.acts()[-1] == ("wang", "修改密码", "账号:wang", "失败")


def test_an_unknown_name_is_answered_like_a_wrong_password(house: House) -> None:
    house.hire("wang")
    known, unknown = (log_in(house.visitor(), name, "falsch") for name in ("wang", "wong"))
    assert known.status_code == unknown.status_code == 401
    assert told(known.text) == told(unknown.text)
    assert "登录名或密码不正确" in known.text
    names = {"date", "x-request-id", "set-cookie"}
    assert {k: v for k, v in known.headers.items() if k not in names} == {
        k: v for k, v in unknown.headers.items() if k not in names
    }


@pytest.mark.parametrize("name", ["wang", "wong", "gone", "locked", "", "x" * 200, "' OR 1=1 --"])
def test_every_failure_does_the_same_work(build_house: Callable[..., House], name: str) -> None:
    """One password check and one entry, whether the account is there, disabled, locked or never was."""
    passwords = CountingPasswords()
    house = build_house(passwords=passwords)
    for account in ("wang", "gone", "locked"):
        house.hire(account)
    house.service.accounts.set_disabled("gone", True, OFFICE)
    for _ in range(5):
        log_in(house.visitor(), "locked", "falsch")
    passwords.checked.clear()
    before = len(house.audit())
    log_in(house.visitor(), name, "falsch")
    assert len(passwords.checked) == 1
    assert len(house.audit()) == before + 1


def test_a_name_is_locked_after_five_failures_account_or_not(house: House) -> None:
    given = house.hire("wang")
    answers = {name: [log_in(house.visitor(), name, "falsch") for _ in range(6)] for name in ("wang", "wong")}
    for tried in answers.values():
        assert [answer.status_code for answer in tried] == [401] * 5 + [429]
        assert tried[5].headers["retry-after"] == "900"
    assert told(answers["wang"][5].text) == told(answers["wong"][5].text)
    assert log_in(house.visitor(), "wang", given).status_code == 429
    house.clock.turn(minutes=14, seconds=59)
    assert log_in(house.visitor(), "wang", given).status_code == 429
    house.clock.turn(seconds=1)
    assert log_in(house.visitor(), "wang", given).status_code == 303


def test_an_administrator_unlocks(house: House) -> None:
    given = house.hire("wang")
    for _ in range(5):
        log_in(house.visitor(), "wang", "falsch")
    house.service.accounts.unlock("wang", OFFICE)
    assert log_in(house.visitor(), "wang", given).status_code == 303
    assert ("命令行:test", "解除锁定", "账号:wang", "成功") in house.acts()


def test_a_success_forgets_the_failures_before_it(house: House) -> None:
    given = house.hire("wang")
    for _ in range(3):
        for _ in range(4):
            assert log_in(house.visitor(), "wang", "falsch").status_code == 401
        assert log_in(house.visitor(), "wang", given).status_code == 303


def test_guesses_at_once_do_not_slip_past_the_lock(house: House) -> None:
    house.hire("wang")
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: log_in(house.visitor(), "wang", "falsch").status_code, range(16)))
    assert sorted(statuses) == [401] * 5 + [429] * 11


def test_one_address_cannot_try_many_names(build_house: Callable[..., House]) -> None:
    house = build_house(logins_per_minute=3)
    answers = [log_in(house.visitor(), f"name{number}", "falsch") for number in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert "请求过于频繁" in answers[3].text


def test_a_disabled_account_is_told_only_to_who_knows_the_password(house: House) -> None:
    given = [house.hire(name) for name in ("zhao", "wang")][1]
    house.service.accounts.set_disabled("wang", True, OFFICE)
    assert "登录名或密码不正确" in log_in(house.visitor(), "wang", "falsch").text
    right = log_in(house.visitor(), "wang", given)
    assert (right.status_code, "账号已停用" in right.text) == (403, True)
    house.service.accounts.set_disabled("wang", False, OFFICE)
    assert log_in(house.visitor(), "wang", given).status_code == 303


def test_a_one_time_password_holds_for_seven_days(house: House) -> None:
    given = house.hire("wang")
    house.clock.turn(days=7)
    late = log_in(house.visitor(), "wang", given)
    assert (late.status_code, "一次性密码已过 7 天有效期" in late.text) == (403, True)
    fresh = house.service.accounts.reset_password("wang", OFFICE)
    assert log_in(house.visitor(), "wang", fresh).status_code == 303


def test_an_old_password_must_be_changed(house: House) -> None:
    house.logged_in("wang")
    house.clock.turn(days=90)
    client = house.visitor()
    log_in(client, "wang", PASSWORD)
    assert client.get("/").headers["location"] == "/password"


def test_attempts_are_in_the_audit_log_without_what_was_typed(house: House) -> None:
    given = house.hire("wang", Role.ADMINISTRATOR)
    log_in(house.visitor(), "my-secret-password", "falsch")
    log_in(house.visitor(), "wang", "falsch")
    log_in(house.visitor(), "wang", given)
    _, unknown, wrong, right = house.audit()
    assert unknown.entry.subject.startswith("未知账号:")
    assert "my-secret" not in str(unknown)
    assert (wrong.entry.subject, wrong.entry.outcome, wrong.entry.address) == ("账号:wang", "失败", "testclient")
    assert (right.entry.actor, right.entry.action, right.entry.at) == ("wang", "登录", house.clock.now)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/password", "/password"),
        ("/x?a=1&b=%E5%90%89", "/x?a=1&b=%E5%90%89"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_after_the_login_nobody_is_led_elsewhere(house: House, wanted: str, led_to: str) -> None:
    house.logged_in("wang")
    assert log_in(house.visitor(), "wang", PASSWORD, next=wanted).headers["location"] == led_to


def test_a_page_leads_back_after_the_login(house: House) -> None:
    client: TestClient = house.visitor()
    away = client.get("/password")
    assert (away.status_code, away.headers["location"]) == (303, "/login?next=%2Fpassword")
    assert 'name="next" value="/password"' in client.get(away.headers["location"]).text


def test_a_name_is_shown_as_text_only(house: House) -> None:
    house.service.accounts.add("wang", "<script>alert(1)</script>", None, [], OFFICE)
    client = house.visitor()
    log_in(client, "wang", house.service.accounts.reset_password("wang", OFFICE))
    page = client.get("/password").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert token_on(page)
