"""Why a demand has no station: the first thing that stands in its way, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import StationKind
from matcher.plan import naming
from matcher.plan.backups import Loads
from matcher.plan.problem import Pair, Person, Site, StationProblem
from matcher.plan.result import Station, Unchosen
from matcher.plan.scoring import mode_points, pair_parts

_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Known:
    problem: StationProblem
    stations: Sequence[Station]
    pairs: Mapping[str, Sequence[Pair]]
    usable: Mapping[str, Sequence[Pair]]
    people: Mapping[str, Person]
    firms: Mapping[str, str]
    loads: Loads


def unchosen(problem: StationProblem, stations: Sequence[Station]) -> tuple[Unchosen, ...]:
    """Every demand of the problem that has no station, in order of numbers."""
    built = {station.demand_id for station in stations}
    usable = problem.usable()
    sites = sorted((s for s in problem.sites if s.demand_id not in built), key=lambda s: s.demand_id)
    known = _Known(
        problem,
        stations,
        _by_demand(problem.pairs),
        _by_demand(usable),
        {person.id: person for person in problem.people},
        {site.demand_id: site.firm for site in problem.sites},
        Loads(problem, stations),
    )
    return tuple(_why(known, site) for site in sites)


def _by_demand(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda p: (p.demand_id, p.rank, p.expert_id, p.kind)):
        found.setdefault(pair.demand_id, []).append(pair)
    return found


def _why(known: _Known, site: Site) -> Unchosen:
    return (
        _site_stands_against(site)
        or _nobody(known, site)
        or _same_firm(known, site)
        or _without_mode(known, site)
        or _outdone(known, site)
    )


def _site_stands_against(site: Site) -> Unchosen | None:
    against = [finding for finding in site.findings if finding.kind is not FindingKind.NOTE]
    if not against:
        return None
    return Unchosen(site.demand_id, _messages(against), _asks(against))


def _nobody(known: _Known, site: Site) -> Unchosen | None:
    if known.usable.get(site.demand_id):
        return None
    pairs = [pair for pair in known.pairs.get(site.demand_id, ()) if pair.kind in site.kinds]
    if not any(pair.fit >= known.problem.least_fit for pair in pairs):
        kinds = "、".join(site.kinds)
        return Unchosen(site.demand_id, f"库中没有匹配概率足够、可任{kinds}首席的专家", "请征集该方向的专家")
    pairs = [pair for pair in pairs if pair.fit >= known.problem.least_fit]
    clear = [pair for pair in pairs if pair.clear]
    if clear:
        return Unchosen(site.demand_id, "可安排的人选都已被工作人员排除", "", clear[0].expert_id)
    best = _most_promising(pairs)
    why = f"最合适的人选不能安排（{_messages(best.findings)}）"
    return Unchosen(site.demand_id, why, _asks(best.findings), best.expert_id)


def _most_promising(pairs: Sequence[Pair]) -> Pair:
    """Who only waits for an answer comes before who is forbidden."""
    return min(pairs, key=lambda p: (any(finding.forbids for finding in p.findings), p.rank, p.expert_id))


def _same_firm(known: _Known, site: Site) -> Unchosen | None:
    other = next((s.demand_id for s in known.stations if known.firms[s.demand_id] == site.firm), None)
    return Unchosen(site.demand_id, f"同一企业已为{naming.demand(other)}建站") if other else None


def _without_mode(known: _Known, site: Site) -> Unchosen | None:
    if any(known.problem.modes(site, pair.kind) for pair in known.usable[site.demand_id]):
        return None
    return Unchosen(site.demand_id, "没有可用的筹建方式（企业无研发机构，或已被工作人员排除）")


def _outdone(known: _Known, site: Site) -> Unchosen:
    """Experts, quota or money are used up by others that score higher in sum."""
    free = [p for p in known.usable[site.demand_id] if known.loads.takes_chief(p.expert_id, p.kind)]
    if not free:
        best = known.usable[site.demand_id][0]
        return Unchosen(site.demand_id, "可安排的专家驻站时间或任站数已用完", "", best.expert_id)
    best = max(free, key=lambda p: (_score(known, site, p), -p.rank, p.expert_id))
    kinds = list(dict.fromkeys(pair.kind for pair in free))
    open_kinds = [kind for kind in kinds if _built(known, kind) < known.problem.quota(kind)]
    score = _score(known, site, best)
    if open_kinds:
        why = "预算内排不下" if known.problem.budget is not None else "须为其他要求让出"
        return Unchosen(site.demand_id, f"{why}（本项最高 {score} 分）", "", best.expert_id)
    lowest = min(((s.points, s.demand_id) for s in known.stations if s.kind in kinds), default=None)
    quota = "、".join(f"{kind} {known.problem.quota(kind)} 个" for kind in kinds)
    tail = f"，入选最低为{naming.demand(lowest[1])}的 {lowest[0]} 分" if lowest else ""
    balance = "；按地区、行业和专家均衡未选" if lowest and score > lowest[0] else ""
    return Unchosen(site.demand_id, f"名额已满（{quota}）：本项最高 {score} 分{tail}{balance}", "", best.expert_id)


def _score(known: _Known, site: Site, pair: Pair) -> int:
    person = known.people[pair.expert_id]
    modes = known.problem.modes(site, pair.kind)
    best_mode = max((mode_points(known.problem, site, mode) for mode in modes), default=0)
    return sum(part.points for part in pair_parts(known.problem, site, person, pair)) + best_mode


def _built(known: _Known, kind: StationKind) -> int:
    return sum(station.kind is kind for station in known.stations)


def _messages(findings: Sequence[Finding]) -> str:
    against = [f"{finding.kind}：{finding.message}" for finding in findings if finding.kind is not FindingKind.NOTE]
    return "；".join(against[:_NAMED])


def _asks(findings: Sequence[Finding]) -> str:
    return "；".join(dict.fromkeys(finding.ask for finding in findings if finding.ask))
