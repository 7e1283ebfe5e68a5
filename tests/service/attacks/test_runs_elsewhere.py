"""Frozen results of another 市州: not read, signed, revoked, printed or exported, and not told apart from no result."""

from __future__ import annotations

import pytest

from matcher.domain.account import Role
from matcher.domain.vocabulary import Purpose
from service.matching.desk import MatchAsk
from tests.service.house import House, token_on
from tests.service.matching.world import furnish, worker

_READ = ("", "/print", "/export.xlsx", "/plan.docx", "/invitation/E1.docx")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_run_of_another_region_is_nowhere(house: House) -> None:
    furnish(house)
    chief = worker(house, "chief")
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", "内部说明", chief)
    run = house.service.runs.freeze("D1", MatchAsk(), "", chief).run
    house.service.runs.sign(run.id, "", chief)
    near = house.logged_in("north", Role.MANAGER, "白城")
    assert {near.get(f"/runs/{run.id}{end}").status_code for end in _READ} == {200}
    far = house.logged_in("south", Role.MANAGER, "梅河口")
    token = token_on(far.get("/runs").text)
    before = len(house.store.audit.newest(1000))
    for id in (run.id, run.id.lower(), f"{run.id}%20", "P2026-99999"):
        answers = [far.get(f"/runs/{id}{end}") for end in _READ]
        answers += [far.post(f"/runs/{id}/{act}", data={"csrf_token": token}) for act in ("sign", "revoke")]
        assert {answer.status_code for answer in answers} == {404}, id
        assert not any("松江示例农场" in answer.text or "郑一" in answer.text for answer in answers)
    assert run.id not in far.get("/runs").text
    assert run.id not in far.get("/runs?demand=D1").text
    assert house.service.runs.get(run.id, chief).run.state.value == "已签"
    assert [one.entry.action.value for one in house.store.audit.newest(len(house.audit()) - before)] == ["查看隐私字段"]
