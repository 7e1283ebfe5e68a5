"""Accounts as an administrator keeps them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from matcher.domain.account import Role
from matcher.store.errors import AccountExists, AccountUnknown, LastAdministrator
from service.security.errors import FirstIsAdministrator, LoginNameInvalid, RegionUnknown, RoleNeeded
from service.security.password_rules import PasswordRules, one_time_password
from tests.service.house import OFFICE, House


def test_the_first_account_is_an_administrators(house: House) -> None:
    desk = house.service.accounts
    with pytest.raises(FirstIsAdministrator):
        desk.add("li", "李", Role.OFFICER, [], OFFICE)
    desk.add("wang", "王", None, [], OFFICE)
    with pytest.raises(RoleNeeded, match="系统管理员、审计员、业务管理员、业务员、只读"):
        desk.add("li", "李", None, [], OFFICE)
    with pytest.raises(AccountExists, match="wang"):
        desk.add("WANG", "王", Role.READER, [], OFFICE)


def test_two_administrators_who_bar_each_other_at_once_leave_one(house: House) -> None:
    for name in ("wang", "zhao"):
        house.hire(name)
    together = Barrier(2)

    def bar(name: str) -> bool:
        together.wait()
        try:
            house.service.accounts.set_disabled(name, True, OFFICE)
        except LastAdministrator:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bar, ("wang", "zhao"))) == [False, True]
    assert sorted(account.disabled for account in house.store.accounts.all()) == [False, True]
    assert [act for _, act, *_ in house.acts()].count("停用账号") == 1


def test_a_scope_is_read_from_names_and_codes(house: House) -> None:
    house.hire("li", Role.OFFICER, "吉林市", "222400", "梅河口", "长白山", "2202")
    account = house.store.accounts.find("li")
    assert account is not None
    assert account.account.regions == ("2202", "2224", "220581", "长白山保护开发区管理委员会")
    names = house.service.places.names(account.account.regions)
    assert names == "吉林市、延边朝鲜族自治州、梅河口市、长白山保护开发区管理委员会"


@pytest.mark.parametrize("place", ["沈阳市", "吉林省", "某地", "22"])
def test_a_scope_elsewhere_is_refused(house: House, place: str) -> None:
    with pytest.raises(RegionUnknown, match="长春市、吉林市"):
        house.hire("li", Role.OFFICER, place)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "1a",
        "a b",
        "x" * 33,
        "a/b",
        "<b>",
        "a\x00b",
        "_a",
        "аdmin",
        "admin\u200b",
        "a\u202enimda",
        "αdmin",
        "admın",
        "admin٣",
    ],
)
def test_a_login_name_has_a_form(house: House, name: str) -> None:
    with pytest.raises(LoginNameInvalid):
        house.hire(name)


@pytest.mark.parametrize("name", ["ＡＤＭＩＮ", " Admin ", "admin", "ａｄｍｉｎ"])
def test_what_is_typed_like_a_login_name_is_that_name(house: House, name: str) -> None:
    house.hire("admin")
    with pytest.raises(AccountExists):
        house.hire(name)


def test_a_full_name_shows_every_sign_that_it_holds(house: House) -> None:
    house.service.accounts.add("li", "\u202e李\u200b娜\u2066 ", None, [], OFFICE)
    assert house.store.accounts.all()[0].full_name == "李娜"


def test_a_chinese_login_name_serves(house: House) -> None:
    house.logged_in("王主任")
    assert house.store.accounts.all()[0].last_login == house.clock.now


def test_what_is_not_there_cannot_be_changed(house: House) -> None:
    desk = house.service.accounts
    for act in (desk.reset_password, desk.unlock):
        with pytest.raises(AccountUnknown, match="没有账号“wong”"):
            act("wong", OFFICE)
    with pytest.raises(AccountUnknown):
        desk.set_disabled("wong", True, OFFICE)
    assert house.acts() == []


def test_one_time_passwords_keep_the_rules() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(PasswordRules(10).complaints(password, "wang") == [] for password in made)


def test_acts_on_accounts_are_audited_with_before_and_after(house: House) -> None:
    house.hire("li", Role.OFFICER, "吉林市")
    house.service.accounts.set_disabled("li", True, OFFICE)
    house.service.accounts.reset_password("li", OFFICE)
    entries = [record.entry for record in house.audit()[1:]]
    assert [entry.action.value for entry in entries] == ["新建账号", "停用账号", "重设密码"]
    assert {entry.actor for entry in entries} == {"命令行:test"}
    assert entries[0].after == {"full_name": "li 先生", "role": "业务员", "regions": ["2202"], "office": None}
    assert (entries[1].before, entries[1].after) == ({"disabled": False}, {"disabled": True})
    stored = house.store.accounts.find("li")
    assert stored is not None
    assert stored.password_hash.startswith("$argon2id$")
    assert stored.password_hash not in str(entries)
