"""People are named as people name each other; login names only where two are called alike."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.account import Role
from matcher.domain.portal_key import KeyScope
from service.security.staff_names import StaffNames
from tests.service.house import OFFICE, House


def test_who_an_actor_is(house: House) -> None:
    accounts = house.service.accounts
    accounts.add("first.admin", "首任管理员", None, [], OFFICE)
    for login, name in (("li.na", "李娜"), ("li.na2", "李娜"), ("zhou", "周敏")):
        accounts.add(login, name, Role.OFFICER, [], OFFICE)
    house.service.keys.add("门户网站", [KeyScope.MATCH], 60, None, replace(OFFICE, actor="first.admin"))
    key = house.store.portal_keys.all()[0]
    names = StaffNames(house.store)
    assert names("zhou") == "周敏"
    assert names("li.na2") == "李娜（li.na2）"
    assert names("zhou、first.admin") == "周敏、首任管理员"
    assert names(f"密钥:{key.id}") == "门户（门户网站）"
    assert names("命令行:root") == "命令行（root）"
    assert (names("外单位王工"), names("")) == ("外单位王工", "")
    assert (names.login("周敏"), names.login("李娜"), names.login("zhou")) == ("zhou", "李娜", "zhou")
