"""Plans of stations from a database: made, kept, shown after a restart, steered, signed; what changed since says so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.audit import AuditAction, AuditEntry
from matcher.domain.demand import Demand, Enterprise
from matcher.domain.engagement import Engagement
from matcher.domain.plan import PlanState
from matcher.domain.vocabulary import (
    EngagementKind,
    EngagementStatus,
    PostStatus,
    ReviewStatus,
    ServiceKind,
    StationKind,
    TitleLevel,
)
from matcher.intake.ledger_columns import LEDGER_TABLE
from matcher.plan.book import parse_plan_book
from matcher.plan.errors import ChoiceUnknown
from matcher.plan.problem import Choice, Steering
from matcher.plan.solver import solve
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.reference.regions import Regions
from matcher.resources import bundled
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import RuleSetting
from matcher.workflows.plan_archive import Act, KeptPlan, PlanNotSignable, StationArchive
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_ground import PlanGround
from matcher.workflows.plan_report import PlanReporter
from matcher.workflows.plan_sheets import station_sheets
from matcher.workflows.plan_sight import PlanSights
from matcher.workflows.plan_stations import StationPlanner
from tests.workflows.test_match import FIRM, PEOPLE, SENIOR, TODAY, Desk

BOOK = parse_plan_book(bundled("plan.toml").read_text(encoding="utf-8")).stations
RULES = RuleSetting(
    parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8")), HomeProvince("22", "吉林省"), TODAY
)
ONE = StationRequest(2026, quota_academician=0, quota_expert=1)
ACT = Act("王处", lambda at, action, subject: AuditEntry(at, "王处", "本机", "", action, subject))
SALINE = Demand(
    "D1", "盐碱地保苗", "盐碱地土壤出苗不好", review=ReviewStatus.APPROVED, services=(ServiceKind.STATION,),
    enterprise=replace(FIRM, kind="有限责任公司"),
)  # fmt: skip
WELDING = Demand(
    "D2", "焊缝气孔", "铝合金焊接气孔抑制", review=ReviewStatus.APPROVED, station_kind=StationKind.EXPERT,
    enterprise=Enterprise("延边示例焊接有限公司", region_code="222401", kind="有限责任公司", rd_units=("技术中心",)),
)  # fmt: skip
PENDING = replace(SALINE, id="D3", review=ReviewStatus.PENDING, enterprise=Enterprise("另一家", region_code="220100"))


class PlanDesk(Desk):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.store.demands.save([SALINE, WELDING, PENDING], by="测试")
        self.store.experts.save([replace(p, title_level=TitleLevel.SENIOR, title="教授") for p in PEOPLE], by="测试")
        directory = ExpertDirectory(self.store)
        regions = Regions.load(bundled("reference"))
        self.planner = StationPlanner(PlanGround(self.store, directory, self.matchmaker, RULES, regions, solve), BOOK)
        sights = PlanSights(self.store, directory, self.matchmaker, self.reporter)
        self.archive = StationArchive(self.store, self.planner, sights)
        self.views = PlanReporter(sights)

    def kept(self, request: StationRequest = ONE, id: str = "") -> KeptPlan:
        return self.archive.keep(request, *self.planner.plan(request), ACT, id=id)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlanDesk]:
    desk = PlanDesk(tmp_path)
    yield desk
    desk.store.close()


def chiefs(kept: KeptPlan) -> list[tuple[str, str]]:
    return [(station.demand_id, station.expert_id) for station in kept.plan.stations]


def test_a_plan_is_the_same_after_a_restart_and_names_why_others_are_left(desk: PlanDesk, tmp_path: Path) -> None:
    kept = desk.kept()
    desk.store.close()
    again = PlanDesk(tmp_path)
    shown = again.archive.show(kept.record.id)
    assert (shown.record, shown.plan, shown.against) == (kept.record, kept.plan, ())
    assert again.kept().record.digest == kept.record.digest
    assert {one.demand_id: one.why for one in shown.plan.unchosen}["D3"] == "待核：需求尚未审核，只能预排"
    again.store.close()


def test_a_plan_whose_expert_was_disabled_or_erased_meanwhile_says_so(desk: PlanDesk) -> None:
    kept = desk.kept(replace(ONE, quota_expert=2))
    people = {name for _, name in chiefs(kept)}
    assert people == {"E1", "E4"}
    desk.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    desk.store.experts.erase("E4", by="测试")
    shown = desk.archive.show(kept.record.id)
    said = {(v.expert_id, v.message) for v in shown.against}
    assert ("E1", "在岗状态为“停用”，不能安排") in said
    assert ("E4", "专家已不在库中（本人要求删除或已移除）") in said
    assert desk.views.of_kept(shown).person("E4") == "（E4，已不在库中）"
    with pytest.raises(PlanNotSignable, match="停用"):
        desk.archive.sign(kept.record.id, None, ACT)


def test_what_was_confirmed_is_kept_when_solving_again(desk: PlanDesk) -> None:
    fixed = replace(ONE, steering=Steering(fixed=(Choice("D1"),)))
    kept = desk.kept(fixed)
    desk.archive.confirm(kept.record.id, [Choice("D1")], ACT)
    (confirmed,) = desk.store.plans.get(kept.record.id).confirmed
    request = desk.archive.again(kept.record.id, Steering(preferred=(Choice("D2", "E4"),)))
    second = desk.kept(request, kept.record.id)
    assert confirmed == ":".join(chiefs(second)[0])
    assert (second.record.version, second.record.confirmed) == (2, (confirmed,))
    assert desk.archive.compare((kept.record.id, 1), (kept.record.id, 2)).same


def test_who_counts_as_available_and_why_the_others_do_not(desk: PlanDesk) -> None:
    kept = desk.kept(replace(ONE, quota_expert=3))
    (missed,) = desk.views.of_kept(kept).plan.shortfalls
    assert missed.message.startswith("科技专家工作站名额 3，可用专家 2（共可任 8 站）")
    assert missed.counted == (
        "库中专家 4 位，现在不能任首席的 2 位（已故、退出或停用 1 位，授权同意日期未填 1 位）；"
        "可任首席的 2 位中，2 位与可建站的需求对口，即“可用”"
    )


def test_a_signed_plan_stands_in_the_audit_log(desk: PlanDesk) -> None:
    kept = desk.kept()
    assert desk.archive.sign(kept.record.id, None, ACT).state is PlanState.SIGNED
    newest = desk.store.audit.newest(1)[0].entry
    assert (newest.action, newest.after) == (AuditAction.SIGN_PLAN, {"state": "已签"})


def test_a_missed_target_must_be_accepted_before_signing(desk: PlanDesk) -> None:
    request = replace(ONE, quota_academician=1)
    kept = desk.kept(request)
    with pytest.raises(PlanNotSignable, match="院士名额 1，可用院士 0"):
        desk.archive.sign(kept.record.id, None, ACT)
    accepted = desk.archive.again(kept.record.id, Steering(accepted=("院士专家工作站名额",)))
    desk.kept(accepted, kept.record.id)
    assert desk.archive.sign(kept.record.id, 2, ACT).version == 2


def test_the_ledger_takes_quota_and_the_enterprise_from_the_plan(desk: PlanDesk) -> None:
    line = Engagement(
        "L1", EngagementKind.EXPERT_STATION, WELDING.enterprise.name, "E9", demand_id="D9",
        agreement_start=date(2026, 2, 1), agreement_end=date(2029, 1, 31), status=EngagementStatus.RUNNING,
    )  # fmt: skip
    desk.store.ledger.save([line], by="测试")
    kept = desk.kept(replace(ONE, quota_expert=2))
    assert [demand for demand, _ in chiefs(kept)] == ["D1"]
    assert kept.plan.shortfalls == ()
    assert {o.demand_id: o.why for o in kept.plan.unchosen}["D2"] == "不可：企业已有工作站（台账 D9），不再新建"


def test_an_agreement_that_is_too_short_blocks_its_pair(desk: PlanDesk) -> None:
    line = Engagement(
        "L1", EngagementKind.EXPERT_STATION, WELDING.enterprise.name, "E4", demand_id="D2",
        agreement_start=date(2026, 1, 1), agreement_end=date(2027, 12, 31),
    )  # fmt: skip
    desk.store.ledger.save([line], by="测试")
    kept = desk.kept(replace(ONE, steering=Steering(fixed=(Choice("D2", "E4"),))))
    assert "协议期不足 3 年" in kept.plan.shortfalls[0].message


def test_rules_and_agreements_are_looked_at_as_in_the_plans_year(desk: PlanDesk) -> None:
    """E4's four running stations end with 2026: no month is left in this year, all of them in the next."""
    lines = [
        Engagement(
            f"L{n}", EngagementKind.EXPERT_STATION, f"企业{n}", "E4", demand_id=f"D9{n}", months_on_site=3,
            agreement_start=date(2023, 1, 1), agreement_end=date(2026, 12, 31), status=EngagementStatus.RUNNING,
        )
        for n in range(4)
    ]  # fmt: skip
    desk.store.ledger.save(lines, by="测试")
    left = {
        year: {p.id: p.tenths for p in desk.planner.problem(replace(ONE, year=year)).people}["E4"]
        for year in (2026, 2027)
    }
    assert left == {2026: 0, 2027: 120}
    withdrawn = replace(SENIOR, consent_withdrawn=date(2026, 11, 1), title="教授", title_level=TitleLevel.SENIOR)
    desk.store.experts.save([withdrawn], by="测试")
    found = [
        {p.expert_id for p in desk.planner.problem(replace(ONE, year=year)).allowed() if p.demand_id == "D1"}
        for year in (2026, 2027)
    ]
    assert ["E1" in experts for experts in found] == [True, False]


