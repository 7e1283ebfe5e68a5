"""Plans as they are kept: the request and the result as one JSON document, and what tells inputs apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from matcher.domain.demand import Demand
from matcher.domain.plan import PlanRecord
from matcher.plan.problem import StationProblem, Steering
from matcher.plan.result import StationPlan
from matcher.store.errors import RecordUnreadable

Document = TypeVar("Document")


@dataclass(frozen=True, slots=True)
class StationRequest:
    """What is asked of a plan of stations. None: as the plan book says. `title` is shown in lists."""

    year: int
    quota_academician: int | None = None
    quota_expert: int | None = None
    budget: int | None = None
    steering: Steering = field(default_factory=Steering)


@dataclass(frozen=True, slots=True)
class StationDocument:
    """`demands` as they are shown, see `heads_of`; None in versions of former days, which kept none."""

    request: StationRequest
    plan: StationPlan
    demands: tuple[Demand, ...] | None = None


def heads_of(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """What a plan shows of its demands: who asks, for what, and which services; nobody is named in it."""
    return tuple(
        Demand(one.id, one.title, services=one.services, enterprise=replace(one.enterprise, products="", partners=()))
        for one in demands
    )


def station_title(year: int) -> str:
    """By which lists tell the years of plans of stations apart without reading them."""
    return f"{year} 年建站计划"


def document_text(document: Any, kind: type[Any]) -> str:
    text: str = TypeAdapter(kind).dump_json(document).decode()
    return text


def read_station_document(record: PlanRecord) -> StationDocument:
    """Raises RecordUnreadable."""
    return read_document(record, StationDocument)


def digest_of(problem: object, kind: type[Any]) -> str:
    """The same for the same inputs, on every machine."""
    plain = TypeAdapter(kind).dump_python(problem, mode="json")
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest_of_stations(problem: StationProblem) -> str:
    return digest_of(problem, StationProblem)


def read_document(record: PlanRecord, kind: type[Document]) -> Document:
    """Raises RecordUnreadable."""
    try:
        return TypeAdapter(kind).validate_json(record.document)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise RecordUnreadable(f"计划 {record.name}", place) from None
