"""What the documents on a match result hold: 对接方案 and 邀请函. Everything is text as it is to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from matcher.documents.placeholders import Called


@dataclass(frozen=True, slots=True)
class Firm:
    name: Annotated[str, Called("名称", "企业名称")]
    place: Annotated[str, Called("所在地", "市州、县区")]
    jurisdiction: Annotated[str, Called("业务归口", "")]
    industry: Annotated[str, Called("行业", "")]
    kind: Annotated[str, Called("类型", "企业类型")]
    products: Annotated[str, Called("主营产品", "")]
    credit_code: Annotated[str, Called("信用代码", "统一社会信用代码")]
    contact: Annotated[str, Called("联系人", "隐私信息；出具人无权查看时为空，由经办人手填")]
    phone: Annotated[str, Called("电话", "同上")]


@dataclass(frozen=True, slots=True)
class NeedPart:
    number: Annotated[str, Called("编号", "")]
    title: Annotated[str, Called("名称", "")]
    text: Annotated[str, Called("内容", "")]


@dataclass(frozen=True, slots=True)
class Asked:
    id: Annotated[str, Called("编号", "需求编号；匹配的是其中一项时为该项的编号")]
    title: Annotated[str, Called("名称", "需求名称")]
    category: Annotated[str, Called("类别", "需求类别")]
    urgency: Annotated[str, Called("紧迫程度", "")]
    problem: Annotated[str, Called("主要问题", "")]
    figures: Annotated[str, Called("技术关键", "技术关键与量化指标")]
    goal: Annotated[str, Called("预期目标", "")]
    wanted: Annotated[str, Called("专家方向", "期望的专家方向")]
    services: Annotated[str, Called("服务方式", "期望的服务方式")]
    cooperation: Annotated[str, Called("合作方式", "")]
    budget: Annotated[str, Called("拟投入", "如 120 万元")]
    conditions: Annotated[str, Called("可提供条件", "")]
    parts: Annotated[tuple[NeedPart, ...], Called("各项", "问卷拆分出的各项需求；没有拆分时为空")]


@dataclass(frozen=True, slots=True)
class Evidence:
    item: Annotated[str, Called("材料", "如 论文《…》")]
    year: Annotated[str, Called("年份", "")]
    source: Annotated[str, Called("来源", "")]
    asked: Annotated[str, Called("需求原文", "问卷中的话")]
    answered: Annotated[str, Called("材料原文", "材料中与之对应的话")]
    words: Annotated[str, Called("共有词", "双方共有的词")]


@dataclass(frozen=True, slots=True)
class Question:
    text: Annotated[str, Called("事项", "")]
    ask: Annotated[str, Called("核实", "要向谁核实什么")]
    people: Annotated[str, Called("专家", "涉及的专家；关于需求的为空")]


@dataclass(frozen=True, slots=True)
class Candidate:
    place: Annotated[str, Called("序号", "")]
    id: Annotated[str, Called("编号", "专家编号")]
    name: Annotated[str, Called("姓名", "")]
    unit: Annotated[str, Called("单位", "工作单位")]
    title: Annotated[str, Called("职称", "")]
    honours: Annotated[str, Called("称号", "人才称号")]
    band: Annotated[str, Called("匹配程度", "高度匹配、较匹配、可参考")]
    probability: Annotated[str, Called("匹配概率", "如 85%")]
    reason: Annotated[str, Called("推荐理由", "一句话")]
    note: Annotated[str, Called("入围说明", "入围时写下的说明")]
    evidence: Annotated[tuple[Evidence, ...], Called("依据", "由强到弱")]
    to_check: Annotated[str, Called("待核", "不能安排的原因和待核事项，以分号隔开")]
    notes: Annotated[str, Called("提示", "")]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A side that is to sign: blank where it has not."""

    office: Annotated[str, Called("部门", "科协、组织部；只需一方签署时为“审核”")]
    signed_by: Annotated[str, Called("签署人", "")]
    signed_at: Annotated[str, Called("签署时间", "")]
    opinion: Annotated[str, Called("意见", "签署时写下的意见")]


@dataclass(frozen=True, slots=True)
class ResultNumber:
    id: Annotated[str, Called("编号", "匹配结果的编号")]
    state: Annotated[str, Called("状态", "草稿、待会签、已签、作废")]
    kept: Annotated[str, Called("保存时间", "")]
    digest: Annotated[str, Called("校验值", "与系统中保存的结果核对用")]
    note: Annotated[str, Called("说明", "保存时写下的说明")]


@dataclass(frozen=True, slots=True)
class LiaisonPlan:
    """对接方案: one demand, whom people chose for it, and what is proposed."""

    result: Annotated[ResultNumber, Called("结果", "所依据的匹配结果")]
    issued: Annotated[str, Called("出具日期", "")]
    issuer: Annotated[str, Called("落款", "设置 MATCHER_ISSUER 中的单位名称；没有设置时为空")]
    purpose: Annotated[str, Called("用途", "企业对接、院士专家工作站、科技专家工作站")]
    firm: Annotated[Firm, Called("企业", "")]
    demand: Annotated[Asked, Called("需求", "")]
    changed: Annotated[tuple[str, ...], Called("现已不符", "保存之后的变化：现在不能安排、须先核实的入围专家和原因")]
    candidates: Annotated[tuple[Candidate, ...], Called("专家", "入围专家，按匹配概率从高到低")]
    questions: Annotated[tuple[Question, ...], Called("待核事项", "保存时和出具时尚待核实、不能安排的事项")]
    proposal: Annotated[tuple[str, ...], Called("建议", "对接或建站的建议，一条一句")]
    opinions: Annotated[tuple[Opinion, ...], Called("签署", "各方的签署")]


@dataclass(frozen=True, slots=True)
class Invitation:
    """邀请函 to one expert of a confirmed result. Holds nothing private."""

    number: Annotated[str, Called("结果编号", "匹配结果的编号")]
    issued: Annotated[str, Called("出具日期", "")]
    issuer: Annotated[str, Called("落款", "设置 MATCHER_ISSUER 中的单位名称；没有设置时为空")]
    name: Annotated[str, Called("姓名", "")]
    address: Annotated[str, Called("称呼", "如 王某某院士、李某某教授、张某某先生")]
    unit: Annotated[str, Called("单位", "专家的工作单位")]
    firm: Annotated[str, Called("企业", "企业名称")]
    place: Annotated[str, Called("地点", "企业所在的市州、县区")]
    topic: Annotated[str, Called("需求", "需求名称")]
    purpose: Annotated[str, Called("用途", "企业对接、院士专家工作站、科技专家工作站")]
    services: Annotated[str, Called("服务方式", "期望的服务方式")]
    works: Annotated[tuple[str, ...], Called("成果", "推荐时依据的成果，不超过三项")]
