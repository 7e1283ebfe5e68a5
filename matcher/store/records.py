"""What the store's doors take and give besides the domain's own objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.evidence import EvidenceItem


class SaveOutcome(StrEnum):
    """What became of one record given to `save`."""

    NEW = "新增"
    CHANGED = "更新"
    UNCHANGED = "未变"
    SUPERSEDED = "同批后行取代"
    REFUSED_ERASED = "已按本人要求删除，不再收录"
    REFUSED_MERGED = "已并入另一位专家，不再单独收录"
    REFUSED_NO_EXPERT = "专家编号不在库中"
    REFUSED_TAKEN = "核对之后，这个编号已被别的需求使用"

    @property
    def refused(self) -> bool:
        return self in _REFUSED


_REFUSED = (
    SaveOutcome.REFUSED_ERASED,
    SaveOutcome.REFUSED_MERGED,
    SaveOutcome.REFUSED_NO_EXPERT,
    SaveOutcome.REFUSED_TAKEN,
)


class ChangeKind(StrEnum):
    EXPERT = "expert"
    ITEM = "item"
    DEMAND = "demand"
    ENGAGEMENT = "engagement"
    MARK = "mark"
    TOPIC = "topic"


class HistoryAction(StrEnum):
    CREATED = "新增"
    CHANGED = "修改"
    LINKED = "关联专家"
    UNLINKED = "解除关联"
    REMOVED = "移除"
    RESTORED = "恢复"
    MERGED = "合并"
    ERASED = "按本人要求删除"


@dataclass(frozen=True, slots=True)
class OwnedItem:
    """An item of evidence as one of its owners brings it."""

    expert_id: str
    item: EvidenceItem


@dataclass(frozen=True, slots=True)
class StoredItem:
    """`number` is the stable int64 primary key, never used twice; `owners` are expert ids, sorted, never empty."""

    number: int
    item: EvidenceItem
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log; `number` is the item's number, None for the other kinds."""

    sequence: int
    kind: ChangeKind
    key: str
    number: int | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Who did what when (UTC). `before` and `after` are the whole record as JSON values, None where there was none.

    `other` is the second record of the act: the owner of a link, the partner of a merge. `readable` is False where
    the person's key was destroyed; both sides are None then.
    """

    sequence: int
    when: datetime
    by: str
    action: HistoryAction
    key: str
    other: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    readable: bool


class UndoVerdict(StrEnum):
    """What became of a record when an import was taken back."""

    REMOVED = "移除"
    RESTORED = "恢复"
    CHANGED_SINCE = "导入之后又有改动"
    IN_USE = "已被引用"
    WITH_OWNER = "随所属专家保留"

    @property
    def stays(self) -> bool:
        return self in (UndoVerdict.CHANGED_SINCE, UndoVerdict.IN_USE, UndoVerdict.WITH_OWNER)


@dataclass(frozen=True, slots=True)
class UndoneRecord:
    """`detail` names what refers to a record that stays; `now` and `then` are the two sides of one that is restored.

    `rows` of the table: an item stands in one row for each of its owners, and may be told of twice, as gone from some
    owners and as staying with others.
    """

    kind: ChangeKind
    key: str
    name: str
    verdict: UndoVerdict
    detail: str = ""
    now: Mapping[str, object] | None = None
    then: Mapping[str, object] | None = None
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that left something: `records` counts what it touched, `undone`: taken back since."""

    id: str
    when: datetime
    by: str
    records: int
    undone: bool


@dataclass(frozen=True, slots=True)
class ErasureScope:
    """What an erasure would take (`items`, `marks`, `shortlists`) and what it would empty of the person and keep.

    `shared` items stay, for others own them too; so do lines of the `ledger` and frozen `runs`, by number.
    """

    items: int
    marks: int
    shortlists: int
    shared: int
    ledger: int
    runs: int


@dataclass(frozen=True, slots=True)
class Tombstone:
    """All that stays of an erased person."""

    expert_id: str
    when: datetime
    by: str
