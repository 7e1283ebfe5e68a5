"""Which demands a command line asks for (numbers, single needs as D001#2, or all), and which expert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.commands.errors import (
    MergedExpert,
    NoDemands,
    NothingAsked,
    TooMuchAsked,
    UnknownDemand,
    UnknownExpert,
    UnknownNeed,
)
from matcher.domain.demand import Demand, demand_id_of
from matcher.domain.expert import Expert
from matcher.store.store import Store


def asked_demands(store: Store, ids: Sequence[str], everything: bool) -> list[Demand]:
    """Each demand once, in the order asked. Raises the errors of `commands/errors.py`."""
    if ids and everything:
        raise TooMuchAsked
    if ids:
        return [_narrowed(store, whole, ids) for whole in dict.fromkeys(map(demand_id_of, ids))]
    if not everything:
        raise NothingAsked
    demands = list(store.demands.stream())
    if not demands:
        raise NoDemands
    return demands


def asked_demand(store: Store, id: str) -> Demand:
    """One demand, narrowed to one need where the number names it."""
    return asked_demands(store, [id], everything=False)[0]


def asked_expert(store: Store, id: str) -> Expert:
    """Raises MergedExpert, which names the number to use, and UnknownExpert."""
    expert = store.experts.get(id)
    if expert is None:
        kept = store.experts.merged_into([id]).get(id)
        raise MergedExpert(id, kept) if kept else UnknownExpert(id)
    return expert


def _narrowed(store: Store, whole: str, ids: Sequence[str]) -> Demand:
    """The demand with the needs that were asked for; all of them when it was asked for as a whole."""
    demand = store.demands.get(whole)
    if demand is None:
        raise UnknownDemand(whole)
    if whole in ids:
        return demand
    known = {need.id: need for need in demand.needs}
    wanted = [id for id in ids if demand_id_of(id) == whole]
    unknown = next((id for id in wanted if id not in known), None)
    if unknown is not None:
        raise UnknownNeed(unknown, tuple(known))
    return replace(demand, needs=tuple(known[id] for id in dict.fromkeys(wanted)))
