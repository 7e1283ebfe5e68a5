"""What the library lacks, as a job keeps it: people by number only, so that an erasure leaves no name behind."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from matcher.workflows.gaps import Coverage

_SHAPE = TypeAdapter(Coverage)
_FIELD = "coverage"


def coverage_result(found: Coverage) -> dict[str, object]:
    return {_FIELD: _SHAPE.dump_python(found, mode="json")}


def coverage_of(result: Mapping[str, object]) -> Coverage:
    return _SHAPE.validate_python(result[_FIELD])
