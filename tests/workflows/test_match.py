"""From a database to an answer: rules, filters, gaps, needs, the reverse direction, and answers that follow changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.demand import Demand, Enterprise, Need
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.match import Band, FindingKind, MatchResult
from matcher.domain.vocabulary import (
    Availability,
    EngagementKind,
    EngagementStatus,
    EvidenceType,
    PostStatus,
    Purpose,
    ReviewStatus,
    TitleLevel,
)
from matcher.explain.passages import PassageFinder
from matcher.rank.filters import ExpertFilter
from matcher.rank.gap import FieldNamer
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.resources import bundled
from matcher.store import OwnedItem, Store, open_store
from matcher.store.fake_cipher import FakeCipher
from matcher.text.reading import read_demand, read_text
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_recipe import IndexRecipe
from matcher.workflows.match import Matchmaker, MatchRequest, RuleSetting, readings
from matcher.workflows.report import Reporter, report_all
from matcher.workflows.reverse import fitting_demands
from tests.rank.world import ENCODER, WEIGHTS

TODAY = date(2026, 6, 1)
SENIOR = Expert(
    "E1", "郑一", organization="北辰示例大学", directions=("盐碱地改良",), title="教授", title_level=TitleLevel.SENIOR,
    post_status=PostStatus.ACTIVE, consent_date=date(2025, 1, 1), review=ReviewStatus.APPROVED, region_code="220100",
    industry_codes=("3610",), yearly_limit=9,
)  # fmt: skip
ELSEWHERE = replace(
    SENIOR, id="E2", name="王二", title="副教授", title_level=TitleLevel.ASSOCIATE, region_code="110000",
    industry_codes=(), societies=("中国水利学会",), consent_date=None,
)  # fmt: skip
PEOPLE = [
    SENIOR,
    ELSEWHERE,
    replace(SENIOR, id="E3", name="李三", post_status=PostStatus.DECEASED),
    replace(SENIOR, id="E4", name="赵四", directions=("铝合金焊接",), avoid_units=("松江示例农场",)),
]
SALINE = "苏打盐碱地水稻耐盐品种筛选"
ITEMS = [
    OwnedItem("E1", EvidenceItem("I1", EvidenceType.PAPER, SALINE, "盐碱土壤出苗。")),
    OwnedItem("E2", EvidenceItem("I1", EvidenceType.PAPER, SALINE, "盐碱土壤出苗。")),
    OwnedItem("E3", EvidenceItem("I2", EvidenceType.PROJECT, "盐碱地土壤改良与玉米出苗", "盐碱地。")),
    OwnedItem("E4", EvidenceItem("I3", EvidenceType.PATENT, "铝合金焊接气孔抑制方法", "焊缝气孔。")),
]
FIRM = Enterprise("松江示例农场", region_code="220800")
DEMAND = Demand("D1", "盐碱地保苗", "盐碱地土壤出苗不好", review=ReviewStatus.APPROVED, enterprise=FIRM)


class Desk:
    """Everything an answer needs, over one database."""

    def __init__(self, folder: Path, abstain_below: float = 0.25) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'matcher.db'}", FakeCipher())
        self.store.experts.save(PEOPLE, by="测试")
        self.store.items.save(ITEMS, by="测试")
        self.store.demands.save([DEMAND], by="测试")
        keeper = IndexKeeper(self.store, IndexRecipe(ENCODER), folder / "index")
        self.directory = directory = ExpertDirectory(self.store)
        queries = QueryBuilder(keeper.analyzer, ENCODER)
        book = parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8"))

        def refresh() -> None:
            keeper.catch_up()
            directory.follow()

        self.matchmaker = Matchmaker(
            index=keeper.index, queries=queries, ranker=Ranker(keeper.index, queries, WEIGHTS), directory=directory,
            rules=RuleSetting(book, HomeProvince("22", "吉林省"), TODAY),
            fields=FieldNamer([("土壤学", "soil science"), ("焊接", "welding")], ENCODER),
            abstain_below=abstain_below, refresh=refresh,
        )  # fmt: skip
        finder = PassageFinder(keeper.analyzer, ENCODER)
        self.reporter = Reporter(self.store, directory, self.matchmaker, finder)

    def ask(self, purpose: Purpose = Purpose.ENTERPRISE_VISIT, **filters: object) -> MatchResult:
        request = MatchRequest(purpose, 10, filters=ExpertFilter(**filters))  # type: ignore[arg-type]
        return self.matchmaker.match(read_demand(DEMAND), request, DEMAND)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def names(result: MatchResult) -> list[str]:
    return [one.ranked.expert_id for one in result.experts]


def test_the_forbidden_are_listed_with_their_reason_and_the_ranks_close_up(desk: Desk) -> None:
    result = desk.ask()
    assert names(result)[:2] == ["E1", "E2"]
    assert [one.ranked.rank for one in result.experts] == list(range(1, len(result.experts) + 1))
    excluded = {one.ranked.expert_id: one.findings[0].rule for one in result.excluded}
    assert excluded["E3"] == "person_available"


def test_rules_follow_the_purpose(desk: Desk) -> None:
    result = desk.ask(Purpose.EXPERT_STATION)
    assert "E2" not in names(result)
    assert any(one.ranked.expert_id == "E2" and one.findings[0].rule == "title_floor" for one in result.excluded)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"title_levels": (TitleLevel.ASSOCIATE,)}, ["E2"]),
        ({"regions": ("22",)}, ["E1"]),
        ({"units": ("没有这所",)}, []),
        ({"overseas": True}, []),
        ({"societies": ("水利",)}, ["E2"]),
        ({"industries": ("36",)}, ["E1"]),
        ({"availability": (Availability.FREE,)}, ["E1"]),
        ({"availability": (Availability.TO_ASK, Availability.FULL)}, ["E2"]),
    ],
)
def test_filters_narrow_the_list(desk: Desk, filters: dict[str, object], expected: list[str]) -> None:
    assert [name for name in names(desk.ask(**filters)) if name != "E4"] == expected


def test_the_ledger_stands_behind_capacity(desk: Desk) -> None:
    line = Engagement(
        "L1", EngagementKind.VISIT, "某厂", "E1", visit_date=date(2026, 3, 1), status=EngagementStatus.COMPLETED
    )
    desk.store.ledger.save([line], by="测试")
    desk.store.experts.save([replace(SENIOR, yearly_limit=1)], by="测试")
    assert "E1" not in names(desk.ask())


def test_a_change_is_in_the_next_answer(desk: Desk) -> None:
    assert "E5" not in names(desk.ask())
    desk.store.experts.save([replace(SENIOR, id="E5", name="孙五", directions=("盐碱地土壤保苗",))], by="测试")
    assert "E5" in names(desk.ask())
    desk.store.experts.save([replace(SENIOR, post_status=PostStatus.DISABLED)], by="测试")
    assert "E1" not in names(desk.ask())


def test_an_unapproved_demand_is_ranked_and_marked(desk: Desk) -> None:
    pending = replace(DEMAND, review=ReviewStatus.PENDING)
    result = desk.matchmaker.match(read_demand(pending), MatchRequest(), pending)
    assert names(result)
    assert [(f.rule, f.kind) for f in result.about] == [("demand_review", FindingKind.UNKNOWN)]


def test_nobody_suits_a_strange_demand_and_the_gap_is_named(desk: Desk) -> None:
    result = desk.matchmaker.match(read_text("量子引力波探测卫星"), MatchRequest())
    assert result.gap is not None
    assert result.gap.message.startswith("库中暂无合适专家：最接近者的匹配概率为 ")


def test_list_and_single_explanation_call_the_nearest_the_same_where_nobody_is_proposed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, abstain_below=0.99)
    report = desk.reporter.report(read_demand(DEMAND), desk.ask(), DEMAND, DEMAND.title)
    nearest = report.experts[0]
    assert report.result.abstained
    assert nearest.score > 0.3
    ((reading, title, alone),) = desk.reporter.of_people(DEMAND, [nearest.expert.id], MatchRequest())
    assert (reading.id, title) == ("D1", "盐碱地保苗")
    assert alone.band is nearest.band is Band.REFERENCE
    desk.store.close()


def test_a_scrap_of_text_is_answered_with_a_warning(desk: Desk) -> None:
    def hints(text: str) -> tuple[str, ...]:
        reading = read_text(text)
        return desk.reporter.report(reading, desk.matchmaker.match(reading, MatchRequest()), None, "").hints

    assert hints("鱼 不好")[0].startswith("只写了 3 个字，看不出具体问题")
    gap = desk.matchmaker.match(read_text("asdf"), MatchRequest()).gap
    assert gap is not None
    assert gap.disciplines == ()
    assert gap.message.endswith("。请写明具体问题再匹配。")
    assert hints("盐碱地土壤出苗不好，去年春天换了品种、加了石膏，出苗率仍旧只有四成，想请专家看看土。") == ()


def test_the_field_that_a_demand_wants_is_named() -> None:
    namer = FieldNamer([("土壤学", "soil"), ("焊接冶金", "welding"), ("焊接结构", "welding")], ENCODER)
    wanted = replace(DEMAND, title="气密不过", problem="土壤学土壤学", wanted="焊接冶金", keywords=())
    assert namer.nearest(read_demand(wanted))[0] == "焊接冶金"
    assert namer.nearest(read_text("")) == ()


def test_the_gap_says_when_rules_or_filters_are_the_reason(desk: Desk) -> None:
    out = [replace(person, post_status=PostStatus.DECEASED) for person in PEOPLE]
    desk.store.experts.save(out, by="测试")
    gap = desk.ask().gap
    assert gap is not None
    assert "位对口的专家，但按规则不能安排" in gap.message
    filtered = desk.ask(units=("没有这所",)).gap
    assert filtered is not None
    assert filtered.message.startswith("按所设筛选条件，库中暂无合适专家：没有符合条件的人")


def test_an_expert_without_anything_in_common_is_still_checked(desk: Desk) -> None:
    desk.store.experts.save([replace(PEOPLE[2], id="E7", directions=())], by="测试")
    found = desk.matchmaker.single(read_demand(DEMAND), "E7", MatchRequest(), DEMAND)
    assert found is not None
    assert (found.ranked.votes, [finding.rule for finding in found.findings]) == ((), ["person_available"])
    assert desk.matchmaker.single(read_demand(DEMAND), "E99", MatchRequest(), DEMAND) is None


def test_a_confirmed_split_ranks_each_need(desk: Desk) -> None:
    needs = (Need("D1", 1, "盐碱地", "盐碱地土壤出苗"), Need("D1", 2, "焊接", "铝合金焊缝气孔"))
    desk.store.demands.set_needs("D1", needs, by="测试")
    demand = desk.store.demands.get("D1")
    assert demand is not None
    assert [reading.id for reading in readings(demand)] == ["D1#1", "D1#2"]
    reports = list(report_all([demand], MatchRequest(), desk.matchmaker, desk.reporter))
    assert [report.title for report in reports] == ["盐碱地", "焊接"]
    assert reports[0].experts[0].expert.id == "E1"
    assert reports[1].excluded[0].expert.id == "E4"


def test_co_authors_of_one_item_are_shown_as_a_team(desk: Desk) -> None:
    report = next(report_all([DEMAND], MatchRequest(), desk.matchmaker, desk.reporter))
    assert report.teams[0].lead.expert.id == "E1"
    assert [member.expert.id for member in report.teams[0].members] == ["E2"]
    assert report.experts[0].reasons[0].passage.words


def test_the_reverse_direction_gives_the_same_probabilities(desk: Desk) -> None:
    other = replace(DEMAND, id="D2", title="焊接气孔", problem="铝合金焊缝有气孔")
    forward = {one.ranked.expert_id: one.ranked.score for one in desk.ask().experts}
    found = fitting_demands("E1", [DEMAND, other], MatchRequest(), desk.matchmaker)
    assert found.demands[0].demand.id == "D1"
    assert found.demands[0].checked.ranked.score == pytest.approx(forward["E1"])
    assert not found.best_is_weak


def test_the_reverse_direction_keeps_forbidden_demands_apart(desk: Desk) -> None:
    other = replace(DEMAND, title="焊接气孔", problem="铝合金焊缝有气孔")
    found = fitting_demands("E4", [other], MatchRequest(), desk.matchmaker)
    assert ([one.demand.id for one in found.demands], [one.demand.id for one in found.forbidden]) == ([], ["D1"])
