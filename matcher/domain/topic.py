"""A think-tank topic (选题): the question, and the aspects that a panel must cover."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.vocabulary import TopicStatus


@dataclass(frozen=True, slots=True)
class Topic:
    """Columns of the 选题表. `aspects` are the points to be answered; empty: read from the background."""

    id: str
    title: str
    background: str = ""
    aspects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    proposed_by: str = ""
    start_year: int | None = None
    end_year: int | None = None
    status: TopicStatus | None = None
    remark: str = ""
