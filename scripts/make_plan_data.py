#!/usr/bin/env python3
"""Gives the experts and demands of a home made attributes for planning: `make_plan_data.py --home MATCHER_HOME`.

Capacities, titles, regions, consent, services, days; which demands ask for which station; enterprises' units. Each
value follows from the record's number alone, so that two runs, on any machine, make the same. The home must hold the
imported test collection (`matcher import experts`, `matcher import demands`). Nothing made here says anything about
the real people behind the papers.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import (
    AcademicianKind,
    PostStatus,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    TitleLevel,
    Urgency,
)
from matcher.settings import MatcherSettings
from matcher.wiring import Application

Value = TypeVar("Value")
_REGIONS = ("220100", "220200", "222400", "110000", "310000", "210100", "230100", "320100")
_SERVICES = (ServiceKind.CONSULTING, ServiceKind.GUIDANCE, ServiceKind.LECTURE, ServiceKind.VISIT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    store = Application(MatcherSettings(home=parser.parse_args().home)).store
    experts = [made_expert(expert) for expert in store.experts.stream()]
    demands = [made_demand(demand) for demand in store.demands.stream()]
    store.experts.save(experts, by="make_plan_data")
    store.demands.save(demands, by="make_plan_data")
    academicians = sum(expert.is_academician for expert in experts)
    stations = sum(ServiceKind.STATION in demand.services for demand in demands)
    print(
        f"{len(experts)} experts, {academicians} of them academicians; {len(demands)} demands, {stations} ask a station"
    )


def made_expert(expert: Expert) -> Expert:
    id = expert.id
    academician = chance(id, "academician") < 0.02
    retired = chance(id, "retired") < 0.4
    return replace(
        expert,
        region_code=pick(_REGIONS, id, "region"),
        title="教授",
        title_level=TitleLevel.SENIOR if academician else pick((*TitleLevel, TitleLevel.SENIOR), id, "level"),
        academician=AcademicianKind.SCIENCES if academician else None,
        retirement=RetirementStatus.RETIRED if retired else RetirementStatus.WORKING,
        stations_nationwide=made_stations(id) if academician else None,
        birth=date(1936 + int(54 * chance(id, "birth")), 6, 1),
        post_status=PostStatus.DISABLED if chance(id, "post") < 0.02 else PostStatus.ACTIVE,
        consent_date=None if chance(id, "consent") < 0.1 else date(2022, 1, 1),
        review=ReviewStatus.APPROVED,
        services=tuple(kind for kind in _SERVICES if chance(id, kind.value) < 0.75),
        overseas=chance(id, "overseas") < 0.05,
        yearly_limit=2 + int(6 * chance(id, "limit")),
        private=PrivateDetails(health="不宜远行") if chance(id, "health") < 0.03 else PrivateDetails(),
    )


def made_stations(id: str) -> int | None:
    """Declared 院士工作站: some have no place left, some never said."""
    return pick((0, 0, 0, 1, 2, None), id, "stations")


def made_demand(demand: Demand) -> Demand:
    id = demand.id
    station = chance(id, "station") < 0.6 or ServiceKind.STATION in demand.services
    firm = replace(
        demand.enterprise,
        kind="有限责任公司",
        rd_units=("企业技术中心",) if chance(id, "unit") < 0.5 else (),
    )
    return replace(
        demand,
        review=ReviewStatus.PENDING if chance(id, "review") < 0.05 else ReviewStatus.APPROVED,
        services=tuple(dict.fromkeys((*demand.services, *((ServiceKind.STATION,) if station else ())))),
        station_kind=pick((None, *StationKind), id, "kind") if station else None,
        urgency=pick(tuple(Urgency), id, "urgency"),
        enterprise=firm,
    )


def chance(id: str, what: str) -> float:
    """A number from 0 to 1 that only the words decide."""
    return int.from_bytes(hashlib.sha256(f"{what}:{id}".encode()).digest()[:6]) / 2**48


def pick(values: Sequence[Value], id: str, what: str) -> Value:
    return values[int(len(values) * chance(id, what))]


if __name__ == "__main__":
    main()
