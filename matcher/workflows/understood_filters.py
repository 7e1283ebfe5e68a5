"""Turns the words by which a person narrows a ranking into codes and full names; a slip of the pen is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from matcher.domain.expert import Expert
from matcher.errors import UsageError
from matcher.rank.filters import ExpertFilter
from matcher.reference.tables import ReferenceTables

Experts = Callable[[str], Iterable[Expert]]
"""Whoever's profile holds a word anywhere; asked only when the tables do not know it."""


class FilterWordUnknown(UsageError):
    """`choices` are what could have been meant."""

    def __init__(self, option: str, word: str, choices: Iterable[str]) -> None:
        super().__init__(f"{option}“{word}”不认识，库中也没有专家填了它。可选：{'、'.join(choices)}。")


class SocietyUnknown(UsageError):
    def __init__(self, word: str) -> None:
        super().__init__(f"库中没有专家填了名称含“{word}”的学会。请核对用字，或只写名称的一部分。")


class UnitUnknown(UsageError):
    def __init__(self, word: str) -> None:
        super().__init__(f"库中没有单位名称含“{word}”的专家。请核对用字，或只写名称的一部分。")


def understood(filters: ExpertFilter, tables: ReferenceTables, experts: Experts, home: str) -> ExpertFilter:
    """The filter with codes for places, disciplines and industries and with every name of an honour.

    `home` is the two-digit code of the province served. Raises FilterWordUnknown, UnitUnknown, SocietyUnknown.
    """
    return replace(
        filters,
        honours=tuple(name for word in filters.honours for name in _honour(word, tables, experts)),
        disciplines=tuple(_discipline(word, tables, experts) for word in filters.disciplines),
        industries=tuple(code for word in filters.industries for code in _industry(word, tables, experts)),
        societies=tuple(_society(word, experts) for word in filters.societies),
        regions=tuple(_region(word, tables, experts, home) for word in filters.regions),
        units=tuple(_unit(word, experts) for word in filters.units),
    )


def _honour(word: str, tables: ReferenceTables, experts: Experts) -> tuple[str, ...]:
    found = tables.honours.find(word)
    if found is not None:
        return (found.name, *found.aliases)
    known = (name for honour in tables.honours.all for name in (honour.name, *honour.aliases))
    if any(word in name for name in known) or any(word in name for one in experts(word) for name in one.honours):
        return (word,)
    raise FilterWordUnknown("称号", word, (honour.short_name for honour in tables.honours.all))


def _discipline(word: str, tables: ReferenceTables, experts: Experts) -> str:
    found = tables.disciplines.find(word)
    if found is not None:
        return word if word[:1].isdigit() else found.code
    beginnings = {discipline.code[: len(word)] for discipline in tables.disciplines.all}
    if word in beginnings or any(code.startswith(word) for one in experts(word) for code in one.discipline_codes):
        return word
    raise FilterWordUnknown("学科", word, (f"{one.code} {one.name}" for one in tables.disciplines.all))


def _region(word: str, tables: ReferenceTables, experts: Experts, home: str) -> str:
    found = tables.regions.named(word)
    if found is not None and found.code:
        return found.code
    if found is not None or any(word in place for one in experts(word) for place in (one.region_name, one.country)):
        return word
    places = [*tables.regions.children(home), *tables.regions.children("")]
    raise FilterWordUnknown("地区", word, (region.name for region in places))


def _unit(word: str, experts: Experts) -> str:
    if any(word in one.organization for one in experts(word)):
        return word
    raise UnitUnknown(word)


def _industry(word: str, tables: ReferenceTables, experts: Experts) -> tuple[str, ...]:
    """A section, whose code is a letter, with the numbers of its divisions."""
    found = tables.industries.find(word)
    if found is not None:
        return (found.code, *(one.code for one in tables.industries.all if one.level == 2 and one.parent == found.code))
    if any(code == word for one in experts(word) for code in one.industry_codes):
        return (word,)
    raise FilterWordUnknown("行业", word, (one.name for one in tables.industries.all if one.level == 1))


def _society(word: str, experts: Experts) -> str:
    if any(word in name for one in experts(word) for name in one.societies):
        return word
    raise SocietyUnknown(word)
