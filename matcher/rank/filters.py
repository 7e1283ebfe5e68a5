"""What a person narrows a ranking by. Nothing here is a rule: whoever is filtered out is simply not asked for."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.expert import Expert
from matcher.domain.vocabulary import Availability, ServiceKind, TitleLevel, UnitKind


@dataclass(frozen=True, slots=True)
class ExpertFilter:
    """Empty fields do not filter. Someone whose column is blank does not pass a filter on that column.

    `regions` are codes, matched as prefixes ("22" is all of 吉林省), or words of the region's or country's name;
    `industries` are codes too, `societies` words of a learned society's name. `people` are numbers of experts.
    `availability` depends on the ledger as well: whoever filters asks `rank/availability.py`, `accepts` does not.
    """

    title_levels: tuple[TitleLevel, ...] = ()
    honours: tuple[str, ...] = ()
    disciplines: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    societies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    services: tuple[ServiceKind, ...] = ()
    overseas: bool | None = None
    unit_kinds: tuple[UnitKind, ...] = ()
    people: frozenset[str] = frozenset()
    availability: tuple[Availability, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == ExpertFilter()

    def accepts(self, expert: Expert) -> bool:
        """Whether the expert passes every filter of the profile that is set."""
        return all(
            (
                not self.people or expert.id in self.people,
                not self.title_levels or expert.title_level in self.title_levels,
                not self.honours or _any_within(self.honours, _standing(expert)),
                not self.disciplines or _any_prefix(self.disciplines, expert.discipline_codes),
                not self.industries or _any_prefix(self.industries, expert.industry_codes),
                not self.societies or _any_within(self.societies, expert.societies),
                not self.regions or _in_regions(self.regions, expert),
                not self.units or _any_within(self.units, (expert.organization,)),
                not self.services or any(kind in expert.services for kind in self.services),
                not self.unit_kinds or expert.unit_kind in self.unit_kinds,
                self.overseas is None or expert.overseas is self.overseas,
            )
        )


def _standing(expert: Expert) -> tuple[str, ...]:
    return (*expert.honours, expert.academician or "", "院士" if expert.is_academician else "")


def _in_regions(regions: tuple[str, ...], expert: Expert) -> bool:
    codes = tuple(region for region in regions if region.isdigit())
    names = tuple(region for region in regions if not region.isdigit())
    return _any_prefix(codes, (expert.region_code,)) or _any_within(names, (expert.region_name, expert.country))


def _any_within(wanted: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    return any(word in text for word in wanted for text in texts)


def _any_prefix(wanted: tuple[str, ...], codes: tuple[str, ...]) -> bool:
    return any(code.startswith(prefix) for prefix in wanted for code in codes)
