"""Rows of the 选题表 as domain objects."""

from __future__ import annotations

from matcher.domain.topic import Topic
from matcher.intake.parse_row import ParsedRow
from matcher.intake.record_fields import updated


def build_topic(row: ParsedRow, stored: Topic | None) -> Topic:
    """The stored topic with what the row says; columns that the file lacks keep what is stored."""
    base = stored or Topic(id=row.text("id"), title=row.text("title"))
    span = row.values.get("years")
    years = {"start_year": span[0], "end_year": span[1]} if isinstance(span, tuple) else {}
    return updated(base, {**row.values, **years, "id": base.id})
