"""Every route has a door, those that are added later too; what was begun in another role stays closed."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.job import Job
from matcher.domain.portal_key import KeyScope
from matcher.store.jobs import JobWish
from service.security.roles import PERMISSIONS, Permission
from tests.service.api.test_records_api import Portal
from tests.service.house import OFFICE, House, token_on
from tests.service.records.people import furnish
from tests.service.security.test_csrf import all_routes

# Before anybody is known.
OPEN = {"/login", "/health/live", "/health/ready"}
# Whoever is logged in: these show what each may see, or one's own only.
ANY_STAFF = {"/", "/logout", "/password", "/admin", "/help", "/help/images/{name}", "/jobs", "/session"}
ANY_STAFF |= {f"/jobs/{{job_id}}/{act}" for act in ("cancel", "repeat", "file")}
ANY_KEY = re.compile(r"/api/v1/(key|reference/.*|jobs.*)")
_HELD = {frozenset(role for role in Role if permission in PERMISSIONS[role]) for permission in Permission}


@pytest.fixture
def house(house: House) -> House:
    furnish(house.store)
    return house


def asks(house: House) -> list[tuple[str, str, str]]:
    """Method, path of the route, and an address of it."""
    found = []
    for route in all_routes(house):
        assert isinstance(route, APIRoute)
        address = re.sub(r"\{[^}]*\}", "0" * 32, route.path)
        found += [(method, route.path, address) for method in sorted(route.methods - {"HEAD", "OPTIONS"})]
    return sorted(found)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_each_page_opens_to_the_roles_of_one_permission(house: House) -> None:
    clients = {role: house.logged_in(f"{role.name.lower()}.x", role) for role in Role}
    tokens = {role: {"X-CSRF-Token": token_on(client.get("/").text)} for role, client in clients.items()}
    stranger = house.visitor()
    strangers = {"X-CSRF-Token": token_on(stranger.get("/login").text)}
    wrong = []
    for method, path, address in asks(house):
        if path.startswith("/api/") or path in OPEN | {"/logout", "/password"}:
            continue
        if not stranger.request(method, address, headers=strangers).headers.get("location", "").startswith("/login"):
            wrong.append(f"{method} {path} lets strangers in")
        answers = {role: client.request(method, address, headers=tokens[role]) for role, client in clients.items()}
        let_in = frozenset(role for role, answer in answers.items() if answer.status_code != 403)
        if path not in ANY_STAFF and let_in not in _HELD:
            wrong.append(f"{method} {path} lets in {sorted(let_in)}")
    assert wrong == []


def test_each_operation_asks_for_a_key_of_its_scope(house: House) -> None:
    stranger, bare = house.visitor(), house.visitor()
    bare.headers["Authorization"] = f"Bearer {house.service.keys.add('门户', (), 10_000, None, OFFICE)}"
    wrong = []
    for method, path, address in asks(house):
        if path.startswith("/api/"):
            if stranger.request(method, address).status_code not in (401, 429):
                wrong.append(f"{method} {path} without a key")
            if not ANY_KEY.fullmatch(path) and bare.request(method, address).status_code != 403:
                wrong.append(f"{method} {path} without a scope")
    assert wrong == []


def exported(house: House, client: TestClient) -> Job:
    token = token_on(client.get("/jobs").text)
    client.post("/jobs/exports", data={"kind": "demands", "csrf_token": token})
    job = house.store.jobs.list(JobWish())[0]
    house.service.job_runner().run(job.id)
    return job


def test_a_file_made_with_more_rights_is_closed(house: House) -> None:
    client = house.logged_in("zhang", Role.MANAGER)
    job = exported(house, client)
    assert client.get(f"/jobs/{job.id}/file").status_code == 200
    for role, places in ((Role.MANAGER, ["2202"]), (Role.OFFICER, []), (Role.READER, []), (Role.AUDITOR, [])):
        house.service.accounts.assign("zhang", role, places, OFFICE, None)
        assert client.get(f"/jobs/{job.id}/file").status_code == 403, role
    token = token_on(client.get("/jobs").text)
    assert client.post(f"/jobs/{job.id}/repeat", data={"csrf_token": token}).status_code == 403
    assert len(house.store.jobs.list(JobWish())) == 1


def test_jobs_of_another_key_are_not_there(house: House) -> None:
    mine, other = Portal(house), Portal(house, *KeyScope)
    job = mine.client.post("/api/v1/exports", json={"kind": "experts"}).json()["id"]
    for address in (f"/jobs/{job}", f"/jobs/{job}/file", f"/imports/{job}", f"/imports/{job}/rejected.xlsx"):
        assert other.get(address).status_code == 404, address
    for act in (f"jobs/{job}/cancel", f"jobs/{job}/repeat", f"imports/{job}/confirm"):
        assert other.client.post(f"/api/v1/{act}").status_code == 404, act
    assert other.get("/jobs").json()["items"] == []


def test_a_demand_of_another_region_is_nowhere(house: House) -> None:
    """D2 lies in Yanbian; the officer answers for Jilin city."""
    client = house.logged_in("li.na", Role.MANAGER, "2202")
    token = {"X-CSRF-Token": token_on(client.get("/").text)}
    for method, path, _ in asks(house):
        if path.startswith("/demands/{demand_id}"):
            address = path.replace("{demand_id}", "D2")
            form = {"seen": "1", "status": "已审核", "visited": "2026-01-01", "text": "x", "title": "x"}
            data = form if method == "POST" else None
            answer = client.request(method, re.sub(r"\{[^}]*\}", "1", address), headers=token, data=data)
            assert answer.status_code in (404, 422), f"{method} {path}"
            assert "盐碱地" not in answer.text
            assert "延边某社" not in answer.text
    for address in (
        "/match?demand=D2",
        "/match/compare?demand=D2&expert=E1",
        "/match/explain?demand=D2&expert=E1",
        "/match/shortlist?demand=D2",
    ):
        assert "延边某社" not in client.get(address).text, address
    assert "D2" not in client.get("/demands?q=盐碱地").text.partition('id="results"')[2]
    assert house.store.demands.get("D2").review.value == "待审核"
