"""Two plans of visits side by side, in words."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.plan.visit_result import Stop
from matcher.workflows.visit_report import VisitReport


def visit_words(before: VisitReport, after: VisitReport) -> tuple[str, ...]:
    """In sentences, the enterprises by name."""
    return tuple(_words(before, after))


def _words(before: VisitReport, after: VisitReport) -> Iterator[str]:
    old, new = ({stop.demand_id: stop for stop in report.kept.plan.stops} for report in (before, after))
    both = old.keys() & new.keys()
    groups = (
        ("新增走访", after, new.keys() - old.keys()),
        ("不再走访", before, old.keys() - new.keys()),
        ("日期、组别或专家有变化", after, {id for id in both if _essence(old[id]) != _essence(new[id])}),
    )
    for word, report, ids in groups:
        if ids:
            yield f"{word} {len(ids)} 家：{'、'.join(report.firm(id) or id for id in sorted(ids))}"
    counts = [len({who for stop in stops.values() for who in (*stop.on_site, *stop.remote)}) for stops in (old, new)]
    if counts[0] != counts[1]:
        yield f"专家由 {counts[0]} 位变为 {counts[1]} 位"


def _essence(stop: Stop) -> tuple[object, ...]:
    return (stop.day, stop.team, stop.on_site, stop.remote)
