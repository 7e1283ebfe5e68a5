"""Rows of the ledger as domain objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from matcher.domain.engagement import Engagement
from matcher.domain.vocabulary import EngagementKind, EngagementStatus
from matcher.intake.dates import parse_date
from matcher.intake.parse_row import ParsedRow
from matcher.intake.places import region_values
from matcher.intake.record_fields import updated
from matcher.reference.tables import ReferenceTables


def build_engagement(row: ParsedRow, stored: Engagement | None, tables: ReferenceTables) -> Engagement:
    """The stored line with what the row says; columns that the file lacks keep what is stored."""
    kind = row.values.get("kind")
    base = stored or Engagement(
        id=row.text("id"),
        kind=kind if isinstance(kind, EngagementKind) else EngagementKind.VISIT,
        unit=row.text("unit"),
        expert_id=row.text("expert_id"),
    )
    return updated(base, {**row.values, **_derived(row.values, base, tables), "id": base.id})


def _derived(values: Mapping[str, object], base: Engagement, tables: ReferenceTables) -> dict[str, object]:
    derived: dict[str, object] = {}
    if "region" in values:
        derived.update(region_values(str(values["region"] or ""), tables))
    span = values.get("agreement")
    if isinstance(span, tuple):
        derived.update({"agreement_start": span[0], "agreement_end": span[1]})
    if "approval" in values:
        derived.update(_approval(str(values["approval"] or "")))
    if "status" in values and values["status"] is None:
        derived["status"] = EngagementStatus.PROPOSED
    for name in ("kind", "unit", "expert_id"):
        if name in values and not values[name]:
            derived[name] = getattr(base, name)
    return derived


def _approval(text: str) -> dict[str, object]:
    """ "王某 2016-05-01" as a name and a day."""
    for cut in range(len(text)):
        day = parse_date(text[cut:].strip(" ,，、/（(）)")).value
        if isinstance(day, date):
            return {"approved_by": text[:cut].strip(" ,，、/（("), "approved_on": day}
    return {"approved_by": text, "approved_on": None}
