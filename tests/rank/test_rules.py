"""Each rule on hand-made people: who is out, who is 待核, who passes."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.demand import Demand, Enterprise
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import FindingKind
from matcher.domain.vocabulary import (
    AcademicianKind,
    EngagementKind,
    EngagementStatus,
    PostStatus,
    Purpose,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    TitleLevel,
)
from matcher.rank.rule_book import HomeProvince, RuleBook, RuleBookInvalid, parse_rule_book
from matcher.rank.rules import Case, check_demand, check_expert
from matcher.resources import bundled

TODAY = date(2026, 6, 1)
HOME = HomeProvince("22", "吉林省")
FIT = Expert(
    "E1",
    "郑一",
    organization="北辰示例大学",
    title="教授",
    title_level=TitleLevel.SENIOR,
    post_status=PostStatus.ACTIVE,
    consent_date=date(2025, 1, 1),
    review=ReviewStatus.APPROVED,
)
ACADEMICIAN = replace(
    FIT, academician=AcademicianKind.SCIENCES, retirement=RetirementStatus.WORKING, stations_nationwide=0
)
DEMAND = Demand(
    "D1",
    "焊缝气孔",
    "气孔多",
    review=ReviewStatus.APPROVED,
    enterprise=Enterprise("松江示例焊接有限公司", region_code="220100"),
)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return parse_rule_book(bundled("rules.toml").read_text(encoding="utf-8"))


def case(purpose: Purpose = Purpose.ENTERPRISE_VISIT, *lines: Engagement, demand: Demand = DEMAND) -> Case:
    return Case(purpose, TODAY, demand, engagements=lines)


def station(number: int, kind: EngagementKind = EngagementKind.ACADEMICIAN_STATION, **more: object) -> Engagement:
    line = Engagement(f"L{number}", kind, "某单位", "E1", status=EngagementStatus.RUNNING)
    return replace(line, **more)


def kinds(expert: Expert, case: Case, book: RuleBook) -> dict[str, FindingKind]:
    return {finding.rule: finding.kind for finding in check_expert(expert, case, book)}


def test_a_fit_expert_passes_every_rule(book: RuleBook) -> None:
    assert kinds(FIT, case(), book) == {}


@pytest.mark.parametrize("status", [PostStatus.DECEASED, PostStatus.WITHDRAWN, PostStatus.DISABLED])
def test_nobody_dead_withdrawn_or_disabled(status: PostStatus, book: RuleBook) -> None:
    assert kinds(replace(FIT, post_status=status), case(), book) == {"person_available": FindingKind.FORBIDDEN}


def test_blank_columns_are_to_be_checked_and_remove_nobody(book: RuleBook) -> None:
    for purpose in Purpose:
        found = kinds(Expert("E9", "空白", organization="某校"), case(purpose), book)
        assert found
        assert FindingKind.FORBIDDEN not in found.values()


@pytest.mark.parametrize(
    ("retirement", "serving", "expected"),
    [
        (RetirementStatus.WORKING, 0, None),
        (RetirementStatus.WORKING, 1, FindingKind.FORBIDDEN),
        (RetirementStatus.RETIRED, 2, None),
        (RetirementStatus.RETIRED, 3, FindingKind.FORBIDDEN),
        (None, 0, None),
        (None, 1, FindingKind.UNKNOWN),
        (None, 3, FindingKind.FORBIDDEN),
        (RetirementStatus.WORKING, None, FindingKind.UNKNOWN),
    ],
)
def test_station_cap_counts_declared_stations(
    retirement: RetirementStatus | None, serving: int | None, expected: FindingKind | None, book: RuleBook
) -> None:
    expert = replace(ACADEMICIAN, retirement=retirement, stations_nationwide=serving)
    assert kinds(expert, case(Purpose.ACADEMICIAN_STATION), book).get("academician_station_cap") == expected


def test_station_cap_counts_the_ledger_where_it_knows_more(book: RuleBook) -> None:
    found = kinds(ACADEMICIAN, case(Purpose.ACADEMICIAN_STATION, station(1)), book)
    assert found == {"academician_station_cap": FindingKind.FORBIDDEN}


def test_an_expired_or_revoked_station_holds_no_capacity(book: RuleBook) -> None:
    lines = (station(1, agreement_end=date(2026, 5, 31)), station(2, status=EngagementStatus.REVOKED))
    assert kinds(ACADEMICIAN, case(Purpose.ACADEMICIAN_STATION, *lines), book) == {}


def test_the_demands_own_station_does_not_count_against_itself(book: RuleBook) -> None:
    assert kinds(ACADEMICIAN, case(Purpose.ACADEMICIAN_STATION, station(1, demand_id="D1")), book) == {}


def test_the_cap_holds_from_its_date_only(book: RuleBook) -> None:
    before = Case(Purpose.ACADEMICIAN_STATION, date(2018, 1, 1), DEMAND)
    expert = replace(ACADEMICIAN, stations_nationwide=2)
    assert "academician_station_cap" not in kinds(expert, before, book)


def test_an_academician_station_needs_an_academician(book: RuleBook) -> None:
    found = kinds(FIT, case(Purpose.ACADEMICIAN_STATION), book)
    assert found == {"academician_needed": FindingKind.FORBIDDEN}


def test_title_floor_of_an_expert_station(book: RuleBook) -> None:
    expert = replace(FIT, title="副教授", title_level=TitleLevel.ASSOCIATE)
    assert kinds(expert, case(Purpose.EXPERT_STATION), book) == {"title_floor": FindingKind.FORBIDDEN}
    assert kinds(expert, case(), book) == {}


def test_twelve_months_a_year_are_enough(book: RuleBook) -> None:
    lines = [station(n, EngagementKind.EXPERT_STATION, months_on_site=5.0) for n in (1, 2)]
    assert kinds(FIT, case(Purpose.EXPERT_STATION, *lines), book) == {"months_on_site": FindingKind.FORBIDDEN}
    assert kinds(FIT, case(Purpose.EXPERT_STATION, lines[0]), book) == {}


@pytest.mark.parametrize(
    ("cleared", "expected"), [(True, None), (False, FindingKind.FORBIDDEN), (None, FindingKind.UNKNOWN)]
)
def test_secret_demands_need_clearance(cleared: bool | None, expected: FindingKind | None, book: RuleBook) -> None:
    secret = replace(DEMAND, classified=True)
    assert kinds(replace(FIT, cleared=cleared), case(demand=secret), book).get("clearance") == expected


@pytest.mark.parametrize(
    ("organization", "avoid", "expected"),
    [
        ("松江示例焊接有限公司", (), FindingKind.FORBIDDEN),
        ("松江示例焊接股份有限公司", (), FindingKind.FORBIDDEN),
        ("北辰示例大学", ("松江示例焊接有限公司",), FindingKind.FORBIDDEN),
        ("松江示例焊接有限公司技术中心", (), FindingKind.UNKNOWN),
        ("北辰示例大学", ("另一家公司",), None),
    ],
)
def test_avoidance(organization: str, avoid: tuple[str, ...], expected: FindingKind | None, book: RuleBook) -> None:
    expert = replace(FIT, organization=organization, avoid_units=avoid)
    assert kinds(expert, case(), book).get("avoidance") == expected


def test_the_yearly_limit_counts_this_years_visits(book: RuleBook) -> None:
    visits = [station(n, EngagementKind.VISIT, visit_date=date(2026, n, 1)) for n in (1, 2)]
    last_year = station(3, EngagementKind.VISIT, visit_date=date(2025, 5, 1))
    expert = replace(FIT, yearly_limit=2)
    assert kinds(expert, case(Purpose.ENTERPRISE_VISIT, *visits), book) == {"yearly_limit": FindingKind.FORBIDDEN}
    assert kinds(expert, case(Purpose.ENTERPRISE_VISIT, visits[0], last_year), book) == {}


def test_a_limit_of_nought_is_said_plainly(book: RuleBook) -> None:
    found = check_expert(replace(FIT, yearly_limit=0), case(), book)
    assert [finding.message for finding in found] == ["专家声明不接受到企业的安排（年度上限 0 次）"]


@pytest.mark.parametrize(
    ("given", "withdrawn", "expected"),
    [
        (date(2025, 1, 1), date(2026, 5, 1), FindingKind.FORBIDDEN),
        (None, date(2026, 5, 1), FindingKind.FORBIDDEN),
        (date(2025, 1, 1), date(2026, 7, 1), None),
        (date(2026, 5, 2), date(2026, 5, 1), None),
    ],
)
def test_withdrawn_consent_holds_until_it_is_given_again(
    given: date | None, withdrawn: date, expected: FindingKind | None, book: RuleBook
) -> None:
    expert = replace(FIT, consent_date=given, consent_withdrawn=withdrawn)
    assert kinds(expert, case(), book).get("consent") == expected


def test_one_of_several_units_is_enough_to_stand_back(book: RuleBook) -> None:
    expert = replace(FIT, organization="北辰示例大学；松江示例焊接有限公司")
    assert kinds(expert, case(), book) == {"avoidance": FindingKind.FORBIDDEN}


def test_declared_stations_outside_the_ledger_take_their_months(book: RuleBook) -> None:
    retired = replace(ACADEMICIAN, retirement=RetirementStatus.RETIRED, stations_nationwide=4)
    assert kinds(retired, case(Purpose.EXPERT_STATION), book) == {"months_on_site": FindingKind.FORBIDDEN}
    known = station(1, months_on_site=3.0)
    assert kinds(replace(retired, stations_nationwide=3), case(Purpose.EXPERT_STATION, known), book) == {}


def test_a_declared_number_holds_the_demands_own_station_too(book: RuleBook) -> None:
    own = station(1, demand_id="D1")
    renewed = case(Purpose.ACADEMICIAN_STATION, own)
    assert kinds(replace(ACADEMICIAN, stations_nationwide=1), renewed, book) == {}
    two = kinds(replace(ACADEMICIAN, stations_nationwide=2), renewed, book)
    assert two["academician_station_cap"] is FindingKind.FORBIDDEN
    # Four declared: three elsewhere take 9 months, this one 3 more, 12 in all. A fifth is too much.
    retired = replace(ACADEMICIAN, retirement=RetirementStatus.RETIRED, stations_nationwide=4)
    assert kinds(retired, case(Purpose.EXPERT_STATION, own), book) == {}
    fifth = kinds(replace(retired, stations_nationwide=5), case(Purpose.EXPERT_STATION, own), book)
    assert fifth == {"months_on_site": FindingKind.FORBIDDEN}


def test_old_age_and_services_only_inform(book: RuleBook) -> None:
    expert = replace(FIT, birth=date(1946, 6, 1), services=(ServiceKind.LECTURE,))
    found = kinds(expert, replace(case(), services=(ServiceKind.VISIT,)), book)
    assert found == {"age_care": FindingKind.NOTE, "service_kind": FindingKind.NOTE}
    assert "age_care" not in kinds(replace(FIT, birth=date(1946, 6, 2)), case(), book)


def test_an_unreviewed_demand_is_marked_and_a_station_abroad_forbidden(book: RuleBook) -> None:
    pending = replace(DEMAND, review=ReviewStatus.PENDING, enterprise=Enterprise("某厂", region_code="210200"))
    found = check_demand(pending, Purpose.EXPERT_STATION, TODAY, book, HOME)
    assert [(f.rule, f.kind) for f in found] == [
        ("demand_review", FindingKind.UNKNOWN),
        ("station_in_province", FindingKind.FORBIDDEN),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("2021-11-01", '"nie"', r"consent\.effective 的值“nie”应为日期"),
        ("working = 1", "working = -1", r"academician_station_cap\.working 的值“-1”不能小于 0"),
        ("per_year = 12", "", r"months_on_site\.per_year 没有写"),
        ("age = 80", "age = 80\nweight = 3", r"age_care\.weight 不是已知的规则或参数"),
        ('level = "正高"', 'level = "特高"', r"title_floor\.level 的值“特高”应为 .*正高"),
    ],
)
def test_a_wrong_rule_table_is_refused_by_name(right: str, wrong: str, said: str) -> None:
    text = bundled("rules.toml").read_text(encoding="utf-8")
    assert right in text
    with pytest.raises(RuleBookInvalid, match=said):
        parse_rule_book(text.replace(right, wrong))
