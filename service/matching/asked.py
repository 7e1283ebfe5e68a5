"""Which demand and which expert is meant, as far as the actor may know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.demand import Demand, demand_id_of
from matcher.store.errors import RecordUnknown
from matcher.store.store import Store
from service.security.actor import Actor


def asked_demand(store: Store, id: str, actor: Actor) -> Demand:
    """The demand, narrowed to one need where the number names it; outside the actor's regions there is none.

    Raises RecordUnknown.
    """
    demand = store.demands.get(demand_id_of(id))
    if demand is None or not covers(actor, demand):
        raise RecordUnknown("需求", id)
    if id == demand.id:
        return demand
    needs = tuple(need for need in demand.needs if need.id == id)
    if not needs:
        raise RecordUnknown("需求", id)
    return replace(demand, needs=needs)


def asked_expert_id(store: Store, id: str) -> str:
    """The number that lives on after a merge. Raises RecordUnknown."""
    living = store.experts.merged_into([id]).get(id, id)
    if store.experts.get(living) is None:
        raise RecordUnknown("专家", id)
    return living


def asked_expert_ids(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Number -> the one that lives on after a merge; whoever has left the database is absent."""
    merged = store.experts.merged_into(ids)
    living = {id: merged.get(id, id) for id in ids}
    known = store.experts.get_many(living.values())
    return {id: one for id, one in living.items() if one in known}


def covers(actor: Actor, demand: Demand) -> bool:
    return actor.scope.covers(demand.enterprise.region_code, demand.enterprise.jurisdiction)
