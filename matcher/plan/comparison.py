"""Two plans of stations side by side: what one has and the other has not, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.plan import naming
from matcher.plan.result import Station, StationPlan


@dataclass(frozen=True, slots=True)
class Changed:
    """A demand whose station is another one: other chief, kind or mode."""

    before: Station
    after: Station


@dataclass(frozen=True, slots=True)
class Comparison:
    """`points`, `funding` and `fit` (thousandths) say by how much the second plan has more."""

    added: tuple[Station, ...]
    removed: tuple[Station, ...]
    changed: tuple[Changed, ...]
    points: int
    funding: int
    fit: int

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed)

    def in_words(self) -> tuple[str, ...]:
        """Sentences for people; demands and experts by marked numbers, see `naming`."""
        lines = [f"新增{_named(station)}" for station in self.added]
        lines += [f"不再安排{_named(station)}" for station in self.removed]
        lines += [f"{naming.demand(c.before.demand_id)}：{_who(c.before)} 改为 {_who(c.after)}" for c in self.changed]
        if self.same:
            lines.append("人选和建站安排相同")
        fit = _signed(self.fit / 1000, ".3f")
        unit = " 万元" if self.funding else ""
        lines.append(f"总分{_signed(self.points)}，匹配概率合计{fit}，资助{_signed(self.funding)}{unit}")
        return tuple(lines)


def compare(before: StationPlan, after: StationPlan) -> Comparison:
    old = {station.demand_id: station for station in before.stations}
    new = {station.demand_id: station for station in after.stations}
    both = [Changed(old[id], new[id]) for id in old if id in new]
    return Comparison(
        added=tuple(station for id, station in new.items() if id not in old),
        removed=tuple(station for id, station in old.items() if id not in new),
        changed=tuple(change for change in both if _essence(change.before) != _essence(change.after)),
        points=after.points - before.points,
        funding=after.funding - before.funding,
        fit=sum(s.fit for s in after.stations) - sum(s.fit for s in before.stations),
    )


def _essence(station: Station) -> tuple[str, str, str]:
    return (station.expert_id, station.kind, station.mode)


def _named(station: Station) -> str:
    return f"{naming.demand(station.demand_id)}：{_who(station)}"


def _who(station: Station) -> str:
    return f"{naming.expert(station.expert_id)}（{station.kind}，{station.mode}）"


def _signed(number: float, form: str = "d") -> str:
    if not number:
        return "不变"
    return f"{'增加' if number > 0 else '减少'} {abs(number):{form}}"
