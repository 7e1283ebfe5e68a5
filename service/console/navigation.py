"""What stands in the top bar, for whom. A new page gets its line here when it has its route."""

from __future__ import annotations

from dataclasses import dataclass

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


# In the order of the work.
DESTINATIONS = (Destination("首页", "/"),)


def destinations(member: StaffMember) -> list[Destination]:
    return [destination for destination in DESTINATIONS if destination.is_open_to(member)]
