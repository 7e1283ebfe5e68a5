"""Whoever uses the desks of the service, a member of staff or a portal: one shape, so that scope, masking and audit
are written once for pages and API."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.portal_key import PortalKey
from service.audit.origin import Origin, key_subject
from service.security.roles import Permission, RegionScope, StaffMember


@dataclass(frozen=True, slots=True)
class Actor:
    """`origin.actor` is the name that audit and history bear; `is_staff` sees working papers, portals do not."""

    origin: Origin
    scope: RegionScope
    sees_private: bool
    is_staff: bool = False


def staff_actor(member: StaffMember, origin: Origin) -> Actor:
    return Actor(origin, member.scope, member.may(Permission.SEE_PRIVATE), is_staff=True)


def portal_actor(key: PortalKey, origin: Origin) -> Actor:
    """Portals see the whole province and never a private field (design, decision 12)."""
    return Actor(Origin(key_subject(key.id), origin.address, origin.request_id), RegionScope(), sees_private=False)
