"""What a record still lacks before it can be planned with: the starred columns of the forms (domain.md)."""

from __future__ import annotations

from matcher.domain.expert import Expert
from matcher.intake.columns import Table
from matcher.intake.record_fields import value_at

_STORED_AT = {
    "region": ("region_name", "enterprise.region_name"),
    "industry": ("enterprise.industry_name",),
    "discipline_1": ("discipline_codes",),
    "agreement": ("agreement_end",),
    "approval": ("approved_by",),
}
_ACADEMICIANS_ONLY = "stations_nationwide"


def missing_columns(record: object, table: Table) -> tuple[str, ...]:
    """Headers of the starred columns that say nothing in the record."""
    return tuple(
        column.header
        for column in table.columns
        if column.starred
        and not (column.field == _ACADEMICIANS_ONLY and not _is_academician(record))
        and all(_is_empty(record, path) for path in _STORED_AT.get(column.field, (column.field,)))
    )


def _is_empty(record: object, path: str) -> bool:
    try:
        return value_at(record, path) in (None, "", ())
    except AttributeError:
        return True


def _is_academician(record: object) -> bool:
    return isinstance(record, Expert) and record.is_academician
