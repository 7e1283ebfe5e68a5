"""People that may stand in the database twice: of one name, and alike in something else. Advice only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from matcher.domain.expert import Expert

COMPARED = 30
"""At most so many bearers of one name are compared with each other."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """`reasons` say what both records have in common."""

    first: Expert
    second: Expert
    reasons: tuple[str, ...]


def probable_duplicates(experts: Iterable[Expert]) -> Iterator[DuplicatePair]:
    """Pairs of one name that share unit, birth, ID number, telephone or field, unless something tells them apart."""
    by_name: dict[str, list[Expert]] = {}
    for expert in experts:
        by_name.setdefault(plain_name(expert.name), []).append(expert)
    for name, bearers in by_name.items():
        if name:
            for first, second in combinations(bearers[:COMPARED], 2):
                reasons = likeness(first, second)
                if reasons:
                    yield DuplicatePair(first, second, reasons)


def likeness(first: Expert, second: Expert) -> tuple[str, ...]:
    """What two people of one name have in common; empty when ID number, birth or sex say that they are two."""
    if _differ(first, second):
        return ()
    found = {
        "证件号相同": _same(first.private.id_number, second.private.id_number),
        "手机相同": _same(first.private.phone, second.private.phone),
        "单位相同": _same(_bare(first.organization), _bare(second.organization)),
        "出生年月相同": first.birth is not None and first.birth == second.birth,
        "研究方向相近": bool(_field_words(first) & _field_words(second)),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def plain_name(name: str) -> str:
    """The form in which names are compared."""
    return _bare(name)


def _differ(first: Expert, second: Expert) -> bool:
    numbers = first.private.id_number, second.private.id_number
    if all(numbers):
        return numbers[0] != numbers[1]
    births = first.birth, second.birth
    if births[0] and births[1] and births[0].year != births[1].year:
        return True
    return first.gender is not None and second.gender is not None and first.gender != second.gender


def _same(first: str, second: str) -> bool:
    return bool(first) and first == second


def _field_words(expert: Expert) -> set[str]:
    return {_bare(word) for word in (*expert.directions, *expert.keywords)} - {""}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
