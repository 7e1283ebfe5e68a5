"""专家库: everybody who may read sees all experts of the province; people of a 市州 edit those of its units."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from matcher.beijing import day_in_beijing
from matcher.catalogue.query import UNSTATED, CatalogueQuery, FacetCounts
from matcher.domain.audit import AuditAction
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType, ReviewStatus
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.missing import missing_columns
from matcher.store.errors import RecordUnknown, ScrubIncomplete
from matcher.store.experts import Experts
from matcher.store.records import ErasureScope, Tombstone
from matcher.workflows.record_forms import Fields, Filled, filled_expert
from matcher.workflows.record_numbers import next_expert_number
from service.records.desk import RecordDesk
from service.records.errors import EditElsewhere, ErasureUnconfirmed
from service.security.actor import Actor
from service.security.private_fields import masked

_MISSING: Mapping[str, str] = MappingProxyType(
    {"typed": "输入的编号与这位专家的编号不一致。", "reason": "请写明删除的依据，例如“本人 5 月 8 日书面申请”。"}
)


@dataclass(frozen=True, slots=True)
class ExpertRecord:
    """`expert` without its private part; `version` is what an edit must have seen; `missing`: headers still blank."""

    expert: Expert
    version: int
    items: int
    missing: tuple[str, ...]
    may_edit: bool


class ExpertDesk(RecordDesk[Expert]):
    what, table = "专家", EXPERT_TABLE

    def values(self, facet: str) -> FacetCounts:
        """Every value of one facet, with the number of experts who bear it, "not stated" left out."""
        found = next(one for one in self._keeper.current().page(CatalogueQuery(limit=1)).facets if one.name == facet)
        return replace(found, values=tuple(value for value in found.values if value.value != UNSTATED))

    def get(self, expert_id: str, actor: Actor) -> ExpertRecord:
        """Under a number that was merged away the person who lives on. Raises RecordUnknown."""
        expert, version = self._found(expert_id, actor)
        items = self._store.items.counts_by_owner([expert.id]).get(expert.id, 0)
        missing = missing_columns(expert, EXPERT_TABLE)
        return ExpertRecord(expert, version, items, missing, self._is_near(expert, actor))

    def next_number(self) -> str:
        return next_expert_number(self._store)

    def private(self, expert_id: str, actor: Actor) -> PrivateDetails:
        """In clear for who may see it, which the audit log notes; else masked. Raises RecordUnknown."""
        id = self._found(expert_id, actor)[0].id
        return self._private.of_experts([id], actor)[id]

    def items(self, expert_id: str, actor: Actor) -> list[EvidenceItem]:
        """Newest first, those without a year last; the profile is none. Raises RecordUnknown."""
        works = self._works(self._found(expert_id, actor)[0].id)
        return sorted(works, key=lambda item: (-(item.year or 0), list(EvidenceType).index(item.type), item.title))

    def engagements(self, expert_id: str, actor: Actor) -> list[Engagement]:
        """Lines of the ledger in the actor's places, itineraries left out; the newest first. Raises RecordUnknown."""
        id = self._found(expert_id, actor)[0].id
        lines = self._store.ledger.of_experts([id]).get(id, [])
        near = (line for line in lines if actor.scope.covers(line.region_code))
        return sorted(near, key=lambda line: (line.agreement_start or line.visit_date or date.min, line.id))[::-1]

    def ending(self, first: date, last: date, actor: Actor) -> list[Engagement]:
        """Lines of the ledger in the actor's places whose agreement ends between the days; the first to end first."""
        found = [
            line
            for line in self._store.ledger.stream()
            if line.agreement_end
            and first <= line.agreement_end <= last
            and line.status.holds_capacity
            and actor.scope.covers(line.region_code)
        ]
        return sorted(found, key=lambda line: (line.agreement_end or last, line.id))

    def erasure_scope(self, expert_id: str, actor: Actor) -> ErasureScope:
        """What `erase` would take and leave. Raises RecordUnknown, EditElsewhere."""
        return self._store.experts.erasure_scope(self._erasable(expert_id, actor).id)

    def erase(self, expert_id: str, typed: str, reason: str, actor: Actor) -> None:
        """On the person's request, see `Experts.erase`; `typed` is the number, written once more by hand.

        Index and files of jobs are left to the job `ERASURE`. Raises RecordUnknown, EditElsewhere, ErasureUnconfirmed.
        """
        id = self._erasable(expert_id, actor).id
        checks = {"typed": typed.strip() == id, "reason": bool(reason.strip())}
        if problems := {name: _MISSING[name] for name, passed in checks.items() if not passed}:
            raise ErasureUnconfirmed(problems)
        action, subject = AuditAction.ERASE_PERSON, f"{self.what}:{id}"
        note = actor.origin.entry(self._clock(), action, subject, reason=reason.strip())
        with suppress(ScrubIncomplete):  # the job tries again once nobody reads
            self._store.experts.erase(id, by=actor.origin.actor, note=note)

    def tombstone(self, expert_id: str) -> Tombstone | None:
        """Of somebody who was erased."""
        return self._store.experts.tombstone(expert_id)

    def _erasable(self, expert_id: str, actor: Actor) -> Expert:
        found = self._found(expert_id, actor)[0]
        self._require_editable(found, actor)
        return found

    @property
    def _records(self) -> Experts:
        return self._store.experts

    def _found(self, id: str, actor: Actor) -> tuple[Expert, int]:
        """Under a number that was merged away the person who lives on."""
        found = self._store.experts.get_with_version(id)
        if found is None and (living := self._store.experts.merged_into([id]).get(id)):
            found = self._store.experts.get_with_version(living)
        if found is None:
            raise RecordUnknown(self.what, id)
        return found

    def _masked(self, record: Expert) -> Expert:
        return replace(record, private=masked(record.private))

    def _filled(self, fields: Fields, stored: Expert | None) -> Filled[Expert]:
        has_items = stored is not None and bool(self._works(stored.id))
        return filled_expert(fields, stored, self._tables, has_items=has_items)

    def _settled(self, record: Expert, actor: Actor) -> Expert:
        """What a portal wrote waits for review; members of staff say themselves whether it was reviewed."""
        review = record.review if actor.is_staff else ReviewStatus.PENDING
        return replace(record, updated=day_in_beijing(self._clock()), review=review)

    def _decide(self, id: str, status: ReviewStatus, remark: str, actor: Actor, *, seen: int | None) -> None:
        """Experts bear no remark."""
        before, version = self._found(id, actor)
        note = actor.origin.entry(
            self._clock(),
            AuditAction.REVIEW_EXPERT,
            f"{self.what}:{id}",
            before={"review": before.review.value if before.review else ""},
            after={"review": status.value},
        )
        reviewed = replace(self._revealed(id), review=status, updated=day_in_beijing(self._clock()))
        self._store.experts.put(reviewed, seen=version if seen is None else seen, note=note)

    def _title(self, record: Expert) -> str:
        return record.name

    def _is_near(self, record: Expert, actor: Actor) -> bool:
        return actor.scope.covers(record.region_code)

    def _require_editable(self, stored: Expert, actor: Actor) -> None:
        if not self._is_near(stored, actor):
            raise EditElsewhere

    def _works(self, id: str) -> list[EvidenceItem]:
        return [item for item in self._store.items.of_expert(id) if item.type is not EvidenceType.PROFILE]
