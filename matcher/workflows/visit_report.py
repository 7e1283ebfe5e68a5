"""A plan of visits with names: 行程表 by day and by person, for screens, JSON and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import in_percent
from matcher.plan.result import Backup
from matcher.plan.visit_result import Stop, Team
from matcher.reference.regions import Regions
from matcher.tables.sheet import Cell, SheetSpec
from matcher.workflows.plan_names import PlanNames
from matcher.workflows.plan_sight import PlanSights
from matcher.workflows.visit_archive import KeptVisits

Row = tuple[Cell, ...]
_WEEKDAYS = "一二三四五六日"
_BY_DAY = (
    ("日期", 12), ("星期", 6), ("组", 5), ("当天第几家", 8), ("需求编号", 10), ("企业名称", 26), ("所在地", 16),
    ("需求名称", 26), ("期望服务方式", 18), ("到场专家", 30), ("线上参加", 24), ("组长", 16), ("备选专家", 26),
    ("待核", 30),
)  # fmt: skip
_BY_PERSON = (
    ("专家", 18), ("工作单位", 26), ("日期", 12), ("组", 5), ("当天第几家", 8), ("企业名称", 26), ("所在地", 16),
    ("需求名称", 26), ("方式", 8), ("身份", 8),
)  # fmt: skip
_TEAMS = (("组", 5), ("组长", 18), ("组员", 50), ("日期", 12), ("所在地", 16), ("当天对接(家)", 10))
_LEFT = (("需求编号", 10), ("企业名称", 26), ("需求名称", 26), ("未走访的原因", 50), ("相关专家", 18), ("需要核实", 40))


@dataclass(frozen=True, slots=True)
class VisitReport(PlanNames):
    kept: KeptVisits
    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]
    regions: Regions

    def backup(self, backup: Backup) -> str:
        """With whom he or she can replace, where that is not everybody at the stop."""
        place = f"，可替{self.people(backup.instead_of)}" if backup.instead_of else ""
        return f"{self.person(backup.expert_id)}{in_percent(backup.fit / 1000)}{place}"

    def place(self, demand_id: str) -> str:
        demand = self.demands.get(demand_id)
        return demand.enterprise.region_name if demand else ""

    def team(self, stop: Stop) -> Team:
        return next(team for team in self.kept.plan.teams if team.number == stop.team)

    def to_json(self) -> dict[str, object]:
        plan, record = self.kept.plan, self.kept.record
        return {
            "plan": {name: getattr(record, name) for name in ("id", "version", "state", "title")},
            "points": plan.quality.points,
            "proven": plan.quality.proven,
            "gap": plan.quality.gap,
            "stops": [
                {**asdict(stop), "enterprise": self.firm(stop.demand_id), "title": self.title(stop.demand_id)}
                for stop in plan.stops
            ],
            "teams": [asdict(team) for team in plan.teams],
            "names": {id: expert.name for id, expert in sorted(self.experts.items())},
            "unvisited": [asdict(one) for one in plan.unvisited],
            "missed": list(plan.missed),
            "missed_why": list(plan.missed_why),
            "ways_out": list(plan.ways_out),
            "against": [asdict(violation) for violation in self.kept.against],
        }

    def sheets(self) -> list[SheetSpec]:
        """Sheets in the order a leader reads them."""
        return [
            _sheet("行程表（按日）", _BY_DAY, self._by_day()),
            _sheet("行程表（按人）", _BY_PERSON, self._by_person()),
            _sheet("分组", _TEAMS, self._teams()),
            _sheet("未走访的需求", _LEFT, self._left()),
        ]

    def _by_day(self) -> Iterator[Row]:
        for stop in self.kept.plan.stops:
            demand = self.demands.get(stop.demand_id)
            yield (
                stop.day,
                _WEEKDAYS[stop.day.weekday()],
                stop.team,
                stop.order,
                stop.demand_id,
                self.firm(stop.demand_id),
                self.place(stop.demand_id),
                self.title(stop.demand_id),
                "、".join(demand.services) if demand else "",
                self.people(stop.on_site),
                self.people(stop.remote),
                self.person(self.team(stop).leader),
                "、".join(map(self.backup, stop.backups)),
                "；".join(stop.doubts),
            )

    def _by_person(self) -> Iterator[Row]:
        stops = self.kept.plan.stops
        for name in sorted({e for stop in stops for e in (*stop.on_site, *stop.remote)}):
            expert = self.experts.get(name)
            for stop in stops:
                if name in (*stop.on_site, *stop.remote):
                    there = name in stop.on_site
                    role = "组长" if there and self.team(stop).leader == name else "组员" if there else "线上"
                    yield (
                        self.person(name),
                        expert.organization if expert else "",
                        stop.day,
                        stop.team,
                        stop.order,
                        self.firm(stop.demand_id),
                        self.place(stop.demand_id),
                        self.title(stop.demand_id),
                        "现场" if there else "线上",
                        role,
                    )

    def _teams(self) -> Iterator[Row]:
        for team in self.kept.plan.teams:
            for day, place in team.days:
                visits = sum(stop.team == team.number and stop.day == day for stop in self.kept.plan.stops)
                region = self.regions.get(place)
                where = region.name if region else place
                yield (team.number, self.person(team.leader), self.people(team.members), day, where, visits)

    def _left(self) -> Iterator[Row]:
        for one in self.kept.plan.unvisited:
            who = self.person(one.expert_id) if one.expert_id else ""
            yield (one.demand_id, self.firm(one.demand_id), self.title(one.demand_id), one.why, who, one.ask)


def _sheet(name: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Row]) -> SheetSpec:
    header, widths = zip(*columns, strict=True)
    return SheetSpec(name, header, list(rows), widths)


class VisitReporter:
    def __init__(self, sights: PlanSights, regions: Regions) -> None:
        self._sights = sights
        self._regions = regions

    def report(self, kept: KeptVisits) -> VisitReport:
        """With names in every sentence."""
        sight = kept.sight or self._sights.of_visits(kept.plan)
        against = tuple(replace(one, message=sight.sentence(one.message)) for one in kept.against)
        shown = replace(kept, plan=kept.plan.told(sight.sentence), against=against)
        return VisitReport(shown, sight.experts, sight.demands, self._regions)
