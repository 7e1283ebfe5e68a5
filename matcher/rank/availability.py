"""Whether somebody can be asked this year: what the rules say of the person alone, whatever the demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import FindingKind
from matcher.domain.vocabulary import Availability, Purpose
from matcher.rank.rule_book import RuleBook
from matcher.rank.rules import Case, check_expert

_PERSONAL = frozenset({"person_available", "consent", "review", "yearly_limit"})


def availability(expert: Expert, engagements: Sequence[Engagement], today: date, book: RuleBook) -> Availability:
    """`engagements` are the expert's own lines of the ledger."""
    case = Case(Purpose.ENTERPRISE_VISIT, today, engagements=tuple(engagements))
    found = [finding for finding in check_expert(expert, case, book) if finding.rule in _PERSONAL]
    forbidden = {finding.rule for finding in found if finding.kind is FindingKind.FORBIDDEN}
    if forbidden:
        is_full = forbidden == {"yearly_limit"} and expert.yearly_limit
        return Availability.FULL if is_full else Availability.BARRED
    unknown = any(finding.kind is FindingKind.UNKNOWN for finding in found)
    return Availability.TO_ASK if unknown else Availability.FREE
