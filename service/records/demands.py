"""需求库: whoever answers for some 市州 sees and edits the demands of those places only; others see all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.audit import AuditAction
from matcher.domain.demand import Demand, DemandContact, Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.missing import missing_columns
from matcher.intake.quality_hints import Hint, quality_hints
from matcher.intake.split import propose_split
from matcher.store.demands import Demands
from matcher.store.errors import RecordUnknown
from matcher.workflows.record_forms import Fields, Filled, filled_demand
from matcher.workflows.record_numbers import next_demand_number
from service.records.desk import RecordDesk
from service.records.errors import RemarkMissing, SplitInvalid
from service.security.actor import Actor
from service.security.private_fields import masked

# Decided by people who review, not filled in.
_DECIDED = ("review", "review_remark")


@dataclass(frozen=True, slots=True)
class DemandRecord:
    """`demand` without its contact; `proposal` is a split that nobody has confirmed yet; `missing`: blank headers."""

    demand: Demand
    version: int
    hints: tuple[Hint, ...]
    proposal: tuple[Need, ...]
    missing: tuple[str, ...]


class DemandDesk(RecordDesk[Demand]):
    """A new demand waits for review, one that is changed waits for it again; a split falls with its text."""

    what, table = "需求", DEMAND_TABLE

    def get(self, demand_id: str, actor: Actor) -> DemandRecord:
        """Raises RecordUnknown, also for a demand of another place."""
        demand, version = self._found(demand_id, actor)
        proposal = () if demand.needs else propose_split(demand)
        return DemandRecord(
            demand, version, quality_hints(demand), proposal, missing_columns(self._revealed(demand_id), DEMAND_TABLE)
        )

    def next_number(self) -> str:
        return next_demand_number(self._store)

    def of_enterprise(self, name: str, actor: Actor) -> list[Demand]:
        """Those that the actor may see, contacts left out."""
        return [one for one in self._store.demands.of_enterprise(name) if self._is_near(one, actor)]

    def contact(self, demand_id: str, actor: Actor) -> DemandContact:
        """In clear for who may see it, which the audit log notes; else masked. Raises RecordUnknown."""
        self._found(demand_id, actor)
        return self._private.of_demands([demand_id], actor)[demand_id]

    def review(
        self, demand_id: str, status: ReviewStatus, remark: str, actor: Actor, *, seen: int | None = None
    ) -> None:
        """Raises RecordUnknown, RemarkMissing, EditConflict (with `seen`, where the demand has changed since)."""
        if status is ReviewStatus.RETURNED and not remark.strip():
            raise RemarkMissing
        with self._told_of_conflicts(demand_id, actor):
            self._decide(demand_id, status, remark, actor, seen=seen)

    def split(self, demand_id: str, needs: Sequence[Need], actor: Actor, *, seen: int | None = None) -> None:
        """Confirms a split, as proposed or reworded; none at all undoes it.

        Raises RecordUnknown, SplitInvalid, EditConflict.
        """
        if len(needs) == 1 or not all(need.title.strip() and need.text.strip() for need in needs):
            raise SplitInvalid
        before, _ = self._found(demand_id, actor)
        numbered = tuple(
            replace(need, demand_id=demand_id, number=number) for number, need in enumerate(needs, start=1)
        )
        note = actor.origin.entry(
            self._clock(),
            AuditAction.SPLIT_DEMAND,
            f"{self.what}:{demand_id}",
            before={"needs": len(before.needs)},
            after={"needs": len(numbered)},
        )
        with self._told_of_conflicts(demand_id, actor):
            self._store.demands.decide(demand_id, lambda demand: replace(demand, needs=numbered), seen=seen, note=note)

    @property
    def _records(self) -> Demands:
        return self._store.demands

    def _found(self, id: str, actor: Actor) -> tuple[Demand, int]:
        """A demand of another place is not there."""
        found = self._store.demands.get_with_version(id)
        if found is None or not self._is_near(found[0], actor):
            raise RecordUnknown(self.what, id)
        return found

    def _masked(self, record: Demand) -> Demand:
        return replace(record, contact=masked(record.contact))

    def _filled(self, fields: Fields, stored: Demand | None) -> Filled[Demand]:
        given = {name: cell for name, cell in fields.items() if name not in _DECIDED}
        return filled_demand(given, stored, self._tables)

    def _settled(self, record: Demand, actor: Actor) -> Demand:
        return replace(record, needs=(), review=ReviewStatus.PENDING, review_remark="")

    def _decide(self, id: str, status: ReviewStatus, remark: str, actor: Actor, *, seen: int | None) -> None:
        before, _ = self._found(id, actor)
        note = actor.origin.entry(
            self._clock(),
            AuditAction.REVIEW_DEMAND,
            f"{self.what}:{id}",
            before={"review": before.review.value},
            after={"review": status.value},
        )
        self._store.demands.decide(
            id, lambda demand: replace(demand, review=status, review_remark=remark.strip()), seen=seen, note=note
        )

    def _title(self, record: Demand) -> str:
        return record.title

    def _is_seen(self, record: Demand, actor: Actor) -> bool:
        return self._is_near(record, actor)

    def _is_near(self, record: Demand, actor: Actor) -> bool:
        return actor.scope.covers(record.enterprise.region_code, record.enterprise.jurisdiction)

    def _within(self, query: CatalogueQuery, actor: Actor) -> CatalogueQuery:
        places = actor.scope.regions
        return replace(query, within={"region": places, "jurisdiction": places} if places else None)
