"""Lists of experts and demands out of a store, and how they follow it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from matcher.catalogue.catalogue import Catalogue, Layout
from matcher.catalogue.query import UNSTATED, CatalogueQuery, Entry, Sort
from matcher.domain.demand import Demand, DemandContact, Enterprise
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import (
    EngagementKind,
    EngagementStatus,
    EvidenceType,
    PostStatus,
    ReviewStatus,
    TitleLevel,
)
from matcher.rank.rule_book import HomeProvince, parse_rule_book
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store import Store
from matcher.store.records import Change, ChangeKind, OwnedItem
from matcher.workflows.catalogue_keeper import CatalogueKeeper
from matcher.workflows.demand_catalogue import DemandSource
from matcher.workflows.expert_catalogue import ExpertSource
from matcher.workflows.match import RuleSetting
from tests.store.conftest import cipher, postgresql, postgresql_template, sqlite_template, store, url
from tests.workflows.import_setting import reference_tables

__all__ = ["cipher", "postgresql", "postgresql_template", "reference_tables", "sqlite_template", "store", "url"]

ZHANG = Expert(
    "E1",
    "张伟",
    organization="吉林大学",
    directions=("玉米育种",),
    region_code="220104",
    title_level=TitleLevel.SENIOR,
    honours=("国家杰出青年科学基金获得者",),
    discipline_codes=("210.3010", "自造学科"),
    industry_codes=("0112", "A"),
    post_status=PostStatus.ACTIVE,
    consent_date=date(2024, 1, 1),
    yearly_limit=1,
    private=PrivateDetails(phone="13812345678"),
)
LI = Expert("E2", "李娜", organization="东北师范大学", region_code="220000")
FORM = Demand(
    "D1",
    "焊缝开裂",
    problem="焊后开裂",
    filled=date(2025, 5, 1),
    enterprise=Enterprise(
        "吉林某厂", region_code="220203", jurisdiction="吉林市", industry_code="C36", industry_name="汽车"
    ),
    contact=DemandContact("王某", "13987654321"),
)


@pytest.fixture
def experts(store: Store, reference_tables: ReferenceTables) -> CatalogueKeeper:
    rules = parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8"))
    setting = RuleSetting(rules, HomeProvince("22", "吉林省"), date(2026, 3, 2))
    return CatalogueKeeper(store, ExpertSource(store, reference_tables, setting))


@pytest.fixture
def demands(store: Store, reference_tables: ReferenceTables) -> CatalogueKeeper:
    return CatalogueKeeper(store, DemandSource(store, reference_tables))


def found(catalogue: Catalogue, **query: object) -> str:
    return " ".join(catalogue.page(CatalogueQuery(**query)).ids)  # type: ignore[arg-type]


def labels(catalogue: Catalogue, facet: str) -> dict[str, int]:
    counts = next(one for one in catalogue.page(CatalogueQuery()).facets if one.name == facet)
    return {one.label: one.count for one in counts.values if one.count}


def item(title: str) -> EvidenceItem:
    return EvidenceItem(f"I{title}", EvidenceType.PAPER, title)


def visit(id: str, expert_id: str) -> Engagement:
    status = EngagementStatus.COMPLETED
    return Engagement(id, EngagementKind.VISIT, "某厂", expert_id, visit_date=date(2026, 2, 1), status=status)


def test_experts_are_filtered_by_codes_of_every_level(store: Store, experts: CatalogueKeeper) -> None:
    store.experts.save([ZHANG, LI], by="t")
    catalogue = experts.current()
    assert labels(catalogue, "region") == {"吉林省": 2, "长春市": 1, "朝阳区": 1}
    assert labels(catalogue, "industry") == {"农、林、牧、渔业": 1, "农业": 1, UNSTATED: 1}
    assert labels(catalogue, "discipline") == {"农学": 1, "自造学科": 1, UNSTATED: 1}
    assert labels(catalogue, "honour") == {"国家杰青": 1, UNSTATED: 1}
    assert labels(catalogue, "academician") == {"非院士": 2}
    assert labels(catalogue, "availability") == {"可安排": 1, "待核实": 1}
    assert found(catalogue, chosen={"region": ("2201",)}) == "E1"
    assert found(catalogue, text="师范") == "E2"
    assert found(catalogue, text="13812345678") == ""


def test_names_stand_in_the_order_of_pinyin(store: Store, experts: CatalogueKeeper) -> None:
    names = ("张伟", "李娜", "王强", "安华", "赵敏")
    store.experts.save([Expert(name, name, organization="某校") for name in names], by="t")
    assert found(experts.current()) == "安华 李娜 王强 张伟 赵敏"
    assert found(experts.current(), sort="-name") == "赵敏 张伟 王强 李娜 安华"


def test_the_next_answer_holds_every_change(store: Store, experts: CatalogueKeeper) -> None:
    store.experts.save([ZHANG, LI], by="t")
    assert found(experts.current(), sort="changed") == "E2 E1"
    store.experts.save([replace(ZHANG, name="张大伟", post_status=PostStatus.DISABLED)], by="t")
    assert found(experts.current(), text="大伟", chosen={"availability": ("不能安排",)}) == "E1"
    assert found(experts.current(), sort="changed") == "E1 E2"
    store.experts.save([Expert("E3", "新人", organization="某校")], by="t")
    store.experts.erase("E1", by="t")
    assert found(experts.current(), sort="id") == "E2 E3"
    store.experts.merge("E3", "E2", by="t")
    assert found(experts.current(), sort="id") == "E3"


def test_items_count_for_their_owners_when_they_come_and_when_they_go(store: Store, experts: CatalogueKeeper) -> None:
    store.experts.save([ZHANG, LI], by="t")
    assert found(experts.current(), sort="items") == "E2 E1"
    store.items.save([OwnedItem("E1", item("甲")), OwnedItem("E1", item("乙")), OwnedItem("E2", item("甲"))], by="t")
    assert found(experts.current(), sort="items") == "E1 E2"
    store.items.unlink("E1", ["I甲", "I乙"], by="t")
    assert found(experts.current(), sort="items") == "E2 E1"


def test_visits_of_the_year_fill_the_limit_and_follow_the_ledger(store: Store, experts: CatalogueKeeper) -> None:
    full = replace(LI, post_status=PostStatus.ACTIVE, consent_date=date(2024, 1, 1), yearly_limit=1)
    store.experts.save([ZHANG, full], by="t")
    store.ledger.save([visit("L1", "E1")], by="t")
    assert found(experts.current(), chosen={"availability": ("本年度已满",)}) == "E1"
    store.ledger.save([visit("L1", "E2")], by="t")
    assert found(experts.current(), chosen={"availability": ("本年度已满",)}) == "E2"
    assert found(experts.current(), chosen={"availability": ("可安排",)}) == "E1"


class OneADay:
    """A source whose one entry is named after the day."""

    kind = ChangeKind.EXPERT
    layout = Layout((), (Sort("id", "编号"),))

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self) -> date:
        return self.today

    def all(self) -> Iterator[Entry]:
        yield Entry(str(self.today), {}, {"id": str(self.today)}, "")

    def some(self, changed: Mapping[str, int]) -> list[Entry]:
        return []

    def touched(self, changes: Sequence[Change]) -> Iterable[str]:
        return ()


def test_behind_the_first_question_of_a_new_day_all_is_made_anew(store: Store) -> None:
    source = OneADay(date(2026, 12, 31))
    keeper = CatalogueKeeper(store, source)
    assert found(keeper.current()) == "2026-12-31"
    source.today = date(2027, 1, 1)
    assert found(keeper.current()) in ("2026-12-31", "2027-01-01")
    for _ in range(500):
        if found(keeper.current()) == "2027-01-01":
            break
        time.sleep(0.01)
    assert found(keeper.current()) == "2027-01-01"


def test_many_changes_at_once_are_taken_in_too(store: Store, experts: CatalogueKeeper) -> None:
    experts.current()
    store.experts.save([Expert(f"E{number:04}", "某人", organization="某校") for number in range(2100)], by="t")
    assert len(experts.current()) == 2100


def test_demands_are_filtered_and_follow_their_review(store: Store, demands: CatalogueKeeper) -> None:
    store.demands.save([FORM, Demand("D2", "盐碱地", problem="出苗差")], by="t")
    catalogue = demands.current()
    assert labels(catalogue, "region") == {"吉林省": 1, "吉林市": 1, "龙潭区": 1, UNSTATED: 1}
    assert labels(catalogue, "industry") == {"制造业": 1, "汽车制造业": 1, UNSTATED: 1}
    assert labels(catalogue, "year") == {"2025": 1, UNSTATED: 1}
    assert labels(catalogue, "hint")["描述过短"] == 2
    assert found(catalogue, text="某厂", within={"region": ("2202",), "jurisdiction": ("2202",)}) == "D1"
    store.demands.set_review("D1", ReviewStatus.APPROVED, "", by="t")
    assert found(demands.current(), chosen={"review": ("已审核",)}) == "D1"
    assert found(demands.current(), text="13987654321") == ""
