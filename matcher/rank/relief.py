"""Which rules may give way, and to what: the house's own; what law, national rules or a person's state say never does.

Source: domain.md, "Station rules" and "Rules a planner enforces"; the parameters stand in `rules.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable

from matcher.domain.match import Finding

HOUSE_RULES = {
    "title_floor": "放宽科技专家工作站的职称下限",
    "station_agreement": "续签或延长协议",
    "enterprise_stations": "放宽同一企业的工作站数",
    "rd_unit": "放宽研发机构条件",
    "rd_share": "放宽研发投入占比",
}
"""By the rule's name: what relaxing it means. The finding beside it says from what to what."""

_FAST = {
    "person_available": "人员状态（已故、退出、停用）",
    "consent": "《个人信息保护法》的授权同意",
    "academician_needed": "院士专家工作站的定义",
    "academician_station_cap": "院士任站数的全国规定",
    "months_on_site": "驻站月数的规定",
    "clearance": "保密规定",
    "avoidance": "回避规定",
}


def may_be_relaxed(finding: Finding) -> bool:
    """Whether the house itself may let the rule go."""
    return finding.rule in HOUSE_RULES


def never_relaxed(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Names of the rules among those that forbid which nobody here may relax."""
    return tuple(dict.fromkeys(_FAST[f.rule] for f in findings if f.forbids and f.rule in _FAST))
