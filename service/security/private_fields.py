"""Private fields as a role may see them: in clear with an entry in the audit log, else masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from matcher.domain.audit import AuditAction
from matcher.domain.demand import DemandContact
from matcher.domain.expert import PrivateDetails
from matcher.store.store import Store
from service.audit.origin import Clock
from service.security.actor import Actor

_SHOWN_IN_ENTRY = 100
Details = TypeVar("Details", PrivateDetails, DemandContact)


class PrivateFields:
    """`exported`: the values leave the system in a file, which the audit log tells apart from a sight."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def of_experts(self, ids: Sequence[str], actor: Actor, *, exported: bool = False) -> dict[str, PrivateDetails]:
        """By expert id; who is not in the database is absent."""
        found = self._store.experts.get_many(ids, reveal=True)
        return self._shown("专家", {key: expert.private for key, expert in found.items()}, actor, exported)

    def of_demands(self, ids: Sequence[str], actor: Actor, *, exported: bool = False) -> dict[str, DemandContact]:
        """By demand id; outside the actor's regions they stay masked."""
        found = self._store.demands.get_many(ids, reveal=True)
        scope = actor.scope
        near = {
            key
            for key, demand in found.items()
            if scope.covers(demand.enterprise.region_code, demand.enterprise.jurisdiction)
        }
        contacts = {key: demand.contact for key, demand in found.items()}
        far = {key: masked(contact) for key, contact in contacts.items() if key not in near}
        return self._shown("需求", {key: contacts[key] for key in near}, actor, exported) | far

    def _shown(self, kind: str, details: dict[str, Details], actor: Actor, exported: bool) -> dict[str, Details]:
        if not actor.sees_private:
            return {key: masked(private) for key, private in details.items()}
        stated = sorted(key for key, private in details.items() if private != type(private)())
        for at in range(0, len(stated), _SHOWN_IN_ENTRY):
            subject = f"{kind}:{'、'.join(stated[at : at + _SHOWN_IN_ENTRY])}"
            action = AuditAction.EXPORT_PRIVATE if exported else AuditAction.VIEW_PRIVATE
            self._store.audit.append(actor.origin.entry(self._clock(), action, subject))
        return details


def masked(details: Details) -> Details:
    """Enough to recognise what one knows already: 220***********1234, 138****5678, z***@x.cn, 张**."""
    if isinstance(details, PrivateDetails):
        return replace(
            details,
            id_number=_middle(details.id_number, 3, 4),
            phone=_middle(details.phone, 3, 4),
            email=_email(details.email),
            contact=_name(details.contact),
            health=_all(details.health),
        )
    return replace(
        details, person=_name(details.person), phone=_middle(details.phone, 3, 4), email=_email(details.email)
    )


def _middle(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return _all(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def _email(text: str) -> str:
    name, at, place = text.partition("@")
    return name[:1] + "***" + at + place if at else _all(text)


def _name(text: str) -> str:
    """A contact may hold a phone beside the name."""
    return text[:1] + "**" if text else ""


def _all(text: str) -> str:
    return "***" if text else ""
