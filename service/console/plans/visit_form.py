"""What the form of a new plan of visits carries, in the address and when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Form, Query
from pydantic import BaseModel, Field

from matcher.domain.vocabulary import ServiceKind
from matcher.errors import UsageError
from matcher.store.store import Store
from service.console.days import DayUnreadable, read_day
from service.console.plans.doors import MaybeFew
from service.plans.errors import VisitFormUnclear
from service.plans.people import absences, people_named
from service.plans.wishes import VisitsWish

Read = TypeVar("Read")
_Number = Annotated[str, Field(max_length=100)]


class VisitForm(BaseModel):
    """`demand`: those ticked. `people` and `away` as typed."""

    region: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=20)
    service: list[ServiceKind] = Field([], max_length=10)
    demand: list[_Number] = Field([], max_length=1000)
    start: str = Field("", max_length=40)
    days: int = Field(5, ge=1, le=31)
    teams: MaybeFew = None
    team_size: MaybeFew = None
    people: str = Field("", max_length=5000)
    away: str = Field("", max_length=5000)

    def wish(self, store: Store, offered: frozenset[str] | None) -> VisitsWish:
        """All that is `offered` ticked, or nothing to tick: no demand is named, so that solving again takes in what
        was approved since.

        Raises VisitFormUnclear, which says all that is wrong.
        """
        ticked = () if offered is None else tuple(one for one in dict.fromkeys(self.demand) if one in offered)
        needed = {"个走访地区": self.region, "项需求": offered is None or ticked, "个出发日期": self.start}
        told = [f"请至少选一{what}" for what, chosen in needed.items() if not chosen]
        start = _read(told, "出发日期", lambda: read_day(self.start))
        away = _read(told, "哪天不能来", lambda: absences(store, self.away))
        people = _read(told, "只请这些专家", lambda: people_named(store, self.people))
        if told or start is None:
            raise VisitFormUnclear(told)
        return VisitsWish(
            regions=tuple(self.region),
            start=start,
            days=self.days,
            teams=self.teams,
            team_size=self.team_size,
            demands=() if offered is None or len(ticked) == len(offered) else ticked,
            away=away or (),
            services=tuple(self.service),
            people=people or (),
        )


def _read(told: list[str], field: str, read: Callable[[], Read]) -> Read | None:
    """What stands in the field; else what is wrong is told under its name."""
    try:
        return read()
    except (UsageError, DayUnreadable) as refusal:
        told.append(f"{field}：{str(refusal).rstrip('。')}")
        return None


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
