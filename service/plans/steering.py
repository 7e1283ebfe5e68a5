"""From what people ask to what the planners are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.domain.plan import PlanKind
from matcher.plan.errors import RegionFloorUnreadable
from matcher.plan.problem import Choice, RegionFloor, Steering
from matcher.plan.steering import dropped, joined, old_choice, parse_choice, replaced, swapped
from matcher.plan.visit_steering import visitor_replaced, visitors_swapped
from matcher.reference.regions import Regions
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_visits import VisitRequest, region_codes
from service.plans.errors import ActsContradict, ChangesMisplaced, SwapUnclear
from service.plans.wishes import Changes, StationsWish, VisitsWish

_NUMBERS = ("quota_academician", "quota_expert", "budget")
_OF_VISITS = ("start", "days", "teams", "team_size", "away")


def station_request(wish: StationsWish) -> StationRequest:
    return StationRequest(wish.year, wish.quota_academician, wish.quota_expert, wish.budget)


def visit_request(wish: VisitsWish, regions: Regions) -> VisitRequest:
    """Raises RegionUnreadable."""
    codes = region_codes(wish.regions, regions)
    away = tuple((one.expert_id, one.day) for one in wish.away)
    return VisitRequest(
        codes,
        wish.start,
        wish.days,
        wish.demands,
        away,
        wish.teams,
        wish.team_size,
        services=wish.services,
        people=wish.people,
    )


def steering_of(changes: Changes, regions: Regions) -> Steering:
    """Of stations. Raises ChoiceUnreadable, RegionFloorUnreadable."""
    steering = Steering(
        fixed=tuple(map(parse_choice, changes.fix)),
        forbidden=tuple(map(parse_choice, changes.forbid)),
        preferred=tuple(map(parse_choice, changes.prefer)),
        floors=tuple(_floor(name, least, regions) for name, least in changes.at_least.items()),
    )
    for text in changes.replace:
        steering = replaced(steering, text)
    for first, second in changes.swap:
        steering = swapped(steering, parse_choice(first), parse_choice(second))
    return steering


def visit_steering_of(changes: Changes) -> Steering:
    """Raises ChoiceUnreadable."""
    steering = Steering(
        fixed=tuple(map(parse_choice, changes.fix)),
        forbidden=tuple(map(parse_choice, changes.forbid)),
        preferred=tuple(map(parse_choice, changes.prefer)),
    )
    for text in changes.replace:
        steering = visitor_replaced(steering, text)
    for first, second in changes.swap:
        steering = visitors_swapped(steering, parse_choice(first), parse_choice(second))
    return steering


def changed_stations(base: StationRequest, changes: Changes) -> StationRequest:
    """`base` has the new choices already; numbers given here take the place of its own. Raises ChangesMisplaced."""
    _require_none(changes, _OF_VISITS, PlanKind.STATIONS)
    numbers = {name: getattr(changes, name) for name in _NUMBERS}
    given = {name: value for name, value in numbers.items() if value is not None}
    return replace(base, steering=settled(base.steering, changes), **given)


def changed_visits(base: VisitRequest, changes: Changes) -> VisitRequest:
    """`base` has the new choices already; what is given here takes the place of its own, days away come on top.

    Raises ChangesMisplaced.
    """
    _require_none(changes, (*_NUMBERS, "at_least"), PlanKind.VISITS)
    given = {name: getattr(changes, name) for name in ("start", "days", "teams", "team_size")}
    away = dict.fromkeys((*base.away, *((one.expert_id, one.day) for one in changes.away)))
    kept = {name: value for name, value in given.items() if value is not None}
    return replace(base, steering=settled(base.steering, changes), away=tuple(away), **kept)


def settled(steering: Steering, changes: Changes) -> Steering:
    """With what is withdrawn left out and what is accepted named as the plan names it."""
    for text in changes.drop:
        steering = dropped(steering, text)
    return joined(steering, Steering(accepted=steering.accepted_names(changes.accept)))


def changes_of_acts(acts: Sequence[str], **numbers: object) -> Changes:
    """Of the buttons that stand pressed on a page, each `verb 需求编号:专家编号`.

    Raises SwapUnclear, ActsContradict.
    """
    chosen: dict[str, list[str]] = {}
    for act in acts:
        verb, _, what = act.partition(" ")
        chosen.setdefault(verb, []).append(what)
    _require_one_a_pair(chosen)
    swap = chosen.pop("swap", [])
    if len(swap) not in (0, 2):
        raise SwapUnclear
    return Changes.model_validate({**chosen, "swap": [tuple(swap)] if swap else [], **numbers})


def _require_one_a_pair(chosen: Mapping[str, Sequence[str]]) -> None:
    """Raises ActsContradict, ChoiceUnreadable."""
    seen: set[Choice] = set()
    for verb in ("fix", "forbid", "prefer", "replace", "swap"):
        for pair in map(old_choice, chosen.get(verb, ())):
            if pair in seen:
                raise ActsContradict(pair)
            seen.add(pair)


def _require_none(changes: Changes, names: Sequence[str], kind: PlanKind) -> None:
    """Raises ChangesMisplaced."""
    given = [name for name in names if getattr(changes, name) not in (None, (), {})]
    if given:
        raise ChangesMisplaced([str(Changes.model_fields[name].description) for name in given], kind)


def _floor(name: str, least: int, regions: Regions) -> RegionFloor:
    region = regions.find(name)
    if region is None or not region.code:
        raise RegionFloorUnreadable(f"{name}={least}")
    return RegionFloor(region.code, region.name, least)
