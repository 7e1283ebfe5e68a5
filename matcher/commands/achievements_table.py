"""Achievements for a demand, and demands for an achievement, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.commands.layout import Line
from matcher.domain.match import Band, FindingKind, in_percent
from matcher.explain.achievement import Achievement, AchievementReport, Owner
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import item_heading
from matcher.explain.passages import mark
from matcher.store.records import StoredItem
from matcher.workflows.achievements import AchievementDemand

_LONGEST_SENTENCE = 80
# Where nothing suits, so many of the nearest are named for orientation.
_NEAREST = 3
_NAMED_OWNERS = 4
_LEAST_NAMED = 0.05


def achievement_lines(report: AchievementReport) -> Iterator[Line]:
    """One demand: its achievements, each with reason and owners."""
    demand = report.demand
    firm = f"（{demand.enterprise.name}）" if demand and demand.enterprise.name else ""
    yield 0, f"■ {report.demand_id} {report.title}{firm}"
    if demand and demand.category:
        yield 2, f"需求类别：{demand.category}"
    shown = report.proposed
    if report.gap:
        yield 2, report.gap
        shown = [one for one in report.achievements[:_NEAREST] if one.band is not Band.WEAK]
        if shown:
            yield 2, "以下仅供参考："
    for one in shown:
        yield from _achievement(one)
    if not report.gap and len(shown) < len(report.achievements):
        yield 2, f"其余 {len(report.achievements) - len(shown)} 项与需求关系不大，从略。"


def fitting_lines(achievement: StoredItem, found: Sequence[AchievementDemand]) -> Iterator[Line]:
    """The reverse view."""
    yield 0, f"■ {item_heading(achievement.item)}适合的需求"
    if not found:
        yield 2, "没有找到相关需求。"
    likely = [one for one in found if one.score >= _LEAST_NAMED] or found[:1]
    for place, one in enumerate(likely, start=1):
        firm = f"（{one.demand.enterprise.name}）" if one.demand.enterprise.name else ""
        rank = f"在该需求的成果中排第 {one.rank}"
        yield 2, f"{place}. {one.reading.id} {one.title}{firm}  匹配概率 {in_percent(one.score)}，{rank}"
    if len(likely) < len(found):
        yield 2, f"其余 {len(found) - len(likely)} 项的匹配概率更低，从略"


def _achievement(one: Achievement) -> Iterator[Line]:
    where = "，".join(str(part) for part in (one.item.year, one.item.source) if part)
    yield 2, f"{one.rank}. {one.heading()}{f'（{where}）' if where else ''}  {one.summary()}"
    if one.passage.asked:
        words = one.passage.words
        yield 6, f"需求：{mark(excerpt(one.passage.asked, words, _LONGEST_SENTENCE), words)}"
        yield 6, f"材料：{mark(excerpt(one.passage.answered, words, _LONGEST_SENTENCE), words)}"
    for owner in one.owners[:_NAMED_OWNERS]:
        yield 4, _owner(owner)
    if len(one.owners) > _NAMED_OWNERS:
        yield 4, f"持有人共 {len(one.owners)} 位，其余从略"
    if one.blocked:
        yield 4, "注意：持有人都不能安排，须另寻途径"


def _owner(owner: Owner) -> str:
    if owner.forbidden:
        return f"× 持有人 {owner.name()}：{'；'.join(owner.remarks(FindingKind.FORBIDDEN))}"
    unknown = owner.remarks(FindingKind.UNKNOWN)
    return f"持有人 {owner.name()}" + (f"，待核：{'；'.join(unknown)}" if unknown else "")
