"""What refers to a record: it cannot go without leaving somebody else's work in the air."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Select, select

from matcher.domain.match_run import RunAct
from matcher.domain.plan import PlanState
from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Reading
from matcher.store.plan_tables import plans
from matcher.store.records import ChangeKind
from matcher.store.run_tables import match_run_events, match_run_people, match_runs, shortlists
from matcher.store.staff_tables import visit_notes
from matcher.store.tables import engagements, expert_items, items, marks

_USERS: Mapping[ChangeKind, Sequence[tuple[str, Column[Any]]]] = MappingProxyType(
    {
        ChangeKind.EXPERT: (
            ("台账", engagements.c.expert_id),
            ("评价", marks.c.expert_id),
            ("入围名单", shortlists.c.expert_id),
            ("匹配结果", match_run_people.c.expert_id),
        ),
        ChangeKind.DEMAND: (
            ("台账", engagements.c.demand_id),
            ("评价", marks.c.demand_id),
            ("入围名单", shortlists.c.demand_id),
            ("匹配结果", match_runs.c.demand_id),
            ("走访记录", visit_notes.c.demand_id),
        ),
    }
)
_PLANNED = (ChangeKind.EXPERT, ChangeKind.DEMAND, ChangeKind.TOPIC)
_STANDING = select(plans.c.document).where(plans.c.state != PlanState.VOID.value)
_QUOTED = re.compile(r'"([^"\\]{1,200})"')


def users_of(work: Reading, kind: ChangeKind, ids: Sequence[str], *, works: bool = True) -> dict[str, str]:
    """Id -> what refers to the record, as people call it; a record that nothing refers to is absent.

    Without `works` an expert's own are not counted.
    """
    found: dict[str, dict[str, None]] = {}
    for label, id in _uses(work, kind, ids, works):
        found.setdefault(id, {})[label] = None
    return {id: "、".join(labels) for id, labels in found.items()}


def named_since(work: Reading, experts: Collection[str], since: datetime | None) -> set[str]:
    """Those whom a result frozen or a plan made after `since` names."""
    if not experts or since is None:
        return set()
    people = match_run_people.join(match_run_events, match_run_events.c.run_id == match_run_people.c.run_id)
    frozen = select(match_run_people.c.expert_id).select_from(people)
    frozen = frozen.where(
        match_run_people.c.expert_id.in_(list(experts)),
        match_run_events.c.act == RunAct.FROZEN.value,
        match_run_events.c.at > since,
    )
    made = _STANDING.where(plans.c.made_at > since)
    return {*work.connection.scalars(frozen), *_planned(work, frozenset(experts), made)}


def _uses(work: Reading, kind: ChangeKind, ids: Sequence[str], works: bool) -> Iterator[tuple[str, str]]:
    if not ids:
        return
    for label, column in _USERS.get(kind, ()):
        yield from ((label, id) for id in work.connection.scalars(select(column).where(column.in_(ids)).distinct()))
    if kind is ChangeKind.EXPERT and works:
        owned = select(expert_items.c.expert_id).join(items, items.c.number == expert_items.c.item_number)
        own = owned.where(expert_items.c.expert_id.in_(ids), items.c.type != EvidenceType.PROFILE.value)
        yield from (("成果", id) for id in work.connection.scalars(own.distinct()))
    if kind in _PLANNED:
        yield from (("计划", id) for id in _planned(work, frozenset(ids), _STANDING))


def _planned(work: Reading, ids: frozenset[str], documents: Select[Any]) -> Iterator[str]:
    """Those that one of the plans names; a plan's document names records by their numbers."""
    for document in work.connection.scalars(documents):
        yield from ids.intersection(_QUOTED.findall(document))
