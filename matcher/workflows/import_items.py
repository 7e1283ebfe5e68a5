"""Takes items of evidence into the store, linked to their owners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import EvidenceType
from matcher.intake.columns import TableKind
from matcher.intake.expert_records import build_item
from matcher.intake.item_columns import ITEM_TABLE
from matcher.intake.parse_row import ParsedRow, parse_row
from matcher.intake.parsed import Complaint
from matcher.intake.source_rows import AnyRow, SourceRow, UnreadableRow
from matcher.store import OwnedItem, SaveOutcome, Store
from matcher.store.batches import batches
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_report import ImportProgress

_CHUNK = 1000
_TEXTS = ("abstract", "keywords", "title_en", "abstract_en", "keywords_en", "source")


class ItemImporter:
    """One a run. An item that several people own is stored once: the first row that states a field counts.

    A blank cell never clears an item's text, for another owner's row may be the one that states it.
    """

    def __init__(self, store: Store, log: ImportLog, *, by: str) -> None:
        self._store = store
        self._log = log
        self._by = by
        self._seen: set[str] = set()

    def take(self, rows: Iterable[AnyRow | None], progress: ImportProgress) -> None:
        """Rows of a 成果表."""
        for batch in batches(rows, _CHUNK):
            owned: list[tuple[str, SourceRow]] = []
            for row in batch:
                if isinstance(row, UnreadableRow):
                    self._log.reject_unreadable(row, TableKind.ITEMS)
                elif row is not None:
                    owned.append(("", row))
            self.take_owned(owned)
            progress.rows(len(batch))

    def take_owned(self, rows: Sequence[tuple[str, SourceRow]]) -> None:
        """Rows with the expert id that they belong to; "" where the row names it itself."""
        parsed = [(owner, parse_row(row, ITEM_TABLE)) for owner, row in rows]
        accepted = [(owner or row.text("expert_id"), row) for owner, row in parsed if self._is_usable(owner, row)]
        built = [(owner, row, build_item(row)) for owner, row in accepted]
        stored = self._store.items.get_many(item.id for _, _, item in built)
        links: list[OwnedItem] = []
        for owner, _, item in built:
            united = self._united(item, stored.get(item.id))
            stored[item.id] = united
            links.append(OwnedItem(owner, united))
        links = [OwnedItem(link.expert_id, stored[link.item.id]) for link in links]
        outcomes = self._store.items.save(links, by=self._by)
        for (_, row, _), outcome in zip(built, outcomes, strict=True):
            self._count(row, outcome)

    def _is_usable(self, owner: str, row: ParsedRow) -> bool:
        """Whether somebody owns it and it says anything; else the row goes back."""
        if not owner and not row.text("expert_id"):
            self._reject(row, "expert_id", "没有专家编号", "请填写该成果所属专家的编号")
            return False
        said = [row.values.get(name) for name in ("title", "abstract", "keywords", "title_en", "abstract_en")]
        if not any(said):
            self._reject(row, "title", "题目、摘要、关键词都是空的", "请至少填写一项")
            return False
        return True

    def _united(self, item: EvidenceItem, stored: EvidenceItem | None) -> EvidenceItem:
        """What the row states over what is stored; in later rows of a run only what is still blank."""
        if stored is None:
            self._seen.add(item.id)
            return item
        first, second = (stored, item) if item.id in self._seen else (item, stored)
        self._seen.add(item.id)
        return replace(first, **{name: getattr(first, name) or getattr(second, name) for name in _TEXTS})

    def _count(self, row: ParsedRow, outcome: SaveOutcome) -> None:
        if outcome is SaveOutcome.REFUSED_NO_EXPERT:
            self._reject(row, "expert_id", "库中没有这个编号的专家", "请先导入该专家，或改正专家编号")
        elif outcome.refused:
            self._reject(row, "expert_id", outcome.value, "如有疑问请联系管理员")
        else:
            self._log.saved(TableKind.ITEMS, outcome)
            self._log.warn(row.warnings)
            if not isinstance(row.values.get("type"), EvidenceType):
                advice = f"请填写：{'、'.join(kind for kind in EvidenceType if kind is not EvidenceType.PROFILE)}"
                self._log.warn_row(row, ITEM_TABLE, "type", Complaint("没有写明类型，按论文收录", advice))

    def _reject(self, row: ParsedRow, field: str, message: str, advice: str) -> None:
        self._log.reject(row.source, ITEM_TABLE, field, Complaint(message, advice))
