"""A frozen match run: what was asked, what was answered, whom people chose, who signed (design, decision 10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from matcher.domain.account import Office
from matcher.domain.vocabulary import Purpose


class RunState(StrEnum):
    DRAFT = "草稿"
    AWAITING = "待会签"
    CONFIRMED = "已签"
    REVOKED = "作废"


class RunAct(StrEnum):
    FROZEN = "冻结"
    SIGNED = "签署"
    REVOKED = "作废"


@dataclass(frozen=True, slots=True)
class RunEvent:
    """Who did what when. `by` is the name that the audit log bears, `office` the side signed for."""

    at: datetime
    by: str
    act: RunAct
    full_name: str = ""
    office: Office | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatchRun:
    """`demand_id` may name a need. `events` are in order, the freezing first; what was frozen never changes.

    `two_signatures`: whether both offices must sign, as the setting was when the run was frozen.
    """

    id: str
    demand_id: str
    purpose: Purpose
    title: str
    enterprise: str
    two_signatures: bool
    events: tuple[RunEvent, ...]
    digest: str = ""

    @property
    def signatures(self) -> tuple[RunEvent, ...]:
        return tuple(event for event in self.events if event.act is RunAct.SIGNED)

    @property
    def state(self) -> RunState:
        if any(event.act is RunAct.REVOKED for event in self.events):
            return RunState.REVOKED
        if not self.signatures:
            return RunState.DRAFT
        return RunState.CONFIRMED if len(self.signatures) >= 1 + self.two_signatures else RunState.AWAITING

    @property
    def state_before(self) -> RunState | None:
        """Before the last event; None when that was the freezing."""
        return replace(self, events=self.events[:-1]).state if len(self.events) > 1 else None

    @property
    def unsigned_offices(self) -> tuple[Office, ...]:
        """Who is still to sign, where both offices must."""
        signed = {event.office for event in self.signatures}
        return tuple(office for office in Office if office not in signed) if self.two_signatures else ()


@dataclass(frozen=True, slots=True)
class ShortlistEntry:
    """Somebody who is being considered for a demand (or need) and purpose; the note is private, as a mark's reason."""

    demand_id: str
    purpose: Purpose
    expert_id: str
    at: datetime
    by: str
    note: str = ""
