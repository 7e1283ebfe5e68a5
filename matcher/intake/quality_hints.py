"""What a questionnaire lacks and what to ask the firm (domain.md, Quality of questionnaires). Advice, never a gate."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.demand import Demand
from matcher.intake.split import propose_split
from matcher.text.normalise import meaningful
from matcher.text.sentences import sentences


class HintKind(StrEnum):
    TOO_SHORT = "描述过短"
    NO_FIGURES = "没有量化指标"
    NO_GOAL = "没有预期目标"
    NO_WANTED = "没有说明需要哪方面专家"
    NO_ATTEMPTS = "没有说明试过什么办法"
    SYMPTOM_ONLY = "只有现象，没有技术环节"
    BOASTING = "企业介绍多、问题少"
    SEVERAL_NEEDS = "可能含有几项需求"


@dataclass(frozen=True, slots=True)
class Hint:
    """`message` says what is missing, `ask` is the question to put to the firm."""

    kind: HintKind
    message: str
    ask: str


_SHORT = 60
_LIST_NUMBER = re.compile(r"(?<![\d.])\d[.．、)）](?!\d)")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十半两几]成|[一二两三四五十百]倍|百分之|[一二三四五六七八九两]分之")
_TRIED = re.compile(
    r"(?<![通经超不难透太越])过(?![程滤高低多大快敏渡冬年去后分])|试|[换调改加上装买]了|尝试|不管用|没见好|没效果|没有?(?:根本)?好转"
)
_CANNOT_TELL = re.compile(r"说不清|说不准|不知道|不知|拿不准|查不出|搞不清|弄不清|没弄明白|不懂|找不到原因|没找到")
_PRAISE = re.compile(
    r"成立于|创办|始终坚持|秉承|宗旨|理念|荣获|被评为|授予|龙头企业|高新技术企业|专精特新|守合同|深受|好评|畅销|领先|一流|"
    r"占地面积|注册资本|现有员工|职工\d|资质|认证|专利\d|行业前列|品牌"
)
_TECHNICAL = re.compile(
    r"工艺|配方|参数|设备|控制|算法|模型|软件|传感|检测|材料|温度|压力|浓度|转速|频率|精度|发酵|提取|焊|铸|热处理|催化|反应|"
    r"基因|品种|菌|病|虫|药|肥|饲料|营养|灌溉|土壤|pH|ph|数据|图像|识别|通信|电压|电流|振动|仿真|设计|结构|流程|规范|护理"
)


def quality_hints(demand: Demand) -> tuple[Hint, ...]:
    """Hints in the order in which a person would ask; empty for a questionnaire that can be used as it is."""
    return tuple(hint for check in _CHECKS if (hint := check(demand)) is not None)


def _problem(demand: Demand) -> str:
    return meaningful(demand.problem)


def _aims(demand: Demand) -> str:
    return "\n".join(filter(None, (meaningful(demand.figures), meaningful(demand.goal))))


def _names_field(demand: Demand) -> bool:
    return any(map(meaningful, (demand.wanted, *demand.keywords, *demand.fields)))


def _too_short(demand: Demand) -> Hint | None:
    length = len(_problem(demand))
    if length >= _SHORT:
        return None
    message = f"“主要问题”只有 {length} 个字，看不出是什么条件下出的什么问题。"
    return Hint(HintKind.TOO_SHORT, message, "请补充：什么产品或环节、什么时候开始、严重到什么程度、造成多大损失。")


def _several(demand: Demand) -> Hint | None:
    needs = propose_split(demand)
    if not needs:
        return None
    titles = "；".join(f"{need.number}. {need.title}" for need in needs)
    message = f"这份问卷像是有 {len(needs)} 项需求：{titles}。"
    return Hint(HintKind.SEVERAL_NEEDS, message, "请确认是否分开：分开后各自匹配专家，目标和期望专家也请分开写。")


def _boasting(demand: Demand) -> Hint | None:
    lines = sentences(_problem(demand))
    praise = sum(len(line) for line in lines if len(_PRAISE.findall(line)) >= 2)
    if not praise or praise * 5 < 2 * sum(map(len, lines)):
        return None
    message = "“主要问题”里企业介绍占了很大篇幅，真正的问题说得少。"
    return Hint(HintKind.BOASTING, message, "请把企业介绍移到企业情况栏，这里只写问题：现象、原因猜测、试过的办法。")


def _symptom_only(demand: Demand) -> Hint | None:
    if not _problem(demand) or _names_field(demand):
        return None
    if not _CANNOT_TELL.search(_problem(demand)) and len(set(_TECHNICAL.findall(_problem(demand)))) >= 2:
        return None
    message = "只写了现象，没有写涉及的技术、设备、材料或工艺环节。"
    return Hint(HintKind.SYMPTOM_ONLY, message, "请补充：用的什么设备、材料、工艺或方法，怀疑出在哪一环。")


def _no_attempts(demand: Demand) -> Hint | None:
    if not _problem(demand) or _TRIED.search(_problem(demand)):
        return None
    message = "没有写已经试过什么办法、效果如何。"
    return Hint(HintKind.NO_ATTEMPTS, message, "请补充：试过哪些办法，哪些有一点效果，哪些没有。")


def _no_figures(demand: Demand) -> Hint | None:
    if _FIGURE.search(_LIST_NUMBER.sub("", _aims(demand))):
        return None
    message = "没有写要达到的数字，专家难以判断能不能做到。"
    return Hint(HintKind.NO_FIGURES, message, "请补充：现在是多少，要达到多少（合格率、产量、成本、时间、精度等）。")


def _no_goal(demand: Demand) -> Hint | None:
    if meaningful(demand.goal):
        return None
    return Hint(
        HintKind.NO_GOAL,
        "“预期目标”没有填写。",
        "请补充：希望专家来了以后得到什么（方案、样品、标准、培训……），什么时候要。",
    )


def _no_wanted(demand: Demand) -> Hint | None:
    if _names_field(demand):
        return None
    message = "没有写需要哪方面的专家，也没有关键词。"
    return Hint(HintKind.NO_WANTED, message, "请补充：需要哪个专业的专家；说不清的，写 1 至 5 个关键词。")


_CHECKS: tuple[Callable[[Demand], Hint | None], ...] = (
    _too_short,
    _several,
    _boasting,
    _symptom_only,
    _no_attempts,
    _no_figures,
    _no_goal,
    _no_wanted,
)
