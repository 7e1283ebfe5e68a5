"""What is typed to steer a plan, as options of commands, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import typer

from matcher.plan.errors import RegionFloorUnreadable
from matcher.plan.problem import RegionFloor, Steering
from matcher.plan.steering import joined, parse_choice, parse_swap, replaced, swapped
from matcher.plan.visit_steering import visitor_replaced, visitors_swapped
from matcher.reference.regions import Regions
from matcher.wiring import Application

Texts: TypeAlias = list[str] | None
Fix = Annotated[Texts, typer.Option(help="必须安排，如 D001:E001 或 D001，可多次；编号里的冒号前加 \\")]
Forbid = Annotated[Texts, typer.Option(help="不得安排，如 D001:E001 或 :E001，可多次")]
Prefer = Annotated[Texts, typer.Option(help="优先安排，可多次")]
Replace = Annotated[Texts, typer.Option(help="换人：D001:E001，或 D001:E001=E007，可多次")]
Swap = Annotated[Texts, typer.Option(help="对调：D001:E001,D002:E002，可多次")]


def chosen(fix: Texts, forbid: Texts, prefer: Texts) -> Steering:
    """Raises ChoiceUnreadable."""
    return Steering(
        fixed=tuple(map(parse_choice, fix or ())),
        forbidden=tuple(map(parse_choice, forbid or ())),
        preferred=tuple(map(parse_choice, prefer or ())),
    )


def stations_steered(steering: Steering, replace: Texts, swap: Texts) -> Steering:
    """Raises ChoiceUnreadable."""
    for text in replace or ():
        steering = replaced(steering, text)
    for text in swap or ():
        steering = swapped(steering, *parse_swap(text))
    return steering


def visits_steered(steering: Steering, replace: Texts, swap: Texts) -> Steering:
    """Raises ChoiceUnreadable."""
    for text in replace or ():
        steering = visitor_replaced(steering, text)
    for text in swap or ():
        steering = visitors_swapped(steering, *parse_swap(text))
    return steering


def warned(application: Application, asked: Steering, before: Steering) -> None:
    """Says beside the answer whom somebody chose although he or she hardly suits; the plan marks it 待核."""
    for sentence in application.choice_doubts.new(asked.fixed, before.fixed):
        typer.echo(f"提醒：{sentence}", err=True)


def with_floors(steering: Steering, at_least: Sequence[str], regions: Regions) -> Steering:
    """`at_least`: `延边=2`. Raises RegionFloorUnreadable."""
    return joined(steering, Steering(floors=tuple(_floor(text, regions) for text in at_least)))


def with_accepted(steering: Steering, relax: Texts) -> Steering:
    return joined(steering, Steering(accepted=steering.accepted_names(relax or ())))


def _floor(text: str, regions: Regions) -> RegionFloor:
    name, _, least = text.replace("＝", "=").partition("=")
    region = regions.find(name)
    if region is None or not region.code or not least.strip().isdigit():
        raise RegionFloorUnreadable(text)
    return RegionFloor(region.code, region.name, int(least))
