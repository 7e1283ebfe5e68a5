"""A demand questionnaire, the needs in it, and the enterprise behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.vocabulary import DemandCategory, ReviewStatus, ServiceKind, StationKind, Urgency

# Stands between a demand's id and a need's number; no demand's own id may hold it.
NEED_MARK = "#"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The company's part of the form. Money is in 万元, three years' figures oldest first."""

    name: str = ""
    credit_code: str = ""
    region_code: str = ""
    region_name: str = ""
    jurisdiction: str = ""
    industry_code: str = ""
    industry_name: str = ""
    kind: str = ""
    high_tech: str = ""
    products: str = ""
    staff: int | None = None
    rd_staff: int | None = None
    revenue: tuple[float, ...] = ()
    rd_spending: tuple[float, ...] = ()
    rd_units: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandContact:
    """Private fields of a questionnaire, encrypted at rest."""

    person: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One of several needs in a questionnaire; `number` counts from 1, `id` is `<demand id>#<number>`."""

    demand_id: str
    number: int
    title: str
    text: str
    wanted: str = ""

    @property
    def id(self) -> str:
        return f"{self.demand_id}{NEED_MARK}{self.number}"


@dataclass(frozen=True, slots=True)
class Demand:
    """Columns of the 需求问卷表. `needs` is empty until a person has confirmed a split."""

    id: str
    title: str
    problem: str = ""
    figures: str = ""
    goal: str = ""
    wanted: str = ""
    keywords: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    discipline_codes: tuple[str, ...] = ()
    category: DemandCategory | None = None
    urgency: Urgency | None = None
    start_year: int | None = None
    end_year: int | None = None
    budget: float | None = None
    cooperation: str = ""
    preferred: tuple[str, ...] = ()
    services: tuple[ServiceKind, ...] = ()
    academician_wanted: bool | None = None
    station_kind: StationKind | None = None
    conditions: str = ""
    classified: bool | None = None
    public: bool | None = None
    filled: date | None = None
    review: ReviewStatus = ReviewStatus.PENDING
    review_remark: str = ""
    enterprise: Enterprise = field(default_factory=Enterprise)
    contact: DemandContact = field(default_factory=DemandContact)
    needs: tuple[Need, ...] = ()


def demand_id_of(id: str) -> str:
    """The demand of a need's id; a demand's own id as it is.

    >>> demand_id_of("D001#2"), demand_id_of("D001")
    ('D001', 'D001')
    """
    return id.partition(NEED_MARK)[0]
