"""An expert: who, where, what standing, on which conditions he or she may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.evidence import EvidenceItem
from matcher.domain.vocabulary import (
    AcademicianKind,
    EvidenceType,
    Gender,
    PostStatus,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    TitleLevel,
    UnitKind,
)


@dataclass(frozen=True, slots=True)
class PrivateDetails:
    """Fields that are encrypted at rest and masked unless a role may see them (design decision 12)."""

    id_number: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""
    health: str = ""


@dataclass(frozen=True, slots=True)
class Expert:
    """The profile, columns of the 专家表. None and empty mean "not stated", never "no".

    `stations_nationwide` is the declared number of 院士工作站 served anywhere; `yearly_limit` the visits a year.
    """

    id: str
    name: str
    organization: str = ""
    directions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    representative_results: tuple[str, ...] = ()
    gender: Gender | None = None
    birth: date | None = None
    ethnicity: str = ""
    country: str = ""
    region_code: str = ""
    region_name: str = ""
    unit_kind: UnitKind | None = None
    department: str = ""
    title: str = ""
    title_level: TitleLevel | None = None
    education: str = ""
    degree: str = ""
    honours: tuple[str, ...] = ()
    academician: AcademicianKind | None = None
    academician_division: str = ""
    academician_year: int | None = None
    post_status: PostStatus | None = None
    retirement: RetirementStatus | None = None
    discipline_codes: tuple[str, ...] = ()
    industry_codes: tuple[str, ...] = ()
    patents: int | None = None
    posts_held: str = ""
    societies: tuple[str, ...] = ()
    overseas: bool | None = None
    services: tuple[ServiceKind, ...] = ()
    available: str = ""
    yearly_limit: int | None = None
    stations_nationwide: int | None = None
    avoid_units: tuple[str, ...] = ()
    classified: bool | None = None
    cleared: bool | None = None
    recommended_by: str = ""
    consent_date: date | None = None
    consent_withdrawn: date | None = None
    data_source: str = ""
    review: ReviewStatus | None = None
    updated: date | None = None
    private: PrivateDetails = field(default_factory=PrivateDetails)

    @property
    def is_academician(self) -> bool:
        return self.academician is not None or any("院士" in honour for honour in self.honours)

    def profile_item(self) -> EvidenceItem:
        """The profile read as one more item of evidence, so that people without papers are found too."""
        return EvidenceItem(
            id=f"R{self.id}",
            type=EvidenceType.PROFILE,
            title="、".join(self.directions),
            abstract="；".join(self.representative_results),
            keywords=self.keywords,
        )
