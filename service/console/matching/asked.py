"""What a match page is asked, as it stands in its address: demand, purpose, what the list is narrowed by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from matcher.domain.vocabulary import Availability, Purpose, ServiceKind, TitleLevel
from matcher.rank.filters import ExpertFilter
from service.matching.desk import MatchAsk

_STEP, _MOST = 10, 50


def _said(values: list[str]) -> list[str]:
    return [value.strip() for value in values if value.strip()]


def _without_blanks(values: object) -> object:
    return [value for value in values if value != ""] if isinstance(values, list) else values


Words = Annotated[list[str], Field(max_length=20), AfterValidator(_said)]
Line = Annotated[str, Field(max_length=100)]


class Asked(BaseModel):
    """`demand` may name one need of a split questionnaire. Lists stand in the address once a value."""

    model_config = ConfigDict(frozen=True)

    demand: Line = ""
    purpose: Purpose = Purpose.ENTERPRISE_VISIT
    service: Annotated[list[ServiceKind], BeforeValidator(_without_blanks)] = []
    title_level: Annotated[list[TitleLevel], BeforeValidator(_without_blanks)] = []
    honour: Words = []
    discipline: Words = []
    industry: Words = []
    society: Words = []
    region: Words = []
    unit: Words = []
    can: Annotated[list[ServiceKind], BeforeValidator(_without_blanks)] = []
    available: Annotated[list[Availability], BeforeValidator(_without_blanks)] = []
    overseas: bool = False
    top: int = Field(_STEP, ge=1, le=_MOST)

    def ask(self) -> MatchAsk:
        return MatchAsk(self.purpose, tuple(self.service), self.filters(), self.top)

    def filters(self) -> ExpertFilter:
        return ExpertFilter(
            title_levels=tuple(self.title_level),
            honours=tuple(self.honour),
            disciplines=tuple(self.discipline),
            industries=tuple(self.industry),
            societies=tuple(self.society),
            regions=tuple(self.region),
            units=tuple(self.unit),
            services=tuple(self.can),
            overseas=True if self.overseas else None,
            availability=tuple(self.available),
        )

    @property
    def more(self) -> int:
        """How many to show next; 0: no more than now."""
        return min(self.top + _STEP, _MOST) if self.top < _MOST else 0

    def at(self, path: str, **changes: object) -> str:
        """The address of another page, or of this one, that is asked the same but for `changes`."""
        query = urlencode([*_pairs(Asked.model_validate({**self.model_dump(), **changes}))])
        return f"{path}?{query}" if query else path

    def without(self, path: str, name: str, value: str) -> str:
        """The address without one value of a filter."""
        now = getattr(self, name)
        return self.at(path, **{name: [one for one in now if one != value] if isinstance(now, list) else False})

    def unfiltered(self, path: str) -> str:
        return Asked(demand=self.demand, purpose=self.purpose, service=self.service).at(path)

    def pairs(self) -> list[tuple[str, str]]:
        """For hidden fields of a form."""
        return [*_pairs(self)]


def _pairs(asked: Asked) -> Iterator[tuple[str, str]]:
    for name, value in asked.model_dump(exclude_defaults=True).items():
        for each in value if isinstance(value, list) else [value]:
            yield name, _written(each)


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
