"""批量审核: named, confirmed, done by a job, what is left with the reason; one after another by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from matcher.domain.account import Role
from matcher.domain.demand import DemandContact
from matcher.domain.vocabulary import DemandCategory, PostStatus, RetirementStatus, ReviewStatus, TitleLevel
from service.jobs.kinds.exports import EXPORT
from tests.service.console.test_administration import send
from tests.service.console.test_records import HAN, LI, SALT, WELD
from tests.service.house import House
from tests.service.records.people import member

_RETURNED = replace(SALT, id="D3", title="另一项", review=ReviewStatus.RETURNED, review_remark="请补充")


# With everything that has a star.
_WHOLE = replace(
    WELD,
    id="D9",
    title="齿轮磨损",
    category=DemandCategory.BREAKTHROUGH,
    contact=DemandContact("王工", "13843112345"),
    enterprise=replace(
        WELD.enterprise,
        credit_code="91220101MA0Y123456",
        region_name="吉林市",
        industry_code="C34",
        industry_name="通用设备",
    ),
)
_FULL = replace(
    HAN,
    id="E9",
    name="吴平",
    birth=date(1970, 5, 1),
    title="教授",
    title_level=TitleLevel.SENIOR,
    post_status=PostStatus.ACTIVE,
    retirement=RetirementStatus.WORKING,
    discipline_codes=("210",),
    directions=("水稻",),
    keywords=("水稻",),
    consent_date=date(2025, 1, 1),
)


@pytest.fixture
def stocked(house: House) -> House:
    house.store.experts.save([LI, HAN, _FULL], by="test")
    house.store.demands.save([SALT, WELD, _RETURNED, _WHOLE], by="test")
    return house


def test_what_a_list_shows_is_approved_after_its_number_is_named(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    assert 'href="/reviews/demands?whole=true&amp;q=' in manager.get("/demands?q=公司").text
    asked = manager.get("/reviews/demands?whole=true&q=公司").text
    assert "列表里的全部 4 份需求" in asked
    assert "其中 1 份需求是“退回”，不会通过。" in asked
    told = approved(stocked, manager, "/reviews/demands?whole=true&q=公司")
    assert "审核通过 1 份需求；没有通过的 3 份需求" in told
    assert "尚缺必填项：统一社会信用代码、" in told
    assert "已退回，修改后才重新审核" in told
    assert stocked.store.demands.get("D9").review is ReviewStatus.APPROVED
    assert ("wang", "审核需求", "需求:D9", "成功") in stocked.acts()
    assert stocked.audit()[-1].entry.after == {"需求": "审核通过 1，未通过 3"}
    assert "审核通过" in manager.get("/demands/D9").text
    again = approved(stocked, manager, "/reviews/demands?id=D9&id=D1&id=X")
    assert "审核通过 0 份需求；原来就是“已审核”的 1 份需求；没有通过的 2 份需求" in again


def test_gaps_are_no_hindrance_where_that_is_ticked(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?id=D1&id=D3"
    assert "不勾选时，尚缺必填项的不通过" in manager.get(path).text
    told = ran(stocked, manager, path, form_of(manager.get(path).text) | {"with_gaps": "true"})
    assert "审核通过 1 份需求；没有通过的 1 份需求" in told
    assert "已退回，修改后才重新审核" in told
    assert stocked.store.demands.get("D1").review is ReviewStatus.APPROVED


def test_what_was_changed_after_the_confirmation_is_left(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?id=D9"
    hidden = form_of(manager.get(path).text)
    stocked.store.demands.save([replace(_WHOLE, problem="换了问题。")], by="导入")
    assert "从现在起又被修改的" in manager.get(path).text
    told = ran(stocked, manager, path, hidden)
    assert "确认之后又有修改" in told
    assert stocked.store.demands.get("D9").review is ReviewStatus.PENDING


def test_a_killed_review_goes_on_and_counts_once(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?whole=true&review=待审核"
    hidden = form_of(manager.get(path).text)
    job = manager.post(path, data=hidden).headers["location"].rpartition("/")[2]
    stocked.service.demands.approve("D9", member("wang"), as_of=int(hidden["as_of"]))  # by the attempt that was killed
    stocked.service.job_runner().run(job)
    assert "审核通过 1 份需求；没有通过的 2 份需求" in manager.get(f"/reviews/jobs/{job}").text
    assert stocked.audit()[-1].entry.after == {"需求": "审核通过 1，未通过 2"}


def test_what_a_colleague_approved_meanwhile_is_the_colleagues(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?id=D9"
    hidden = form_of(manager.get(path).text)
    stocked.service.demands.approve("D9", member("zhao"), as_of=int(hidden["as_of"]))
    assert "审核通过 0 份需求；原来就是“已审核”的 1 份需求" in ran(stocked, manager, path, hidden)


def test_of_many_that_are_left_the_first_are_told(stocked: House) -> None:
    stocked.store.demands.save([replace(WELD, id=f"K{number:03}") for number in range(203)], by="test")
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?whole=true"
    told = approved(stocked, manager, path)
    assert "审核通过 1 份需求；没有通过的 206 份需求" in told
    assert "还有 6 份需求没有列出" in told


@pytest.mark.parametrize("query", ["", "id=", f"id={'D' * 300}", f"whole=true&review={'审' * 300}"])
def test_what_names_no_record_is_refused_with_a_sentence(stocked: House, query: str) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    hidden = form_of(manager.get("/reviews/demands?id=D9").text)
    refused = manager.post(f"/reviews/demands?{query}", data=hidden)
    assert refused.status_code == 422
    assert "没有可以审核的记录" in refused.text or "提交的内容不完整或格式不对" in refused.text
    assert manager.get("/reviews/demands?id=").status_code == 200


def test_a_version_to_come_is_none_that_somebody_has_seen(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    path = "/reviews/demands?id=D9"
    hidden = form_of(manager.get(path).text) | {"as_of": str(1 << 60)}
    job = manager.post(path, data=hidden).headers["location"].rpartition("/")[2]
    stocked.store.demands.save([replace(_WHOLE, problem="换了问题。")], by="导入")
    stocked.service.job_runner().run(job)
    assert "确认之后又有修改" in manager.get(f"/reviews/jobs/{job}").text


def test_a_job_of_another_kind_is_no_review(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    job = stocked.service.jobs.start(EXPORT, "导出", {}, member("wang"))
    assert manager.get(f"/reviews/jobs/{job.id}").status_code == 404


def test_experts_are_approved_in_ones_own_place_by_who_reviews(stocked: House) -> None:
    jilin = stocked.logged_in("wang", Role.MANAGER, "吉林市")
    assert 'aria-label="勾选 E2"' in jilin.get("/experts").text
    asked = jilin.get("/reviews/experts?id=E1&id=E9&id=E2").text
    assert "选中的 3 位专家" in asked
    told = approved(stocked, jilin, "/reviews/experts?id=E1&id=E9&id=E2")
    assert "审核通过 1 位专家；没有通过的 2 位专家" in told
    assert "不在您负责的市州" in told
    assert 'href="/experts/E2/edit?missing=1">去补充</a>' in told
    assert stocked.store.experts.get("E9").review is ReviewStatus.APPROVED
    assert "还没有选专家" in jilin.get("/reviews/experts").text
    officer = stocked.logged_in("li", Role.OFFICER)
    assert "approving" not in officer.get("/experts").text
    assert officer.get("/reviews/experts?id=E1").status_code == 403


def test_after_one_the_next_is_offered(stocked: House) -> None:
    manager = stocked.logged_in("wang", Role.MANAGER)
    page = manager.get("/demands/D1").text
    assert 'value="已审核">审核通过' in page
    assert "另有 2 份待审核" in page
    send(manager, "/demands/D1/review", "/demands/D1", status="已审核", seen=seen(page))
    page = manager.get("/demands/D1").text
    assert 'value="已审核"' not in page
    assert '<a class="btn btn-primary" href="/demands/D2">下一条待审核</a>' in page
    assert 'value="退回"' not in manager.get("/demands/D3").text


def approved(house: House, client: TestClient, path: str) -> str:
    """Confirms the page and runs the job: what the result says."""
    return ran(house, client, path, form_of(client.get(path).text))


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(as_of|csrf_token)" value="(\w+)"', page))


def ran(house: House, client: TestClient, path: str, hidden: dict[str, str]) -> str:
    place = client.post(path, data=hidden).headers["location"]
    house.service.job_runner().run(place.rpartition("/")[2])
    return client.get(place).text


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]
