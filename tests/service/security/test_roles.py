"""Who may do what, and where."""

from typing import Annotated

import pytest
from fastapi import Depends

from matcher.domain.account import Role
from service.doors import Caller, requires
from service.security.roles import PERMISSIONS, Permission, RegionScope
from tests.service.house import House, log_in

P = Permission
_MANAGERS = {
    P.READ, P.MATCH, P.EDIT, P.EXPORT, P.PLAN, P.REVIEW, P.CONFIRM, P.SIGN_PLAN, P.SEE_PRIVATE, P.ERASE,
}  # fmt: skip
TABLE = {
    Role.ADMINISTRATOR: {P.MANAGE_ACCOUNTS, P.MANAGE_KEYS, P.OPERATE},
    Role.AUDITOR: {P.READ_AUDIT},
    Role.READER: {P.READ, P.MATCH},
    Role.OFFICER: {P.READ, P.MATCH, P.EDIT, P.EXPORT, P.PLAN},
    Role.MANAGER: _MANAGERS,
}


def test_the_table_of_permissions() -> None:
    assert {role: set(given) for role, given in PERMISSIONS.items()} == TABLE


@pytest.mark.parametrize("role", Role)
def test_each_route_opens_to_the_roles_of_its_permission_only(house: House, role: Role) -> None:
    for permission in Permission:
        add_route(house, permission)
    client = house.logged_in("wang", role)
    opened = {permission for permission in Permission if client.get(f"/probe/{permission.name}").status_code == 200}
    assert opened == TABLE[role]


def add_route(house: House, permission: Permission) -> None:
    def probe(caller: Annotated[Caller, Depends(requires(permission))]) -> str:
        return caller.member.account.name

    house.app.get(f"/probe/{permission.name}")(probe)


def test_a_refused_entry_is_told_and_audited(house: House) -> None:
    add_route(house, Permission.READ_AUDIT)
    client = house.logged_in("li", Role.OFFICER)
    refused = client.get("/probe/READ_AUDIT")
    assert refused.status_code == 403
    assert "您的角色“业务员”不能查看审计" in refused.text
    assert "请系统管理员调整角色" in refused.text
    assert "请系统管理员" not in house.logged_in("guan").get("/probe/READ_AUDIT").text
    assert ("li", "访问", "GET /probe/READ_AUDIT", "拒绝") in house.acts()


def test_nobody_enters_without_a_session_or_before_the_password_change(house: House) -> None:
    add_route(house, Permission.OPERATE)
    client = house.visitor()
    assert client.get("/probe/OPERATE").headers["location"] == "/login?next=%2Fprobe%2FOPERATE"
    given = house.hire("wang")
    log_in(client, "wang", given)
    assert client.get("/probe/OPERATE").headers["location"] == "/password"


@pytest.mark.parametrize(
    ("regions", "region_code", "jurisdiction", "inside"),
    [
        ((), "220201", "", True),
        (("2202",), "220201", "", True),
        (("2202",), "220200", "", True),
        (("2202",), "222401", "", False),
        (("2202", "2224"), "222401", "", True),
        (("220581",), "220581", "梅河口市", True),
        (("220581",), "220502", "", False),
        (("2202",), "", "", False),
        (("长白山保护开发区管理委员会",), "", "长白山保护开发区管理委员会", True),
        (("长白山保护开发区管理委员会",), "220600", "", False),
    ],
)
def test_scope(regions: tuple[str, ...], region_code: str, jurisdiction: str, inside: bool) -> None:
    assert RegionScope(regions).covers(region_code, jurisdiction) is inside
