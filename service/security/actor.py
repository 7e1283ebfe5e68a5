"""Whoever uses the desks of the service, a member of staff or a portal: one shape, so that scope, masking and audit
are written once for pages and API."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.portal_key import PortalKey
from service.audit.origin import Origin, key_subject
from service.security.roles import Permission, RegionScope, StaffMember


@dataclass(frozen=True, slots=True)
class Actor:
    """`origin.actor` is the name that audit and history bear; `is_staff` sees working papers, portals do not.

    `sees_notes`: remarks on people in shortlists, which whoever chooses people writes and reads. `may_review`: demands.
    """

    origin: Origin
    scope: RegionScope
    sees_private: bool
    is_staff: bool = False
    sees_notes: bool = False
    may_review: bool = False


def staff_actor(member: StaffMember, origin: Origin) -> Actor:
    sees_private, chooses = member.may(Permission.SEE_PRIVATE), member.may(Permission.EDIT)
    may_review = member.may(Permission.REVIEW)
    return Actor(origin, member.scope, sees_private, is_staff=True, sees_notes=chooses, may_review=may_review)


def portal_actor(key: PortalKey, origin: Origin) -> Actor:
    """Portals see the whole province and never a private field (design, decision 12)."""
    return Actor(Origin(key_subject(key.id), origin.address, origin.request_id), RegionScope(), sees_private=False)
