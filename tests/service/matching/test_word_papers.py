"""Word documents of frozen runs: what they hold, who gets them when, and what a broken template does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from matcher.documents.errors import PlaceholderUnknown
from matcher.documents.paper import Paper
from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.demand import DemandContact
from matcher.domain.vocabulary import PostStatus, Purpose
from matcher.shipped import Shipped
from matcher.store.errors import RecordUnknown
from matcher.workflows.run_documents import (
    InvitationTooEarly,
    InvitedCannotGo,
    Letterhead,
    NotChosen,
    RunNotIntact,
    invitation,
    liaison_plan,
)
from service.matching.desk import MatchAsk
from service.security.actor import Actor
from tests.service.house import House
from tests.service.matching.world import DEMAND, SENIOR, furnish, worker

FIRM = "松江<示例>农场 & {{ 7*7 }}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[House]:
    """One for the module, as an index takes longer to build than all documents; each test freezes a run of its own."""
    home: Path = tmp_path_factory.mktemp("home")
    built = House(f"sqlite:///{home / 'm.db'}", home, shipped=shipped, issuer="示例省科学技术协会")
    furnish(built)
    built.store.demands.save([replace(DEMAND, enterprise=replace(DEMAND.enterprise, name=FIRM))], by="测试")
    yield built
    built.service.close()


@pytest.fixture(scope="module")
def chief(house: House) -> Actor:
    return worker(house, "chief")


def frozen(house: House, chief: Actor, second: str = "E2") -> str:
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", "电话里愿意来", chief)
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, second, "", chief)
    return house.service.runs.freeze("D1", MatchAsk(), "", chief).run.id


def read(paper: Paper) -> str:
    document = Document(BytesIO(paper.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_liaison_plan_holds_the_run_as_it_was_frozen(house: House, chief: Actor) -> None:
    id = frozen(house, chief)
    house.store.experts.save([replace(SENIOR, name="郑一改")], by="测试")
    paper = house.service.run_papers.liaison_plan(id, chief)
    house.store.experts.save([SENIOR], by="测试")
    text = read(paper)
    assert paper.name == f"对接方案{id}（草稿）.docx"
    assert f"拟组织郑一、王二赴{FIRM}（白城市）" in text
    digest = house.service.runs.get(id, chief).run.digest
    assert (f"校验值：{digest[:16]}……" in text, digest in text) == (True, False)
    assert digest in house.logged_in("he", Role.MANAGER).get(f"/runs/{id}").text
    for part in ("盐碱地水稻出苗不好，土壤返白", "北辰示例大学，教授", "论文《苏打盐碱地水稻耐盐品种筛选》"):
        assert part in text
    for part in ("入围说明：电话里愿意来", "责任单位", "示例省科学技术协会", "2026年3月2日"):
        assert part in text
    assert "郑一改" not in text
    assert "系统签署" not in text
    house.service.runs.sign(id, "同意", chief)
    signed = read(house.service.run_papers.liaison_plan(id, chief))
    assert ("同意" in signed, "chief 先生（系统签署）\n2026-03-02" in signed, "已签" in signed) == (True, True, True)


def test_what_was_changed_since_makes_no_document(house: House, chief: Actor) -> None:
    shown = replace(house.service.runs.get(frozen(house, chief), chief), intact=False)
    regions, head = house.service.application.reference.regions, Letterhead("", date(2026, 3, 2))
    with pytest.raises(RunNotIntact, match="可能被改动过，不能出具文书"):
        liaison_plan(shown, (), DemandContact(), regions, head)
    with pytest.raises(RunNotIntact):
        invitation(shown, "E1", (), regions, head)


def test_the_contact_stands_there_for_whoever_may_see_it_and_the_log_says_so(house: House, chief: Actor) -> None:
    officer, id = worker(house, "officer", Role.OFFICER), frozen(house, chief)
    assert "孙经理　13912345678" in read(house.service.run_papers.liaison_plan(id, chief))
    acts = [(one.entry.action, one.entry.subject) for one in house.audit()[-2:]]
    assert acts == [(AuditAction.EXPORT_PRIVATE, "需求:D1"), (AuditAction.EXPORT_RUN, f"匹配结果:{id}")]
    blank = read(house.service.run_papers.liaison_plan(id, officer))
    assert ("孙" in blank, "139" in blank) == (False, False)
    with pytest.raises(RecordUnknown):
        house.service.run_papers.liaison_plan(id, worker(house, "far", Role.OFFICER, "2205"))


def test_an_invitation_goes_to_somebody_chosen_once_people_have_signed(house: House, chief: Actor) -> None:
    house.store.experts.save([replace(SENIOR, id="E5", name="周五")], by="测试")
    papers, id = house.service.run_papers, frozen(house, chief, "E5")
    with pytest.raises(InvitationTooEarly, match="签署之后才能出具邀请函"):
        papers.invitation(id, "E1", chief)
    house.service.runs.sign(id, "", chief)
    paper = papers.invitation(id, "E1", chief)
    text = read(paper)
    assert paper.name == f"邀请函{id} 郑一.docx"
    for part in (
        "尊敬的郑一教授：",
        FIRM,
        "（白城市）",
        "“盐碱地保苗”",
        "论文《苏打盐碱地水稻耐盐品种筛选》",
        "技术咨询、实地对接",
    ):
        assert part in text
    assert "13912345678" not in text
    for nobody in ("E4", "E999"):
        with pytest.raises(NotChosen):
            papers.invitation(id, nobody, chief)
    assert papers.invitation(id, "E5", chief).name == f"邀请函{id} 周五.docx"
    house.store.experts.save([replace(SENIOR, id="E6", name="周五")], by="测试")
    house.store.experts.merge("E6", "E5", by="测试")
    assert papers.invitation(id, "E5", chief).name == f"邀请函{id} 周五.docx"
    house.store.experts.erase("E6", by="测试")
    with pytest.raises(NotChosen):
        papers.invitation(id, "E5", chief)


def test_whoever_cannot_go_any_more_is_not_invited_and_the_plan_says_so_throughout(house: House, chief: Actor) -> None:
    id, papers = frozen(house, chief), house.service.run_papers
    house.service.runs.sign(id, "", chief)
    assert "截至" not in read(papers.liaison_plan(id, chief))
    house.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    plan, sheet = papers.liaison_plan(id, chief), papers.workbook(id, chief)
    with pytest.raises(InvitedCannotGo, match="郑一（E1）：在岗状态为“停用”，不能安排。请另选专家，重新保存"):
        papers.invitation(id, "E1", chief)
    manager = house.logged_in("zheng", Role.MANAGER)
    refused, shown = manager.get(f"/runs/{id}/invitation/E1.docx"), manager.get(f"/runs/{id}").text
    house.store.experts.save([SENIOR], by="测试")
    assert (refused.status_code, "在岗状态为“停用”" in refused.text) == (409, True)
    assert (f"{id}/invitation/E1.docx" in shown, f"{id}/invitation/E2.docx" in shown) == (False, True)
    document = Document(BytesIO(plan.content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert "截至2026年3月2日，入围专家的情况与保存时相比有变化，不能照此邀请：" in lines
    assert "1.郑一（E1）：在岗状态为“停用”，不能安排。" in lines
    assert "1.郑一：在岗状态为“停用”，不能安排。" in lines
    assert "（1）郑一不能安排，未列入建议，须另选他人或作出说明。" in lines
    assert any(line.startswith("（2）拟组织王二赴") for line in lines)
    people = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert [(row[1], row[4]) for row in people[1:]] == [("郑一", "在岗状态为“停用”，不能安排"), ("王二", "无")]
    rows = list(load_workbook(BytesIO(sheet.content))["入围专家"].values)
    assert [row[-1] for row in rows] == ["保存之后的变化（截至 2026-03-02）", "在岗状态为“停用”，不能安排", "无"]


def test_a_draft_with_somebody_forbidden_does_not_contradict_itself(house: House, chief: Actor) -> None:
    text = read(house.service.run_papers.liaison_plan(frozen(house, chief, "E3"), chief))
    house.service.shortlists.drop("D1", Purpose.ENTERPRISE_VISIT, "E3", chief)
    assert text.count("在岗状态为“已故”，不能安排") == 2
    assert "李三不能安排，未列入建议" in text
    assert f"拟组织郑一、王二赴{FIRM}" in text


def test_the_page_offers_the_documents_and_a_broken_template_is_told(house: House, chief: Actor) -> None:
    id = frozen(house, chief)
    plan, letter = f"/runs/{id}/plan.docx", f"/runs/{id}/invitation/E1.docx"
    reader, manager = house.logged_in("wang", Role.READER), house.logged_in("zhou", Role.MANAGER)
    assert [reader.get(path).status_code for path in (plan, letter)] == [403, 403]
    shown = manager.get(f"/runs/{id}").text
    assert (plan in shown, letter in shown) == (True, False)
    assert manager.get(letter).status_code == 409
    house.service.runs.sign(id, "", chief)
    assert letter in manager.get(f"/runs/{id}").text
    told = manager.get(letter)
    assert (told.status_code, told.content[:2]) == (200, b"PK")
    assert told.headers["content-type"].endswith("wordprocessingml.document")
    assert manager.get(f"/runs/{id}/invitation/E9.docx").status_code == 404

    own = house.service.application.word_templates.folder
    own.mkdir()
    wrong, made = Document(), BytesIO()
    wrong.add_paragraph("{{ 企业.地址 }}")
    wrong.save(made)
    (own / "对接方案.docx").write_bytes(made.getvalue())
    broken = manager.get(plan)
    assert (broken.status_code, "“企业”中没有“地址”这一项" in broken.text) == (409, True)
    with pytest.raises(PlaceholderUnknown):
        house.service.run_papers.liaison_plan(id, chief)
