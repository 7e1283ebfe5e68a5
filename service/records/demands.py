"""需求库: whoever answers for some 市州 sees and edits the demands of those places only; others see all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.catalogue.catalogue import Layout, all_ids
from matcher.catalogue.query import CataloguePage, CatalogueQuery
from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand, DemandContact, Need
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.columns import Table
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.missing import missing_columns
from matcher.intake.quality_hints import Hint, quality_hints
from matcher.intake.split import propose_split
from matcher.reference.tables import ReferenceTables
from matcher.store.errors import RecordStale, RecordUnknown
from matcher.store.store import Store
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.record_forms import FieldProblem, Fields, RecordRejected, cells_of, filled_demand
from service.audit.origin import Clock
from service.records.errors import EditConflict, RemarkMissing, SplitInvalid
from service.records.experts import SavedRecord
from service.records.history import HistoryLine, history_lines
from service.security.actor import Actor
from service.security.private_fields import PrivateFields, masked

_WHAT = "需求"
# Decided by people who review, not filled in.
_DECIDED = ("review", "review_remark")


@dataclass(frozen=True, slots=True)
class DemandList:
    """The demands of the page in its order, contacts left out."""

    demands: tuple[Demand, ...]
    page: CataloguePage


@dataclass(frozen=True, slots=True)
class DemandRecord:
    """`demand` without its contact; `proposal` is a split that nobody has confirmed yet; `missing`: blank headers."""

    demand: Demand
    version: int
    hints: tuple[Hint, ...]
    proposal: tuple[Need, ...]
    missing: tuple[str, ...]


class DemandDesk:
    """The doors have checked the permission; the desk checks the place. `table` holds the columns of the form."""

    table: Table = DEMAND_TABLE

    def __init__(
        self, store: Store, keeper: CatalogueKeeper, tables: ReferenceTables, private: PrivateFields, clock: Clock
    ) -> None:
        self._store, self._keeper, self._tables = store, keeper, tables
        self._private, self._clock = private, clock

    @property
    def layout(self) -> Layout:
        return self._keeper.layout

    def find(self, query: CatalogueQuery, actor: Actor) -> DemandList:
        """Raises what `Catalogue.page` raises."""
        page = self._keeper.current().page(_within(query, actor))
        found = self._store.demands.get_many(page.ids)
        return DemandList(tuple(found[id] for id in page.ids if id in found), page)

    def ids(self, query: CatalogueQuery, actor: Actor, most: int) -> tuple[str, ...]:
        """Every demand that the query finds, in order; one more than `most` where there are more."""
        return all_ids(self._keeper.current(), _within(query, actor), most)

    def get(self, demand_id: str, actor: Actor) -> DemandRecord:
        """Raises RecordUnknown, also for a demand of another place."""
        demand, version = self._found(demand_id, actor)
        proposal = () if demand.needs else propose_split(demand)
        return DemandRecord(
            demand, version, quality_hints(demand), proposal, missing_columns(self._revealed(demand_id), DEMAND_TABLE)
        )

    def contact(self, demand_id: str, actor: Actor) -> DemandContact:
        """In clear for who may see it, which the audit log notes; else masked. Raises RecordUnknown."""
        self._found(demand_id, actor)
        return self._private.of_demands([demand_id], actor)[demand_id]

    def history(self, demand_id: str, actor: Actor) -> list[HistoryLine]:
        """Newest first, private values masked. Raises RecordUnknown."""
        self._found(demand_id, actor)
        return history_lines(self._store.demands.history(demand_id, reveal=True), DEMAND_TABLE)[::-1]

    def form(self, demand_id: str, actor: Actor) -> dict[str, str]:
        """Field -> text, private values masked; what comes back as it is shown here is no change."""
        self._found(demand_id, actor)
        return self._shown(self._revealed(demand_id))

    def create(self, fields: Fields, actor: Actor) -> SavedRecord:
        """A new demand waits for review. Raises RecordRejected, RecordExists."""
        filled = filled_demand(_undecided(fields), None, self._tables)
        self._check_place(filled.record, actor)
        note = self._note(actor, AuditAction.ADD_RECORD, filled.record.id, ())
        self._store.demands.put(filled.record, seen=0, note=note)
        return self._saved(filled.record.id, filled.hints)

    def edit(self, demand_id: str, fields: Fields, seen: int, actor: Actor) -> SavedRecord:
        """`seen` is the version that was read. What was reviewed waits for review again, a split falls with its text.

        Raises RecordUnknown, RecordRejected, EditConflict.
        """
        self._found(demand_id, actor)
        stored = self._revealed(demand_id)
        shown = self._shown(stored)
        given = _undecided(fields)
        changed = {name: cell for name, cell in given.items() if cell != shown.get(name) and name != "id"}
        filled = filled_demand(changed, stored, self._tables)
        if filled.record != stored:
            self._check_place(filled.record, actor)
            anew = replace(filled.record, needs=(), review=ReviewStatus.PENDING, review_remark="")
            note = self._note(actor, AuditAction.EDIT_RECORD, demand_id, tuple(changed))
            with _Conflicts(self, demand_id, actor):
                self._store.demands.put(anew, seen=seen, note=note)
        return self._saved(demand_id, filled.hints)

    def review(
        self, demand_id: str, status: ReviewStatus, remark: str, actor: Actor, *, seen: int | None = None
    ) -> None:
        """Raises RecordUnknown, RemarkMissing, EditConflict (with `seen`, where the demand has changed since)."""
        if status is ReviewStatus.RETURNED and not remark.strip():
            raise RemarkMissing
        before, _ = self._found(demand_id, actor)
        note = actor.origin.entry(
            self._clock(),
            AuditAction.REVIEW_DEMAND,
            f"{_WHAT}:{demand_id}",
            before={"review": before.review.value},
            after={"review": status.value},
        )
        with _Conflicts(self, demand_id, actor):
            self._store.demands.decide(
                demand_id,
                lambda demand: replace(demand, review=status, review_remark=remark.strip()),
                seen=seen,
                note=note,
            )

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
            f"{_WHAT}:{demand_id}",
            before={"needs": len(before.needs)},
            after={"needs": len(numbered)},
        )
        with _Conflicts(self, demand_id, actor):
            self._store.demands.decide(demand_id, lambda demand: replace(demand, needs=numbered), seen=seen, note=note)

    def _note(self, actor: Actor, action: AuditAction, id: str, changed: Sequence[str]) -> AuditEntry:
        """Names the fields; their values are in the history."""
        after = {"fields": sorted(changed)} if changed else None
        return actor.origin.entry(self._clock(), action, f"{_WHAT}:{id}", after=after)

    def _found(self, demand_id: str, actor: Actor) -> tuple[Demand, int]:
        found = self._store.demands.get_with_version(demand_id)
        if found is None or not _is_near(found[0], actor):
            raise RecordUnknown(_WHAT, demand_id)
        return found

    def _revealed(self, id: str) -> Demand:
        found = self._store.demands.get(id, reveal=True)
        if found is None:
            raise RecordUnknown(_WHAT, id)
        return found

    def _shown(self, stored: Demand) -> dict[str, str]:
        return cells_of(replace(stored, contact=masked(stored.contact)), DEMAND_TABLE)

    def _saved(self, id: str, hints: tuple[FieldProblem, ...]) -> SavedRecord:
        found = self._store.demands.get_with_version(id)
        return SavedRecord(id, found[1] if found else 0, hints)

    def _check_place(self, demand: Demand, actor: Actor) -> None:
        if not _is_near(demand, actor):
            raise RecordRejected((FieldProblem("region", DEMAND_TABLE["region"].header, "不在您负责的市州。"),))


class _Conflicts:
    """Tells of a stale edit what happened meanwhile."""

    def __init__(self, desk: DemandDesk, demand_id: str, actor: Actor) -> None:
        self._desk, self._id, self._actor = desk, demand_id, actor

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, RecordStale):
            lines = self._desk.history(self._id, self._actor)
            newer = tuple(line for line in reversed(lines) if line.version > error.version)
            raise EditConflict(_WHAT, self._id, newer[-1].version if newer else 0, newer) from None


def _within(query: CatalogueQuery, actor: Actor) -> CatalogueQuery:
    places = actor.scope.regions
    return replace(query, within={"region": places, "jurisdiction": places} if places else None)


def _is_near(demand: Demand, actor: Actor) -> bool:
    return actor.scope.covers(demand.enterprise.region_code, demand.enterprise.jurisdiction)


def _undecided(fields: Fields) -> Fields:
    return {name: cell for name, cell in fields.items() if name not in _DECIDED}
