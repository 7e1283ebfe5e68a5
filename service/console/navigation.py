"""What stands in the top bar, for whom. A new page gets its line here when it has its route."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from service.security.roles import Permission, StaffMember


@dataclass(frozen=True, slots=True)
class Destination:
    """`permissions`: any of them opens it; none: everybody may enter."""

    label: str
    path: str
    permissions: tuple[Permission, ...] = ()

    def is_open_to(self, member: StaffMember) -> bool:
        return not self.permissions or any(map(member.may, self.permissions))

    def holds(self, path: str) -> bool:
        """Whether the page of this path lies behind it."""
        return path == self.path or (self.path != "/" and path.startswith(self.path + "/"))


# The pages behind 管理.
ADMINISTRATION = (
    Destination("账号", "/admin/accounts", (Permission.MANAGE_ACCOUNTS,)),
    Destination("密钥", "/admin/keys", (Permission.MANAGE_KEYS,)),
    Destination("审计", "/admin/audit", (Permission.READ_AUDIT,)),
    Destination("系统状态", "/admin/system", (Permission.OPERATE,)),
)
# The pages behind 人才.
TALENT = (
    Destination("成果对接", "/talent/achievements"),
    Destination("团队培养", "/talent/teams"),
    Destination("奖项举荐", "/talent/programmes"),
    Destination("人才缺口", "/talent/gaps"),
)
# The pages of 规划.
PLANNING = (
    Destination("建站", "/plans", (Permission.READ,)),
    Destination("走访", "/plans/visits", (Permission.READ,)),
    Destination("讲座", "/plans/lectures", (Permission.PLAN,)),
    Destination("选题专家组", "/plans/panels", (Permission.MATCH,)),
)
# In the order of the work.
DESTINATIONS = (
    Destination("首页", "/"),
    Destination("专家库", "/experts", (Permission.READ,)),
    Destination("需求库", "/demands", (Permission.READ,)),
    Destination("匹配", "/match", (Permission.MATCH,)),
    Destination("结果", "/runs", (Permission.MATCH,)),
    Destination("规划", "/plans", (Permission.READ,)),
    Destination("人才", "/talent", (Permission.MATCH,)),
    Destination("导入", "/imports", (Permission.EDIT,)),
    Destination("后台任务", "/jobs"),
    Destination("管理", "/admin", tuple(chain.from_iterable(page.permissions for page in ADMINISTRATION))),
    Destination("帮助", "/help"),
)


def open_to(member: StaffMember, destinations: Iterable[Destination] = DESTINATIONS) -> list[Destination]:
    return [destination for destination in destinations if destination.is_open_to(member)]
