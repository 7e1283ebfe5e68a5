"""What refers to a record: it cannot go without leaving somebody else's work in the air."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, select

from matcher.domain.plan import PlanState
from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Reading
from matcher.store.plan_tables import plans
from matcher.store.records import ChangeKind
from matcher.store.run_tables import match_run_people, match_runs, shortlists
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
_QUOTED = re.compile(r'"([^"\\]{1,200})"')


def users_of(work: Reading, kind: ChangeKind, ids: Sequence[str]) -> dict[str, str]:
    """Id -> what refers to the record, as people call it; a record that nothing refers to is absent."""
    found: dict[str, dict[str, None]] = {}
    for label, id in _uses(work, kind, ids):
        found.setdefault(id, {})[label] = None
    return {id: "、".join(labels) for id, labels in found.items()}


def _uses(work: Reading, kind: ChangeKind, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not ids:
        return
    for label, column in _USERS.get(kind, ()):
        yield from ((label, id) for id in work.connection.scalars(select(column).where(column.in_(ids)).distinct()))
    if kind is ChangeKind.EXPERT:
        owned = select(expert_items.c.expert_id).join(items, items.c.number == expert_items.c.item_number)
        works = owned.where(expert_items.c.expert_id.in_(ids), items.c.type != EvidenceType.PROFILE.value)
        yield from (("成果", id) for id in work.connection.scalars(works.distinct()))
    if kind in _PLANNED:
        yield from (("计划", id) for id in _planned(work, frozenset(ids)))


def _planned(work: Reading, ids: frozenset[str]) -> Iterator[str]:
    """Those that a plan names which is not void; a plan's document names records by their numbers."""
    standing = select(plans.c.document).where(plans.c.state != PlanState.VOID.value)
    for document in work.connection.scalars(standing):
        yield from ids.intersection(_QUOTED.findall(document))
