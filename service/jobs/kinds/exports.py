"""Exports: experts with their items, demands, the ledger, as workbooks whose columns are those of the templates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from matcher.catalogue.query import CatalogueQuery
from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType, ReviewStatus, TitleLevel
from matcher.intake.columns import TableKind
from matcher.rank.filters import ExpertFilter
from matcher.store.batches import batches
from matcher.store.records import StoredItem
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.export_sheets import items_sheet, records_sheet
from service.jobs.work import JobKind, Result, Work
from service.security.roles import Permission

_READING, _BATCH = "导出", 500


class ExportKind(StrEnum):
    EXPERTS = "experts"
    DEMANDS = "demands"
    LEDGER = "ledger"

    @property
    def called(self) -> str:
        return {ExportKind.EXPERTS: "专家", ExportKind.DEMANDS: "需求", ExportKind.LEDGER: "台账"}[self]


_Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ExportWanted(BaseModel):
    """要导出的内容和筛选条件。Filters that are empty do not filter; those of experts are the ones of a match.

    `q` and `facets` are those of the lists: what a list shows, all of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ExportKind = Field(description="experts 专家, demands 需求, ledger 台账", examples=["experts"])
    ids: tuple[str, ...] = Field((), max_length=10_000, description="只导出这些编号")
    q: str = Field("", max_length=200, description="查询词，同列表（专家、需求）", examples=["大学 焊接"])
    facets: dict[_Value, Annotated[tuple[_Value, ...], Field(max_length=100)]] = Field(
        default_factory=dict,
        max_length=50,
        description="筛选条件，同列表（专家、需求）",
        examples=[{"region": ["2202"]}],
    )
    title_levels: tuple[TitleLevel, ...] = Field((), description="职称级别（专家）")
    honours: tuple[str, ...] = Field((), max_length=50, description="称号（专家）", examples=[["长江学者"]])
    disciplines: tuple[str, ...] = Field((), max_length=50, description="学科名称或代码（专家）")
    regions: tuple[str, ...] = Field((), max_length=50, description="地区名称或代码（专家）")
    review: ReviewStatus | None = Field(None, description="审核状态（需求）")

    @model_validator(mode="after")
    def _only_of_lists(self) -> Self:
        if self.kind is ExportKind.LEDGER and self.listed is not None:
            raise ValueError("q 和 facets 只用于专家和需求。")
        return self

    @property
    def listed(self) -> CatalogueQuery | None:
        """What the list is asked; None where the whole list is meant."""
        return CatalogueQuery(self.q, self.facets) if self.q or self.facets else None

    @property
    def filters(self) -> ExpertFilter:
        return ExpertFilter(
            title_levels=self.title_levels, honours=self.honours, disciplines=self.disciplines, regions=self.regions
        )


def _export(work: Work) -> Result:
    wanted = ExportWanted.model_validate(dict(work.job.arguments))
    makers = {ExportKind.EXPERTS: _experts, ExportKind.DEMANDS: _demands, ExportKind.LEDGER: _ledger}
    path = work.file(".xlsx")
    write_workbook(path, makers[wanted.kind](work, wanted))
    return {"file": path.name, "name": f"{wanted.kind.called}.xlsx"}


def _experts(work: Work, wanted: ExportWanted) -> list[SheetSpec]:
    """Experts first, then their items; the second sheet knows whom the first one took."""
    taken: set[str] = set()
    people = records_sheet(TableKind.EXPERTS, _people(work, wanted, taken), private=work.actor.sees_private)
    return [people, items_sheet(_items(work, taken))]


def _people(work: Work, wanted: ExportWanted, taken: set[str]) -> Iterator[Expert]:
    store, filters = work.application.store, work.application.understood(wanted.filters)
    work.progress.stage(_READING, store.experts.count())
    listed = _listed(work.application.expert_catalogue, wanted)
    for batch in batches(store.experts.stream(), _BATCH):
        chosen = [one for one in batch if filters.accepts(one) and (listed is None or one.id in listed)]
        private = work.private_fields.of_experts([one.id for one in chosen], work.actor, exported=True)
        taken.update(one.id for one in chosen)
        yield from (replace(one, private=private.get(one.id, one.private)) for one in chosen)
        work.progress.advance(len(batch))


def _listed(keeper: CatalogueKeeper, wanted: ExportWanted) -> Collection[str] | None:
    """Ids that are asked for by number or by the conditions of a list; None: all. Raises FacetUnknown."""
    named = frozenset(wanted.ids) if wanted.ids else None
    if wanted.listed is None:
        return named
    found = keeper.current().found(wanted.listed)
    return found if named is None else found & named


def _items(work: Work, owners: set[str]) -> Iterator[StoredItem]:
    store = work.application.store
    work.progress.stage(f"{_READING}成果", store.items.count())
    for portion in store.items.stream():
        for stored in portion:
            kept = tuple(owner for owner in stored.owners if owner in owners)
            if kept and stored.item.type is not EvidenceType.PROFILE:
                yield replace(stored, owners=kept)
        work.progress.advance(len(portion))


def _demands(work: Work, wanted: ExportWanted) -> list[SheetSpec]:
    return [records_sheet(TableKind.DEMANDS, _questionnaires(work, wanted), private=work.actor.sees_private)]


def _questionnaires(work: Work, wanted: ExportWanted) -> Iterator[Demand]:
    store, scope = work.application.store, work.actor.scope
    work.progress.stage(_READING, store.demands.count())
    listed = _listed(work.application.demand_catalogue, wanted)
    for batch in batches(store.demands.stream(), _BATCH):
        chosen = [
            one
            for one in batch
            if scope.covers(one.enterprise.region_code, one.enterprise.jurisdiction)
            and (listed is None or one.id in listed)
            and wanted.review in (None, one.review)
        ]
        contacts = work.private_fields.of_demands([one.id for one in chosen], work.actor, exported=True)
        yield from (replace(one, contact=contacts.get(one.id, one.contact)) for one in chosen)
        work.progress.advance(len(batch))


def _ledger(work: Work, wanted: ExportWanted) -> list[SheetSpec]:
    """Itineraries stay inside: they are private and no role's sight of them is settled yet."""
    work.progress.stage(_READING)
    store, scope, ids = work.application.store, work.actor.scope, set(wanted.ids)
    lines = (line for line in store.ledger.stream() if scope.covers(line.region_code) and (not ids or line.id in ids))
    return [records_sheet(TableKind.LEDGER, lines, private=False)]


EXPORT = JobKind("export", Permission.EXPORT, _export)
