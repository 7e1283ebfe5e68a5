"""What people and firms write is shown as text everywhere, and does not reach the log."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

from matcher.domain.account import Role
from matcher.domain.demand import DemandContact
from matcher.domain.expert import PrivateDetails
from matcher.domain.vocabulary import ReviewStatus
from matcher.store.jobs import JobWish
from service.logs.json_lines import JsonLines
from tests.service.api.test_records_api import FORM, Portal
from tests.service.house import House, token_on
from tests.service.records.people import FAR, NEAR, ZHANG

_EVIL = "<img src=x onerror=alert(1)>'\"{{7*7}}${7*7}</script>"
_PHONE, _ID = "13955512345", "220102196205018371"


def haunt(house: House) -> None:
    firm = replace(NEAR.enterprise, name=_EVIL)
    demand = replace(NEAR, title=_EVIL, problem=_EVIL, enterprise=firm, contact=DemandContact(_EVIL, _PHONE))
    returned = replace(demand, review=ReviewStatus.RETURNED, review_remark=_EVIL)
    house.store.demands.save([returned, replace(FAR, id="'><b>", title=_EVIL)], by=_EVIL)
    private = PrivateDetails(phone=_PHONE, id_number=_ID, contact=_EVIL)
    house.store.experts.save(
        [replace(ZHANG, name=_EVIL, organization=_EVIL, directions=(_EVIL,), private=private)], by=_EVIL
    )


def test_no_page_runs_what_was_written(house: House) -> None:
    haunt(house)
    client = house.logged_in("zhang", Role.MANAGER)
    token = token_on(client.get("/").text)
    client.post("/demands/D1/visits", data={"visited": "2026-01-01", "text": _EVIL, "csrf_token": token})
    files = {"files": (f"{_EVIL}.csv", "专家编号,姓名\nE7,<b>x".encode(), "text/csv")}
    client.post("/imports", data={"kind": "experts", "csrf_token": token}, files=files)
    addresses = ["/", "/experts", "/demands", "/imports", "/jobs", "/experts/E1", "/experts/E1/edit", "/demands/D1"]
    addresses += ["/demands/D1/edit", "/demands/new", f"/experts?q={_EVIL}", f"/demands?q={_EVIL}", f"/{_EVIL}"]
    pages = {address: client.get(address).text for address in addresses}
    pages["private"] = client.post("/experts/E1/private", data={"csrf_token": token}).text
    pages["refused"] = client.post("/demands/new", data={"id": _EVIL, "title": _EVIL, "csrf_token": token}).text
    pages["login"] = house.visitor().get("/login", params={"next": f"/{_EVIL}"}).text
    for address, shown in pages.items():
        assert "<img src=x" not in shown, address
        assert "'><b>" not in shown, address
    assert "&lt;img src=x onerror" in pages["/demands/D1"]
    assert "{{7*7}}" in pages["/demands/D1"]


def test_the_log_of_a_whole_session_names_nobody(house: House) -> None:
    stream, logger = io.StringIO(), logging.getLogger("service")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        haunt(house)
        client, portal = house.logged_in("zhang.san", Role.MANAGER), Portal(house)
        token = {"csrf_token": token_on(client.get("/").text)}
        for address in (f"/experts?q={_PHONE}", f"/experts/{_ID}", "/experts/E1", "/experts/E1/edit", "/demands/D1"):
            client.get(address)
        client.post("/experts/E1/private", data=token)
        client.post("/experts/E1/edit", data={**token, "seen": "1", "private.phone": _PHONE})
        sheet = f"专家编号,姓名,手机,证件号\nE7,秘密人,{_PHONE},{_ID}\n".encode()
        client.post("/imports", data={**token, "kind": "experts"}, files={"files": ("秘密人.csv", sheet)})
        client.post("/jobs/exports", data={**token, "kind": "experts"})
        for job in house.store.jobs.list(JobWish()):
            house.service.job_runner().run(job.id)
        portal.client.post("/api/v1/demands", json={**FORM, "contact": {"person": "秘密人", "phone": _PHONE}})
        portal.client.post("/api/v1/demands", json={**FORM, "title": 7, "contact": {"phone": [_PHONE]}})
        portal.get(f"/experts/{_ID}")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    told = stream.getvalue()
    assert told.count("\n") > 15
    for secret in (_PHONE, _ID, "秘密人", "zhang.san", "onerror", "testclient"):
        assert secret not in told, secret
