"""The rules of who may go (domain.md, "Rules a planner enforces"); ranking, plans and alternates use these alike.

A rule looks at one expert in one case and returns what it found, in Chinese, or nothing. What is unknown is
reported as 待核 and never removes anybody (design decision 8). Parameters and dates stand in the rule book.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import (
    EngagementKind,
    EngagementStatus,
    PostStatus,
    Purpose,
    RetirementStatus,
    ReviewStatus,
    ServiceKind,
    TitleLevel,
)
from matcher.rank.rule_book import HomeProvince, RuleBook

_GONE = (PostStatus.DECEASED, PostStatus.WITHDRAWN, PostStatus.DISABLED)
_REVIEWED = {ReviewStatus.PENDING: "尚未审核", ReviewStatus.RETURNED: "审核时被退回"}
_LEVELS = (TitleLevel.INTERMEDIATE, TitleLevel.ASSOCIATE, TitleLevel.SENIOR)
# A shorter name inside another unit's name says nothing about affiliation.
_AFFILIATE_LENGTH = 4
_UNIT_SEPARATORS = re.compile(r"[、；;，,/\n]")


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need to know beside the expert. `engagements` are the expert's own lines of the ledger."""

    purpose: Purpose
    today: date
    demand: Demand | None = None
    services: tuple[ServiceKind, ...] = ()
    engagements: tuple[Engagement, ...] = ()

    @property
    def stations(self) -> tuple[Engagement, ...]:
        """Stations that count against capacity today; the demand's own line does not count against itself."""
        return tuple(line for line in self._serving if not self._is_own(line))

    @property
    def academician_stations(self) -> int:
        """院士工作站 in the ledger, without the demand's own."""
        return _academician_stations(self.stations)

    def declared_stations(self, expert: Expert) -> int:
        """院士工作站 as declared (0 when unknown), which includes the demand's own line: taken off again."""
        own = _academician_stations(line for line in self._serving if self._is_own(line))
        return max(0, (expert.stations_nationwide or 0) - own)

    @property
    def _serving(self) -> Iterator[Engagement]:
        return (line for line in self.engagements if line.kind.is_station and line.holds_capacity(self.today))

    def _is_own(self, line: Engagement) -> bool:
        return self.demand is not None and bool(self.demand.id) and line.demand_id == self.demand.id


Rule = Callable[[Expert, Case, RuleBook], Finding | None]


def check_expert(expert: Expert, case: Case, book: RuleBook) -> tuple[Finding, ...]:
    """Everything the rules in force find about this expert in this case; forbidding findings first."""
    found = (rule(expert, case, book) for name, rule in EXPERT_RULES.items() if getattr(book, name).applies(case.today))
    order = list(FindingKind)
    return tuple(sorted((finding for finding in found if finding), key=lambda finding: order.index(finding.kind)))


def check_demand(
    demand: Demand, purpose: Purpose, today: date, book: RuleBook, home: HomeProvince
) -> tuple[Finding, ...]:
    """What stands against the demand itself, whoever goes."""
    findings: list[Finding] = []
    if book.demand_review.applies(today) and demand.review is not ReviewStatus.APPROVED:
        findings.append(
            _unknown("demand_review", f"需求{_REVIEWED[demand.review]}，只能预排", "请先审核需求，再确认人选和发出邀请")
        )
    code = demand.enterprise.region_code
    if purpose.is_station and book.station_in_province.applies(today) and code and not code.startswith(home.code):
        findings.append(_forbidden("station_in_province", f"企业所在地不在{home.name}，不能在本省建站"))
    return tuple(findings)


