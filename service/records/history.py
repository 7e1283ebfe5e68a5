"""A record's history in words: who changed which field from what to what. Private values are masked for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from matcher.domain.demand import DemandContact
from matcher.domain.expert import PrivateDetails
from matcher.domain.vocabulary import ReviewStatus
from matcher.intake.columns import Table
from matcher.store.records import HistoryAction, HistoryEntry
from service.security.private_fields import masked

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "region_code": "所在地代码",
        "region_name": "所在地",
        "enterprise.region_code": "所在地代码",
        "enterprise.region_name": "所在地",
        "enterprise.industry_code": "行业代码",
        "enterprise.industry_name": "行业",
        "discipline_codes": "学科代码",
        "needs": "拆分的各项需求",
    }
)

_REVIEWED = frozenset({"review", "review_remark", "updated"})
_REVIEWS: Mapping[str, str] = MappingProxyType(
    {ReviewStatus.APPROVED.value: "审核通过", ReviewStatus.RETURNED.value: "退回"}
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """JSON values; None where the field said nothing."""

    field: str
    label: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`version` is the one that came of the act; `readable` is False where a person's key was destroyed."""

    version: int
    when: datetime
    by: str
    action: str
    changes: tuple[FieldChange, ...]
    readable: bool


def history_lines(entries: Iterable[HistoryEntry], table: Table) -> list[HistoryLine]:
    """In the order given. The entries bear their private parts, which leave here masked."""
    return [_line(entry, table) for entry in entries]


def _line(entry: HistoryEntry, table: Table) -> HistoryLine:
    changes = tuple(_changes(_flat(entry.before), _flat(entry.after), table))
    action = _act(entry, changes)
    return HistoryLine(entry.sequence, entry.when, entry.by, action, changes, entry.readable)


def _act(entry: HistoryEntry, changes: Sequence[FieldChange]) -> str:
    """A review is called by its result: it changes nothing else."""
    changed = {change.field: change.after for change in changes}
    if entry.action is HistoryAction.CHANGED and "review" in changed and changed.keys() <= _REVIEWED:
        return _REVIEWS.get(str(changed["review"]), entry.action.value)
    return entry.action.value


def _changes(before: Mapping[str, object], after: Mapping[str, object], table: Table) -> Iterator[FieldChange]:
    order = {column.field: at for at, column in enumerate(table.columns)}
    for field in sorted(dict.fromkeys([*before, *after]), key=lambda name: order.get(name, len(order))):
        if field != "id" and before.get(field) != after.get(field):
            sides = _shown(field, before), _shown(field, after)
            yield FieldChange(field, _label(field, table), *sides)


def _flat(record: Mapping[str, object] | None) -> dict[str, object]:
    """Fields of groups under their paths, as the columns name them."""
    flat: dict[str, object] = {}
    for name, value in (record or {}).items():
        if isinstance(value, dict):
            flat.update({f"{name}.{part}": one for part, one in value.items()})
        else:
            flat[name] = value
    return flat


def _shown(field: str, record: Mapping[str, object]) -> object:
    group, _, name = field.partition(".")
    value = record.get(field)
    if value is None or group not in ("private", "contact"):
        return value
    if group == "private":
        return getattr(masked(PrivateDetails(**{name: str(value)})), name)
    return getattr(masked(DemandContact(**{name: str(value)})), name)


def _label(field: str, table: Table) -> str:
    known = next((column.header for column in table.columns if column.field == field), "")
    return known or _LABELS.get(field, field)
