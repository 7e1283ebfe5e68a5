"""An expert's works as the page lists them: by kind, and within a kind by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import EvidenceType

# Of each kind, whole years until so many works stand open; the rest is folded.
_OPEN = 15
YearGroup = tuple[str, tuple[EvidenceItem, ...]]


@dataclass(frozen=True, slots=True)
class WorksOfKind:
    """`open` and `folded`: years, newest first ("" where none is stated, at the end), each with its works."""

    kind: str
    count: int
    open: tuple[YearGroup, ...]
    folded: tuple[YearGroup, ...]

    @property
    def folded_count(self) -> int:
        return sum(len(items) for _, items in self.folded)


def works(items: Sequence[EvidenceItem]) -> list[WorksOfKind]:
    """`items`: newest first, those without a year last."""
    kinds = {kind: [item for item in items if item.type is kind] for kind in EvidenceType}
    return [_of_kind(kind.value, found) for kind, found in kinds.items() if found]


def _of_kind(kind: str, items: Sequence[EvidenceItem]) -> WorksOfKind:
    years = list(_years(items))
    shown = 1
    while shown < len(years) and sum(len(found) for _, found in years[:shown]) < _OPEN:
        shown += 1
    return WorksOfKind(kind, len(items), tuple(years[:shown]), tuple(years[shown:]))


def _years(items: Sequence[EvidenceItem]) -> Iterator[YearGroup]:
    for year, found in groupby(items, key=lambda item: item.year):
        yield str(year) if year else "", tuple(found)
