"""Exports: experts with their items, demands, the ledger, as workbooks whose columns are those of the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType, ReviewStatus, TitleLevel
from matcher.intake.columns import TableKind
from matcher.rank.filters import ExpertFilter
from matcher.store.batches import batches
from matcher.store.records import StoredItem
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
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


class ExportWanted(BaseModel):
    """要导出的内容和筛选条件。Filters that are empty do not filter; those of experts are the ones of a match."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ExportKind = Field(description="experts 专家, demands 需求, ledger 台账", examples=["experts"])
    ids: tuple[str, ...] = Field((), max_length=10_000, description="只导出这些编号")
    title_levels: tuple[TitleLevel, ...] = Field((), description="职称级别（专家）")
    honours: tuple[str, ...] = Field((), max_length=50, description="称号（专家）", examples=[["长江学者"]])
    disciplines: tuple[str, ...] = Field((), max_length=50, description="学科名称或代码（专家）")
    regions: tuple[str, ...] = Field((), max_length=50, description="地区名称或代码（专家）")
    review: ReviewStatus | None = Field(None, description="审核状态（需求）")

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
    ids = set(wanted.ids)
    for batch in batches(store.experts.stream(), _BATCH):
        chosen = [one for one in batch if filters.accepts(one) and (not ids or one.id in ids)]
        private = work.private_fields.of_experts([one.id for one in chosen], work.actor, exported=True)
        taken.update(one.id for one in chosen)
        yield from (replace(one, private=private.get(one.id, one.private)) for one in chosen)
        work.progress.advance(len(batch))


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
    store, scope, ids = work.application.store, work.actor.scope, set(wanted.ids)
    work.progress.stage(_READING, store.demands.count())
    for batch in batches(store.demands.stream(), _BATCH):
        chosen = [
            one
            for one in batch
            if scope.covers(one.enterprise.region_code, one.enterprise.jurisdiction)
            and (not ids or one.id in ids)
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
