"""Files of frozen runs: what they hold, who gets them, that texts stay texts."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from matcher.domain.account import Role
from matcher.domain.audit import AuditAction
from matcher.domain.vocabulary import Purpose
from matcher.shipped import Shipped
from matcher.store.errors import RecordUnknown
from service.matching.desk import MatchAsk
from tests.service.house import House
from tests.service.matching.world import DEMAND, furnish, worker

FORMULA = '=HYPERLINK("http://x.cn","点我")'


@pytest.fixture
def house(tmp_path, shipped: Shipped) -> House:
    built = House(f"sqlite:///{tmp_path / 'm.db'}", tmp_path, shipped=shipped)
    furnish(built)
    built.store.demands.save([replace(DEMAND, problem=f"{FORMULA}，{DEMAND.problem}", title=FORMULA)], by="测试")
    return built


def test_a_workbook_holds_the_run_and_no_formula(house: House) -> None:
    chief, far = worker(house, "chief"), worker(house, "far", Role.OFFICER, "2205")
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", FORMULA, chief)
    run = house.service.runs.freeze("D1", MatchAsk(), "", chief).run
    paper = house.service.run_papers.workbook(run.id, chief)
    book = load_workbook(BytesIO(paper.content))
    assert paper.name == f"匹配结果{run.id}（草稿）.xlsx"
    assert book.sheetnames == ["入围专家", "汇总表", "技术需求与解决方案对照表", "匹配依据", "未列入人员"]
    chosen = [[cell.value for cell in row] for row in book["入围专家"].iter_rows(min_row=2)]
    assert [(row[1], row[2], row[7]) for row in chosen] == [("E1", "郑一", FORMULA)]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} == {"s"}
    assert "13912345678" not in str([cell.value for cell in cells])
    exported = [one for one in house.audit() if one.entry.action is AuditAction.EXPORT_RUN]
    assert [one.entry.subject for one in exported] == [f"匹配结果:{run.id}"]
    with pytest.raises(RecordUnknown):
        house.service.run_papers.workbook(run.id, far)


def test_only_who_may_export_gets_the_file(house: House) -> None:
    chief = worker(house, "chief")
    house.service.shortlists.put("D1", Purpose.ENTERPRISE_VISIT, "E1", "", chief)
    run = house.service.runs.freeze("D1", MatchAsk(), "", chief).run
    address = f"/runs/{run.id}/export.xlsx"
    reader, manager = house.logged_in("wang", Role.READER), house.logged_in("zhou", Role.MANAGER)
    assert reader.get(address).status_code == 403
    assert address not in reader.get(f"/runs/{run.id}").text
    assert address in manager.get(f"/runs/{run.id}").text
    told = manager.get(address)
    assert (told.status_code, told.content[:2]) == (200, b"PK")
    assert told.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%8C%B9")
