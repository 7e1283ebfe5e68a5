"""The manual tells staff who may do what: its table against the table that every door asks."""

from __future__ import annotations

from matcher.domain.account import Role
from service.console.manual import manual_folder
from service.security.roles import PERMISSIONS, Permission


def test_the_manual_names_for_every_permission_the_roles_that_have_it() -> None:
    text = (manual_folder() / "使用手册.md").read_text(encoding="utf-8")
    section = text.split("## 谁可以做什么\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    told = {row[0].strip(): set(row[-1].strip().split("、")) for row in rows}
    assert told == {
        permission.value: {role.value for role in Role if permission in PERMISSIONS[role]} for permission in Permission
    }
