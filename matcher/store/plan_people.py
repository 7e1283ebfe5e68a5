"""What a version of a plan shows of people: sealed with their keys, gone with an erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select

from matcher.store.access import Reading, Writing
from matcher.store.keyring import Owner, OwnerKind
from matcher.store.plan_tables import plan_people
from matcher.store.standing import standing_of


def keep_people(work: Writing, plan_id: str, version: int, people: Mapping[str, str]) -> None:
    """JSON by expert id; of people erased meanwhile nothing is kept."""
    erased = standing_of(work, people).erased
    owners = {id: Owner(OwnerKind.EXPERT, id) for id in people if id not in erased}
    work.keys.provide(owners.values())
    rows = [
        {
            "plan_id": plan_id,
            "version": version,
            "expert_id": id,
            "sealed": work.keys.seal(owner, people[id], _place(plan_id, version, id)),
        }
        for id, owner in owners.items()
    ]
    if rows:
        work.connection.execute(insert(plan_people), rows)


def kept_people(work: Reading, plan_id: str, version: int) -> dict[str, str]:
    """As `keep_people` was given them, without those who were erased."""
    mine = (plan_people.c.plan_id == plan_id) & (plan_people.c.version == version)
    sealed = {row.expert_id: row.sealed for row in work.connection.execute(select(plan_people).where(mine))}
    work.keys.load_named_by(sealed.values())
    opened = {id: work.keys.open(text, _place(plan_id, version, id)) for id, text in sealed.items()}
    return {id: text for id, text in opened.items() if text is not None}


def erase_from_plans(work: Writing, expert_ids: Sequence[str]) -> None:
    work.connection.execute(delete(plan_people).where(plan_people.c.expert_id.in_(expert_ids)))


def _place(plan_id: str, version: int, expert_id: str) -> str:
    return f"plans/{plan_id}@{version}/{expert_id}"
