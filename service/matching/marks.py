"""The desk for marks: what people say of proposed experts, with correction, withdrawal and history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.beijing import day_in_beijing
from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand, demand_id_of
from matcher.domain.mark import Mark
from matcher.domain.vocabulary import Verdict
from matcher.errors import UsageError
from matcher.store.records import HistoryEntry
from matcher.store.store import Store
from service.audit.origin import Clock
from service.matching.asked import asked_demand, asked_expert_id, covers
from service.security.actor import Actor

_LONGEST_REASON = 1000


class MarkReasonTooLong(UsageError):
    def __init__(self) -> None:
        super().__init__(f"评价理由最多 {_LONGEST_REASON} 字，请写得简短些。")


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A mark and the demand that it was given for."""

    mark: Mark
    demand: Demand


class MarkDesk:
    """Reasons are about people: shown to whom private fields are shown, and the sight is audited."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def give(self, demand_id: str, expert_id: str, verdict: Verdict, reason: str, actor: Actor) -> Mark:
        """In place of the older mark of the same subject. Raises RecordUnknown, MarkReasonTooLong."""
        if len(reason) > _LONGEST_REASON:
            raise MarkReasonTooLong
        asked_demand(self._store, demand_id, actor)
        living, now = asked_expert_id(self._store, expert_id), self._clock()
        mark = Mark(demand_id, living, verdict, reason.strip(), actor.origin.actor, _day(now))

        def note(before: Mark | None) -> AuditEntry:
            after = {"verdict": verdict.value}
            return actor.origin.entry(now, AuditAction.MARK, mark_subject(mark), before=_said(before), after=after)

        self._store.marks.give(mark, by=actor.origin.actor, note=note)
        return mark

    def withdraw(self, demand_id: str, expert_id: str, verdict: Verdict, actor: Actor) -> None:
        """Takes back what was said on the verdict's subject; the history keeps it. Raises RecordUnknown."""
        asked_demand(self._store, demand_id, actor)
        mark = Mark(demand_id, asked_expert_id(self._store, expert_id), verdict)
        now = self._clock()

        def note(before: Mark | None) -> AuditEntry:
            return actor.origin.entry(now, AuditAction.WITHDRAW_MARK, mark_subject(mark), before=_said(before))

        self._store.marks.withdraw(mark.id, by=actor.origin.actor, note=note)

    def of_demands(self, demand_ids: Sequence[str], actor: Actor) -> Mapping[str, list[Mark]]:
        """Demand or need -> its marks; the caller has seen to it that the actor may know of the demands."""
        found = self._store.marks.of_demands(demand_ids, reveal=actor.sees_private)
        told = sorted({demand_id_of(mark.demand_id) for marks in found.values() for mark in marks if mark.reason})
        if told:
            subject = f"评价理由:{'、'.join(told)}"
            self._store.audit.append(actor.origin.entry(self._clock(), AuditAction.VIEW_PRIVATE, subject))
        return found

    def of_demand(self, demand_id: str, actor: Actor) -> list[Mark]:
        """Of the demand as a whole or of one need. Raises RecordUnknown."""
        asked_demand(self._store, demand_id, actor)
        return self.of_demands([demand_id], actor).get(demand_id, [])

    def of_expert(self, expert_id: str, actor: Actor) -> list[GivenMark]:
        """What was said of the person for demands that the actor may know of, newest first. Raises RecordUnknown."""
        id = asked_expert_id(self._store, expert_id)
        said = self._store.marks.of_expert(id, reveal=actor.sees_private)
        demands = self._store.demands.get_many(demand_id_of(mark.demand_id) for mark in said)
        known = [GivenMark(mark, demand) for mark in said if (demand := demands.get(demand_id_of(mark.demand_id)))]
        near = [one for one in known if covers(actor, one.demand)]
        if any(one.mark.reason for one in near):
            seen = actor.origin.entry(self._clock(), AuditAction.VIEW_PRIVATE, f"评价理由:专家 {id}")
            self._store.audit.append(seen)
        return sorted(near, key=lambda one: one.mark.marked_on or date.min, reverse=True)

    def history(self, demand_id: str, expert_id: str, verdict: Verdict, actor: Actor) -> list[HistoryEntry]:
        """What was said before on the verdict's subject, oldest first, without reasons. Raises RecordUnknown."""
        asked_demand(self._store, demand_id, actor)
        return self._store.marks.history(Mark(demand_id, asked_expert_id(self._store, expert_id), verdict).id)


def mark_subject(mark: Mark) -> str:
    return f"评价:{mark.demand_id}／{mark.expert_id}"


def _said(mark: Mark | None) -> dict[str, object] | None:
    return None if mark is None else {"verdict": mark.verdict.value, "by": mark.marked_by}


def _day(now: datetime) -> date:
    return day_in_beijing(now)
