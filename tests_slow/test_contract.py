"""The API keeps its own description: schemathesis asks every operation, as it is meant and as it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from matcher.beijing import in_beijing
from matcher.domain.portal_key import KeyScope
from tests.service.house import OFFICE
from tests.service.records.people import furnish
from tests_slow.served import own_service, serving, until

# The same at every run. Nothing is made smaller: what failed is told as it was asked.
_BOUNDED = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# The rules of the import are stricter than a schema can say; parameters that nobody knows are passed over.
_NOT_PROMISED = [negative_data_rejection, positive_data_acceptance]
# So that some questions find something.
_KNOWN = {"demand_id": "D1", "expert_id": "E1", "plan_id": f"P{in_beijing(datetime.now(UTC)).year}-001"}
Ask = Callable[[Case], None]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a served house with some records, and a key that opens everything."""
    home: Path = tmp_path_factory.mktemp("contract")
    url = f"sqlite:///{home / 'matcher.db'}"
    service = own_service(home, url)
    furnish(service.store)
    key = service.keys.add("门户", tuple(KeyScope), 100_000, None, OFFICE)
    service.close()
    with serving(home, url, refusals_per_minute=10_000, jobs_per_person=1000) as served:
        until(lambda: httpx2.get(f"{served.place}/health/ready", timeout=60).status_code == 200)
        draw_up_a_plan(served.place, key)
        yield served.place, key


def draw_up_a_plan(place: str, key: str) -> None:
    """The first of its year, so that its number is known."""
    with httpx2.Client(base_url=f"{place}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60) as portal:
        assert portal.post("/plans", json={"year": 2026}).status_code == HTTPStatus.ACCEPTED
        until(lambda: portal.get(f"/plans/{_KNOWN['plan_id']}").status_code == HTTPStatus.OK)


@pytest.fixture(scope="module")
def operations(place: tuple[str, str]) -> list[APIOperation]:
    document = schemathesis.openapi.from_url(f"{place[0]}/api/v1/openapi.json", wait_for_schema=60)
    return [found.ok() for found in document.get_all_operations()]


def broken(operations: list[APIOperation], ask: Ask) -> list[str]:
    return [said for operation in operations for said in _broken(operation, ask)]


def _broken(operation: APIOperation, ask: Ask) -> list[str]:
    cases = [
        operation.as_strategy(generation_mode=mode, path_parameters=known)
        for mode in GenerationMode
        for known in [{name: _KNOWN[name] for name in names(operation)} or None, None]
    ]

    @_BOUNDED
    @given(st.one_of(*cases))
    def asked(case: Case) -> None:
        ask(case)

    try:
        asked()
    except BaseException as failure:
        return [f"{operation.label}: {told}" for told in getattr(failure, "exceptions", (failure,))]
    return []


def names(operation: APIOperation) -> list[str]:
    return [one.name for one in operation.path_parameters if one.name in _KNOWN]


def test_with_a_key(operations: list[APIOperation], place: tuple[str, str]) -> None:
    headers = {"Authorization": f"Bearer {place[1]}"}

    def ask(case: Case) -> None:
        case.call_and_validate(headers=headers, excluded_checks=_NOT_PROMISED)

    assert not (found := broken(operations, ask)), "\n\n".join(found)


def test_without_a_key(operations: list[APIOperation]) -> None:
    def ask(case: Case) -> None:
        answer = case.call(headers={"Authorization": ""})
        case.validate_response(answer, excluded_checks=_NOT_PROMISED)
        if case.path.startswith("/api/"):
            assert answer.status_code in (401, 413, 414, 422)

    assert not (found := broken(operations, ask)), "\n\n".join(found)
