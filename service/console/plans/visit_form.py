"""What the form of a new plan of visits carries, in the address and when it is sent."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, Query
from pydantic import BaseModel, Field

from matcher.domain.vocabulary import ServiceKind
from matcher.store.store import Store
from service.console.plans.doors import MaybeDay, MaybeFew
from service.plans.errors import NothingChosen
from service.plans.people import absences, people_named
from service.plans.wishes import VisitsWish

_Number = Annotated[str, Field(max_length=100)]


class VisitForm(BaseModel):
    """`demand`: those ticked. `people` and `away` as typed."""

    region: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=20)
    service: list[ServiceKind] = Field([], max_length=10)
    demand: list[_Number] = Field([], max_length=1000)
    start: MaybeDay = None
    days: int = Field(5, ge=1, le=31)
    teams: MaybeFew = None
    team_size: MaybeFew = None
    people: str = Field("", max_length=5000)
    away: str = Field("", max_length=5000)

    def wish(self, store: Store, offered: frozenset[str] | None) -> VisitsWish:
        """All that is `offered` ticked, or nothing to tick: no demand is named, so that solving again takes in what
        was approved since.

        Raises NothingChosen, PeopleUnclear, AbsenceUnclear.
        """
        if not self.region:
            raise NothingChosen("个走访地区")
        if not self.start:
            raise NothingChosen("个出发日期")
        ticked = () if offered is None else tuple(one for one in dict.fromkeys(self.demand) if one in offered)
        if offered is not None and not ticked:
            raise NothingChosen("项需求")
        return VisitsWish(
            regions=tuple(self.region),
            start=self.start,
            days=self.days,
            teams=self.teams,
            team_size=self.team_size,
            demands=() if offered is None or len(ticked) == len(offered) else ticked,
            away=absences(store, self.away),
            services=tuple(self.service),
            people=people_named(store, self.people),
        )


def form_address(wish: VisitsWish) -> str:
    """The form filled as it was."""
    pairs: list[tuple[str, object]] = [("region", one) for one in wish.regions]
    pairs += [("service", one.value) for one in wish.services]
    pairs += [("demand", one) for one in wish.demands]
    pairs += [("start", wish.start), ("days", wish.days), ("teams", wish.teams), ("team_size", wish.team_size)]
    pairs += [("people", "\n".join(wish.people))]
    pairs += [("away", "\n".join(f"{one.expert_id} {one.day}" for one in wish.away))]
    return "/plans/visits/new?" + urlencode([(name, value) for name, value in pairs if value not in (None, "")])


VisitQuery = Annotated[VisitForm, Query()]
VisitFields = Annotated[VisitForm, Form()]
