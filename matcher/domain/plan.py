"""A plan as it is kept: versions under one number, each a document that never changes, and a state that does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PlanKind(StrEnum):
    STATIONS = "建站计划"
    VISITS = "走访计划"


class PlanState(StrEnum):
    DRAFT = "草稿"
    AWAITING = "待会签"
    SIGNED = "已签"
    VOID = "作废"


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """`digest` tells the inputs it was made from apart; `document` is JSON and names people by number only.

    AWAITING: one of two offices has signed. `confirmed` lists the choices that a person has confirmed (需求编号:
    专家编号); times are UTC.
    """

    id: str
    version: int
    kind: PlanKind
    title: str
    digest: str
    document: str
    made_at: datetime
    made_by: str
    state: PlanState = PlanState.DRAFT
    state_at: datetime | None = None
    state_by: str = ""
    confirmed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"