def test_whoever_does_not_exist_cannot_be_fixed(desk: PlanDesk) -> None:
    with pytest.raises(ChoiceUnknown, match="专家 E99 不在库中"):
        desk.planner.problem(replace(ONE, steering=Steering(fixed=(Choice("D1", "E99"),))))


def test_the_workbook_has_a_ledger_that_can_be_imported(desk: PlanDesk) -> None:
    sheets = station_sheets(desk.views.of_kept(desk.kept()), BOOK, 3)
    assert [sheet.name for sheet in sheets] == ["建站计划", "汇总表", "台账", "匹配依据", "未安排的需求", "说明"]
    assert [column.header for column in LEDGER_TABLE.columns if column.shown] == [
        title for title in sheets[2].header if title != "专家姓名"
    ]
    ledger = [dict(zip(sheets[2].header, row, strict=True)) for row in sheets[2].rows]
    assert [(row["角色"], row["状态"], row["年驻站月数"]) for row in ledger][:1] == [("首席", "拟建", 3)]
    first, *others = sheets[1].rows
    assert first[:6] == ("合计", "2 项需求未安排", 0, 1, 1, 10)
    assert {row[0] for row in others} == {"市州", "行业", "筹建方式", "首席"}


def test_a_plan_says_later_what_it_said_on_its_day(desk: PlanDesk) -> None:
    kept = desk.kept()
    desk.archive.sign(kept.record.id, None, ACT)
    signed = desk.views.of_kept(desk.archive.show(kept.record.id))
    ((_, chief),) = chiefs(kept)
    person = desk.store.experts.get(chief)
    nothing = replace(person, name="改名", directions=("甲骨文",), keywords=(), representative_results=())
    desk.store.experts.save([nothing], by="测试")
    desk.store.items.unlink(chief, ["I1", "I3"], by="测试")
    desk.store.demands.save([replace(SALINE, title="改题")], by="测试")
    later = desk.views.of_kept(desk.archive.show(kept.record.id))
    assert (later.stations, later.experts, later.demands) == (signed.stations, signed.experts, signed.demands)
    assert later.reason(later.stations[0]) == signed.reason(signed.stations[0])
    assert (signed.changed, [one.expert_id for one in later.changed]) == ((), [chief])
    assert later.changed[0].message.startswith("制定时")
    desk.store.experts.erase(chief, by="测试")
    gone = desk.views.of_kept(desk.archive.show(kept.record.id))
    assert (gone.person(chief), gone.stations[0].evidence) == (f"（{chief}，已不在库中）", None)


def test_a_version_of_former_days_is_explained_by_the_library_of_today(desk: PlanDesk) -> None:
    kept = desk.kept()
    document = json.loads(kept.record.document)
    del document["demands"]
    old = replace(kept.record, id="", document=json.dumps(document))
    record = desk.store.plans.add(old, note=ACT.entry(old.made_at, AuditAction.MAKE_PLAN, "计划"))
    report = desk.views.of_kept(desk.archive.show(record.id))
    assert (report.anew, report.stations[0].evidence is not None) == (True, True)
