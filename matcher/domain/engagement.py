"""A line of the 建站/对接台账: who serves whom, as what, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.vocabulary import (
    Assessment,
    EngagementKind,
    EngagementRole,
    EngagementStatus,
    StationMode,
)


@dataclass(frozen=True, slots=True)
class Engagement:
    """`months_on_site` a year; `funding` in 万元; `itinerary` is private (encrypted at rest)."""

    id: str
    kind: EngagementKind
    unit: str
    expert_id: str
    demand_id: str = ""
    mode: StationMode | None = None
    credit_code: str = ""
    region_code: str = ""
    region_name: str = ""
    role: EngagementRole | None = None
    reason: str = ""
    agreement_start: date | None = None
    agreement_end: date | None = None
    months_on_site: float | None = None
    signed_statement: bool | None = None
    projects: str = ""
    staff: str = ""
    premises: str = ""
    funding: float | None = None
    visit_date: date | None = None
    itinerary: str = ""
    status: EngagementStatus = EngagementStatus.PROPOSED
    approved_by: str = ""
    approved_on: date | None = None
    results: str = ""
    assessment: Assessment | None = None
    next_follow_up: date | None = None
    remark: str = ""

    def holds_capacity(self, today: date) -> bool:
        """Whether this line counts against its expert's capacity on `today` (an expired agreement does not)."""
        ended = self.agreement_end is not None and self.agreement_end < today
        return self.status.holds_capacity and not ended
