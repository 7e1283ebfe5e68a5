"""实地走访: dated notes on a demand, by whom and when; kept beside the record, never changed."""

from __future__ import annotations

from datetime import date

from matcher.beijing import day_in_beijing
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Demand
from matcher.domain.visit_note import VisitNote
from matcher.store.store import Store
from service.audit.origin import Clock
from service.records.demands import DemandDesk
from service.records.errors import VisitInvalid
from service.security.actor import Actor

_LONGEST = 2000
_MOST_OTHERS = 50


class VisitDesk:
    """`demands` says whether the actor may see the demand at all. Portals have no door to visits."""

    def __init__(self, store: Store, demands: DemandDesk, clock: Clock) -> None:
        self._store, self._demands, self._clock = store, demands, clock

    def of_demand(self, demand_id: str, actor: Actor) -> list[VisitNote]:
        """Newest visit first. Raises RecordUnknown."""
        self._demands.get(demand_id, actor)
        return self._store.visit_notes.of_demand(demand_id)

    def around(self, demand_id: str, actor: Actor) -> list[tuple[Demand, list[VisitNote]]]:
        """The firm's other demands, each with the notes on it. Raises RecordUnknown."""
        firm = self._demands.get(demand_id, actor).demand.enterprise.name
        others = [one for one in self._demands.of_enterprise(firm, actor) if one.id != demand_id]
        return [(one, self._store.visit_notes.of_demand(one.id)) for one in others[:_MOST_OTHERS]]

    def add(self, demand_id: str, visited: date, text: str, actor: Actor) -> None:
        """Raises RecordUnknown, VisitInvalid."""
        self._demands.get(demand_id, actor)
        now = self._clock()
        if not text.strip():
            raise VisitInvalid("没有写走访情况")
        if len(text) > _LONGEST:
            raise VisitInvalid(f"内容超过 {_LONGEST} 字，请分几条填写")
        if visited > day_in_beijing(now):
            raise VisitInvalid("走访日期晚于今天")
        entry = actor.origin.entry(now, AuditAction.NOTE_VISIT, f"需求:{demand_id}", after={"visited": f"{visited}"})
        self._store.visit_notes.add(VisitNote(demand_id, visited, actor.origin.actor, now, text.strip()), entry=entry)
