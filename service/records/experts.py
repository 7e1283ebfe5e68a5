"""专家库: everybody who may read sees all experts of the province; people of a 市州 edit those of its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.catalogue.catalogue import Layout, all_ids
from matcher.catalogue.query import UNSTATED, CataloguePage, CatalogueQuery, FacetCounts
from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType
from matcher.intake.columns import Table
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.missing import missing_columns
from matcher.reference.tables import ReferenceTables
from matcher.store.errors import RecordStale, RecordUnknown
from matcher.store.store import Store
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.record_forms import FieldProblem, Fields, RecordRejected, cells_of, filled_expert
from service.audit.origin import Clock
from service.records.errors import EditConflict, EditElsewhere
from service.records.history import HistoryLine, history_lines
from service.security.actor import Actor
from service.security.private_fields import PrivateFields, masked

_WHAT = "专家"


@dataclass(frozen=True, slots=True)
class ExpertList:
    """The experts of the page in its order, private part left out."""

    experts: tuple[Expert, ...]
    page: CataloguePage


@dataclass(frozen=True, slots=True)
class ExpertRecord:
    """`expert` without its private part; `version` is what an edit must have seen; `missing`: headers still blank."""

    expert: Expert
    version: int
    items: int
    missing: tuple[str, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class SavedRecord:
    """`hints`: what is odd and was saved all the same."""

    id: str
    version: int
    hints: tuple[FieldProblem, ...]


class ExpertDesk:
    """The doors have checked the permission; the desk checks the place. `table` holds the columns of the form."""

    table: Table = EXPERT_TABLE

    def __init__(
        self, store: Store, keeper: CatalogueKeeper, tables: ReferenceTables, private: PrivateFields, clock: Clock
    ) -> None:
        self._store, self._keeper, self._tables = store, keeper, tables
        self._private, self._clock = private, clock

    @property
    def layout(self) -> Layout:
        return self._keeper.layout

    def find(self, query: CatalogueQuery) -> ExpertList:
        """Raises what `Catalogue.page` raises."""
        page = self._keeper.current().page(query)
        found = self._store.experts.get_many(page.ids)
        return ExpertList(tuple(found[id] for id in page.ids if id in found), page)

    def values(self, facet: str) -> FacetCounts:
        """Every value of one facet, with the number of experts who bear it, "not stated" left out."""
        found = next(one for one in self._keeper.current().page(CatalogueQuery(limit=1)).facets if one.name == facet)
        return replace(found, values=tuple(value for value in found.values if value.value != UNSTATED))

    def get(self, expert_id: str, actor: Actor) -> ExpertRecord:
        """Under a number that was merged away the person who lives on. Raises RecordUnknown."""
        expert, version = self._found(expert_id)
        items = self._store.items.counts_by_owner([expert.id]).get(expert.id, 0)
        missing = missing_columns(expert, EXPERT_TABLE)
        return ExpertRecord(expert, version, items, missing, actor.scope.covers(expert.region_code))

    def private(self, expert_id: str, actor: Actor) -> PrivateDetails:
        """In clear for who may see it, which the audit log notes; else masked. Raises RecordUnknown."""
        id = self._found(expert_id)[0].id
        return self._private.of_experts([id], actor)[id]

    def items(self, expert_id: str) -> list[EvidenceItem]:
        """Newest first, those without a year last; the profile is none. Raises RecordUnknown."""
        owned = self._store.items.of_expert(self._found(expert_id)[0].id)
        works = (item for item in owned if item.type is not EvidenceType.PROFILE)
        return sorted(works, key=lambda item: (-(item.year or 0), list(EvidenceType).index(item.type), item.title))

    def engagements(self, expert_id: str, actor: Actor) -> list[Engagement]:
        """Lines of the ledger in the actor's places, itineraries left out; the newest first. Raises RecordUnknown."""
        id = self._found(expert_id)[0].id
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

    def ids(self, query: CatalogueQuery, most: int) -> tuple[str, ...]:
        """Everybody whom the query finds, in order; one more than `most` where there are more."""
        return all_ids(self._keeper.current(), query, most)

    def history(self, expert_id: str) -> list[HistoryLine]:
        """Newest first, private values masked. Raises RecordUnknown."""
        id = self._found(expert_id)[0].id
        return history_lines(self._store.experts.history(id, reveal=True), EXPERT_TABLE)[::-1]

    def form(self, expert_id: str) -> dict[str, str]:
        """Field -> text, private values masked; what comes back as it is shown here is no change."""
        expert, _ = self._found(expert_id)
        return self._shown(self._revealed(expert.id))

    def create(self, fields: Fields, actor: Actor) -> SavedRecord:
        """Raises RecordRejected, RecordExists, RecordRefused."""
        filled = filled_expert(fields, None, self._tables, has_items=False)
        self._check_place(filled.record, actor)
        expert = self._dated(filled.record)
        note = self._note(actor, AuditAction.ADD_RECORD, expert.id, ())
        self._store.experts.put(expert, seen=0, note=note)
        return self._saved(expert.id, filled.hints)

    def edit(self, expert_id: str, fields: Fields, seen: int, actor: Actor) -> SavedRecord:
        """`seen` is the version that was read. Raises RecordUnknown, RecordRejected, EditElsewhere, EditConflict."""
        stored = self._revealed(self._found(expert_id)[0].id)
        if not actor.scope.covers(stored.region_code):
            raise EditElsewhere
        shown = self._shown(stored)
        changed = {name: cell for name, cell in fields.items() if cell != shown.get(name) and name != "id"}
        filled = filled_expert(changed, stored, self._tables, has_items=bool(self.items(stored.id)))
        if filled.record != stored:
            self._check_place(filled.record, actor)
            self._put(self._dated(filled.record), seen, actor, tuple(changed))
        return self._saved(stored.id, filled.hints)

    def erase(self, expert_id: str, reason: str, actor: Actor) -> None:
        """On the person's request: see `Experts.erase`. Raises RecordUnknown."""
        self._store.experts.erase(expert_id, by=actor.origin.actor)
        entry = actor.origin.entry(self._clock(), AuditAction.ERASE_PERSON, f"{_WHAT}:{expert_id}", reason=reason)
        self._store.audit.append(entry)

    def _put(self, expert: Expert, seen: int, actor: Actor, changed: Sequence[str]) -> None:
        note = self._note(actor, AuditAction.EDIT_RECORD, expert.id, changed)
        try:
            self._store.experts.put(expert, seen=seen, note=note)
        except RecordStale as stale:
            newer = tuple(line for line in reversed(self.history(expert.id)) if line.version > stale.version)
            version = newer[-1].version if newer else 0
            raise EditConflict(_WHAT, expert.id, version, newer) from None

    def _note(self, actor: Actor, action: AuditAction, id: str, changed: Sequence[str]) -> AuditEntry:
        """Names the fields; their values are in the history, which an erasure takes with it."""
        after = {"fields": sorted(changed)} if changed else None
        return actor.origin.entry(self._clock(), action, f"{_WHAT}:{id}", after=after)

    def _found(self, expert_id: str) -> tuple[Expert, int]:
        found = self._store.experts.get_with_version(expert_id)
        if found is None and (living := self._store.experts.merged_into([expert_id]).get(expert_id)):
            found = self._store.experts.get_with_version(living)
        if found is None:
            raise RecordUnknown(_WHAT, expert_id)
        return found

    def _revealed(self, id: str) -> Expert:
        found = self._store.experts.get(id, reveal=True)
        if found is None:
            raise RecordUnknown(_WHAT, id)
        return found

    def _shown(self, stored: Expert) -> dict[str, str]:
        return cells_of(replace(stored, private=masked(stored.private)), EXPERT_TABLE)

    def _dated(self, expert: Expert) -> Expert:
        return replace(expert, updated=self._clock().date())

    def _saved(self, id: str, hints: tuple[FieldProblem, ...]) -> SavedRecord:
        return SavedRecord(id, self._found(id)[1], hints)

    def _check_place(self, expert: Expert, actor: Actor) -> None:
        if not actor.scope.covers(expert.region_code):
            raise RecordRejected((FieldProblem("region", EXPERT_TABLE["region"].header, "不在您负责的市州。"),))
