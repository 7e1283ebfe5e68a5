"""What was found on a visit to a firm (实地走访)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class VisitNote:
    """`text` is private; `number` is 0 before it is stored; `written` is UTC."""

    demand_id: str
    visited: date
    author: str
    written: datetime
    text: str
    number: int = 0
