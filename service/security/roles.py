"""What each role may do, and where. The one table that every door asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from matcher.domain.account import Account, Role


class Permission(StrEnum):
    MANAGE_ACCOUNTS = "管理账号"
    MANAGE_KEYS = "管理密钥"
    OPERATE = "查看系统状态、重建索引"
    READ_AUDIT = "查看审计"
    READ = "查看专家和需求"
    EDIT = "录入和修改"
    REVIEW = "审核需求"
    MATCH = "匹配"
    CONFIRM = "签署和作废匹配结果"
    PLAN = "制定和调整计划"
    SIGN_PLAN = "签发和作废计划"
    EXPORT = "导出"
    SEE_PRIVATE = "查看隐私信息"
    ERASE = "删除个人资料"


_READER = frozenset({Permission.READ, Permission.MATCH})
_OFFICER = _READER | {Permission.EDIT, Permission.EXPORT, Permission.PLAN}
_MANAGER = _OFFICER | {
    Permission.REVIEW,
    Permission.CONFIRM,
    Permission.SIGN_PLAN,
    Permission.SEE_PRIVATE,
    Permission.ERASE,
}

# Least privilege, the administrator apart: who runs the system sees no business data, who audits changes nothing.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_KEYS, Permission.OPERATE}),
        Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
        Role.MANAGER: _MANAGER,
        Role.OFFICER: _OFFICER,
        Role.READER: _READER,
    }
)


@dataclass(frozen=True, slots=True)
class RegionScope:
    """The places somebody answers for; empty: the whole province."""

    regions: tuple[str, ...] = ()

    def covers(self, region_code: str, jurisdiction: str = "") -> bool:
        """Whether a record of this place (six-digit code, or 业务归口 of a place without one) is inside."""
        if not self.regions:
            return True
        return jurisdiction in self.regions or any(region_code.startswith(region) for region in self.regions)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Whoever is logged in."""

    account: Account

    @property
    def scope(self) -> RegionScope:
        return RegionScope(self.account.regions)

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.account.role]
