"""What the documents on a plan hold: 建站计划 and 走访行程. Everything is text as it is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from matcher.documents.contents import Evidence
from matcher.documents.placeholders import Called


@dataclass(frozen=True, slots=True)
class PlanNumber:
    id: Annotated[str, Called("编号", "计划编号")]
    version: Annotated[str, Called("版本", "第几版")]
    title: Annotated[str, Called("标题", "如 2026 年建站计划")]
    state: Annotated[str, Called("状态", "草稿、待会签、已签、作废")]
    made: Annotated[str, Called("制定时间", "")]
    settled: Annotated[str, Called("签发", "谁在何时签发、签署或作废；草稿为空")]
    digest: Annotated[str, Called("校验值", "与系统中保存的计划核对用")]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A demand for which nothing is planned."""

    demand_id: Annotated[str, Called("需求编号", "")]
    firm: Annotated[str, Called("企业", "")]
    title: Annotated[str, Called("需求", "需求名称")]
    why: Annotated[str, Called("原因", "")]
    ask: Annotated[str, Called("核实", "要核实什么")]


@dataclass(frozen=True, slots=True)
class PlannedStation:
    place: Annotated[str, Called("序号", "")]
    demand_id: Annotated[str, Called("需求编号", "")]
    firm: Annotated[str, Called("企业", "")]
    region: Annotated[str, Called("所在地", "")]
    title: Annotated[str, Called("需求", "需求名称")]
    kind: Annotated[str, Called("类型", "院士专家工作站、科技专家工作站")]
    mode: Annotated[str, Called("筹建方式", "自主筹建、联合共建、支持承建")]
    funding: Annotated[str, Called("资助", "如 30 万元")]
    chief: Annotated[str, Called("首席", "姓名")]
    chief_unit: Annotated[str, Called("首席单位", "")]
    chief_title: Annotated[str, Called("首席职称", "")]
    probability: Annotated[str, Called("匹配概率", "如 85%")]
    members: Annotated[str, Called("团队", "团队成员，以顿号隔开")]
    backups: Annotated[str, Called("备选", "备选专家和匹配概率")]
    reason: Annotated[str, Called("理由", "入选理由")]
    evidence: Annotated[tuple[Evidence, ...], Called("依据", "首席的匹配依据，由强到弱")]
    to_check: Annotated[str, Called("待核", "待核与提示，以分号隔开")]
    confirmed: Annotated[str, Called("确认", "“已确认”或空")]


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that the plan does not reach."""

    text: Annotated[str, Called("说明", "")]
    accepted: Annotated[str, Called("接受", "“已接受”或空")]


@dataclass(frozen=True, slots=True)
class StationPaper:
    """建站计划: who builds which station, what is left out and why."""

    plan: Annotated[PlanNumber, Called("计划", "")]
    issued: Annotated[str, Called("出具日期", "")]
    issuer: Annotated[str, Called("落款", "设置 MATCHER_ISSUER 中的单位名称；没有设置时为空")]
    academician_stations: Annotated[str, Called("院士站数", "")]
    expert_stations: Annotated[str, Called("科技站数", "")]
    funding: Annotated[str, Called("资助合计", "如 150 万元")]
    stations: Annotated[tuple[PlannedStation, ...], Called("建站", "")]
    missed: Annotated[tuple[Missed, ...], Called("未达到", "没有达到的目标")]
    ways_out: Annotated[tuple[str, ...], Called("办法", "为达到目标可以这样办")]
    against: Annotated[tuple[str, ...], Called("现已不符", "制定之后的变化：现已不符合规定的，匹配程度有变的")]
    left_out: Annotated[tuple[LeftOut, ...], Called("未安排", "没有安排的需求")]
    outside: Annotated[str, Called("未列项数", "在出具人负责的地区之外、没有列出的项数；没有时为空")]
    offices: Annotated[tuple[str, ...], Called("签署方", "须签发的部门")]


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    day: Annotated[str, Called("日期", "如 6月2日")]
    weekday: Annotated[str, Called("星期", "如 周二")]
    team: Annotated[str, Called("组", "第几组")]
    order: Annotated[str, Called("次序", "当天第几家")]
    demand_id: Annotated[str, Called("需求编号", "")]
    firm: Annotated[str, Called("企业", "")]
    region: Annotated[str, Called("所在地", "")]
    title: Annotated[str, Called("需求", "需求名称")]
    services: Annotated[str, Called("服务方式", "期望的服务方式")]
    leader: Annotated[str, Called("组长", "")]
    on_site: Annotated[str, Called("到场专家", "")]
    remote: Annotated[str, Called("线上专家", "")]
    backups: Annotated[str, Called("备选", "备选专家和匹配概率")]
    contact: Annotated[str, Called("联系人", "隐私信息；出具人无权查看时为空")]
    phone: Annotated[str, Called("电话", "同上")]


@dataclass(frozen=True, slots=True)
class TravellingTeam:
    number: Annotated[str, Called("组", "第几组")]
    leader: Annotated[str, Called("组长", "")]
    members: Annotated[str, Called("组员", "")]
    route: Annotated[str, Called("路线", "如 6月2日白城市；6月3日松原市")]


@dataclass(frozen=True, slots=True)
class Traveller:
    name: Annotated[str, Called("姓名", "")]
    unit: Annotated[str, Called("单位", "")]
    title: Annotated[str, Called("职称", "")]
    stops: Annotated[tuple[str, ...], Called("行程", "一天一家一条，如 6月2日 某企业（线上）")]


@dataclass(frozen=True, slots=True)
class VisitPaper:
    """走访行程: who visits whom when, by day, by team and by person."""

    plan: Annotated[PlanNumber, Called("计划", "")]
    issued: Annotated[str, Called("出具日期", "")]
    issuer: Annotated[str, Called("落款", "设置 MATCHER_ISSUER 中的单位名称；没有设置时为空")]
    regions: Annotated[str, Called("地区", "走访的地区")]
    span: Annotated[str, Called("起止", "如 2026年6月2日至6月6日")]
    visits: Annotated[tuple[PlannedVisit, ...], Called("对接", "按日期、组、次序")]
    teams: Annotated[tuple[TravellingTeam, ...], Called("分组", "")]
    people: Annotated[tuple[Traveller, ...], Called("专家", "每人的行程")]
    against: Annotated[tuple[str, ...], Called("现已不符", "制定之后的变化：现已不符合规定的，匹配程度有变的")]
    left_out: Annotated[tuple[LeftOut, ...], Called("未走访", "没有安排走访的需求")]
    outside: Annotated[str, Called("未列项数", "在出具人负责的地区之外、没有列出的项数；没有时为空")]
    offices: Annotated[tuple[str, ...], Called("签署方", "须签发的部门")]