def _person_available(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if expert.post_status in _GONE:
        return _forbidden("person_available", f"在岗状态为“{expert.post_status}”，不能安排")
    if expert.post_status is None:
        return _unknown("person_available", "在岗状态未填", "请向推荐单位核实专家目前是否在岗")
    return None


def _consent(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    withdrawn = expert.consent_withdrawn
    if withdrawn is not None and withdrawn <= case.today and (expert.consent_date or withdrawn) <= withdrawn:
        return _forbidden("consent", f"专家本人已于 {withdrawn} 撤回授权同意")
    if expert.consent_date is None:
        return _unknown("consent", "没有授权同意日期", "请取得专家本人书面同意并登记日期")
    if expert.consent_date > case.today:
        return _forbidden("consent", f"授权同意自 {expert.consent_date} 起才生效")
    return None


def _review(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    """The column is not a required one (domain.md): left blank it says nothing against the person."""
    if expert.review is ReviewStatus.RETURNED:
        return _forbidden("review", "入库资料审核被退回")
    if expert.review is ReviewStatus.PENDING:
        return _unknown("review", "入库资料待审核", "请先完成专家资料审核")
    return None


def _academician_needed(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if case.purpose is not Purpose.ACADEMICIAN_STATION or expert.is_academician:
        return None
    if expert.title or expert.title_level or expert.honours:
        return _forbidden("academician_needed", "不是院士，不能担任院士专家工作站首席（可作团队成员）")
    return _unknown("academician_needed", "职称和院士类别均未填", "请核实是否为院士")


def _academician_station_cap(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if case.purpose is not Purpose.ACADEMICIAN_STATION or not expert.is_academician:
        return None
    terms, name = book.academician_station_cap, "academician_station_cap"
    serving = max(case.academician_stations, case.declared_stations(expert))
    if serving >= max(terms.retired, terms.working):
        return _forbidden(name, f"已任 {serving} 个院士工作站，达到上限")
    if expert.retirement is None and serving >= terms.working:
        return _unknown(name, f"已任 {serving} 个院士工作站，退休状态未填", "请核实是否已退休")
    cap = terms.retired if expert.retirement is not RetirementStatus.WORKING else terms.working
    if serving >= cap:
        return _forbidden(name, f"{expert.retirement}院士最多任 {cap} 个院士工作站，现已任 {serving} 个")
    if expert.stations_nationwide is None:
        return _unknown(name, "全国现任院士工作站数未填", "请院士书面说明在全国任职的工作站数")
    return None


def _months_on_site(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if not case.purpose.is_station:
        return None
    terms = book.months_on_site
    booked = sum(terms.per_station if line.months_on_site is None else line.months_on_site for line in case.stations)
    # Declared stations that the ledger does not know (outside the province) take their months too.
    booked += terms.per_station * max(0, case.declared_stations(expert) - case.academician_stations)
    if booked + terms.per_station <= terms.per_year:
        return None
    return _forbidden("months_on_site", f"每年驻站已安排 {booked:g} 个月，再加 {terms.per_station:g} 个月超过全年")


def _title_floor(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if case.purpose is not Purpose.EXPERT_STATION or expert.is_academician:
        return None
    floor = book.title_floor.level
    if expert.title_level is None:
        return _unknown("title_floor", "职称级别未填", f"请核实是否达到{floor}")
    if _LEVELS.index(expert.title_level) < _LEVELS.index(floor):
        return _forbidden("title_floor", f"职称级别为{expert.title_level}，科技专家工作站要求{floor}")
    return None


def _clearance(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    secret_demand = case.demand is not None and bool(case.demand.classified)
    if not (expert.classified or secret_demand) or expert.cleared:
        return None
    what = "需求涉密" if secret_demand else "专家为涉密人员"
    if expert.cleared is None:
        return _unknown("clearance", f"{what}，未见保密审批", "请先办理保密审批")
    return _forbidden("clearance", f"{what}，未获保密批准")


def _avoidance(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    unit = unit_name(case.demand.enterprise.name) if case.demand else ""
    if not unit:
        return None
    own_units = _UNIT_SEPARATORS.split(expert.organization)
    if any(unit == unit_name(own) for own in own_units):
        return _forbidden("avoidance", "专家就在该企业任职，须回避")
    if any(unit == unit_name(other) for other in expert.avoid_units):
        return _forbidden("avoidance", "该企业在专家的回避单位之列")
    kin = [other for other in (*own_units, *expert.avoid_units) if _affiliated(unit, unit_name(other))]
    if kin:
        return _unknown("avoidance", f"企业与“{kin[0]}”名称相近，可能是关联单位", "请核实是否需要回避")
    return None


def _yearly_limit(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if expert.yearly_limit is None or case.purpose.is_station:
        return None
    visits = sum(
        line.kind is EngagementKind.VISIT
        and line.status is not EngagementStatus.REVOKED
        and line.visit_date is not None
        and line.visit_date.year == case.today.year
        for line in case.engagements
    )
    if visits < expert.yearly_limit:
        return None
    if not expert.yearly_limit:
        return _forbidden("yearly_limit", "专家声明不接受到企业的安排（年度上限 0 次）")
    return _forbidden("yearly_limit", f"本年度已安排 {visits} 次，达到专家声明的上限 {expert.yearly_limit} 次")


def _age_care(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    if expert.birth is None:
        return None
    before_birthday = (case.today.month, case.today.day) < (expert.birth.month, expert.birth.day)
    age = case.today.year - expert.birth.year - before_birthday
    if age < book.age_care.age:
        return None
    return Finding("age_care", FindingKind.NOTE, f"现年 {age} 岁，建议减少行程或改为线上")


def _service_kind(expert: Expert, case: Case, book: RuleBook) -> Finding | None:
    missing = [kind for kind in case.services if kind is not ServiceKind.STATION and kind not in expert.services]
    if not expert.services or not missing:
        return None
    return Finding("service_kind", FindingKind.NOTE, f"专家未勾选“{'、'.join(missing)}”，邀请前请征求意见")


EXPERT_RULES: dict[str, Rule] = {
    "person_available": _person_available,
    "consent": _consent,
    "review": _review,
    "academician_needed": _academician_needed,
    "academician_station_cap": _academician_station_cap,
    "months_on_site": _months_on_site,
    "title_floor": _title_floor,
    "clearance": _clearance,
    "avoidance": _avoidance,
    "yearly_limit": _yearly_limit,
    "age_care": _age_care,
    "service_kind": _service_kind,
}


def _academician_stations(lines: Iterable[Engagement]) -> int:
    return sum(line.kind is EngagementKind.ACADEMICIAN_STATION for line in lines)


def first_unit(organization: str) -> str:
    """Of several units in one cell the first, where the person belongs."""
    return next((unit for unit in map(str.strip, _UNIT_SEPARATORS.split(organization)) if unit), "")


def unit_name(name: str) -> str:
    """A unit's name without blanks, brackets, punctuation and the legal form at its end, for comparison."""
    plain = re.sub(r"\W+", "", unicodedata.normalize("NFKC", name)).lower()
    return re.sub(r"(有限责任公司|股份有限公司|有限公司|公司)$", "", plain)


def _affiliated(unit: str, other: str) -> bool:
    short, long = sorted((unit, other), key=len)
    return len(short) >= _AFFILIATE_LENGTH and short in long


def _forbidden(rule: str, message: str) -> Finding:
    return Finding(rule, FindingKind.FORBIDDEN, message)


def _unknown(rule: str, message: str, ask: str) -> Finding:
    return Finding(rule, FindingKind.UNKNOWN, message, ask)
