"""A plan as it is kept: versions under one number, each a document that never changes, and a state that does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

YEAR_LENGTH = len("P2026-")
"""Of a number the part that says the year; the count behind it grows beyond three digits."""


class PlanKind(StrEnum):
    STATIONS = "建站计划"
    VISITS = "走访计划"


class PlanState(StrEnum):
    DRAFT = "草稿"
    AWAITING = "待会签"
    SIGNED = "已签"
    VOID = "作废"


def plan_order(id: str) -> tuple[str, int, str]:
    """What sorts numbers of plans by year and count, oldest first.

    >>> sorted(["P2027-001", "P2026-1000", "P2026-999"], key=plan_order)
    ['P2026-999', 'P2026-1000', 'P2027-001']
    """
    return id[:YEAR_LENGTH], len(id), id


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A version without what it decides, for lists. `digest` tells the inputs it was made from apart.

    AWAITING: one of two offices has signed. `confirmed` lists the choices that a person has confirmed (需求编号:
    专家编号); times are UTC.
    """

    id: str
    version: int
    kind: PlanKind
    title: str
    digest: str
    made_at: datetime
    made_by: str
    state: PlanState = PlanState.DRAFT
    state_at: datetime | None = None
    state_by: str = ""
    confirmed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class PlanRecord(PlanHead):
    """`document` is JSON and names people by number only."""

    document: str = ""
