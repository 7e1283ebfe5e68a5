"""What people say of a plan of visits, applied. Several experts may go to one enterprise, so that each pair stands for
itself: replacing one of them, or fixing one more, touches nobody else there."""

from __future__ import annotations

from dataclasses import replace

from matcher.plan.problem import Choice, Steering
from matcher.plan.steering import parse_replacement


def visitor_replaced(steering: Steering, text: str) -> Steering:
    """`D001:E001` sends somebody else in E001's place; `D001:E001=E007` sends E007. Raises ChoiceUnreadable."""
    old, new = parse_replacement(text)
    return visits_joined(steering, Steering(fixed=(new,), forbidden=(old,)))


def visitors_swapped(steering: Steering, first: Choice, second: Choice) -> Steering:
    """The two experts change places: each goes to the other's enterprise and no more to his or her own."""
    crossed = (Choice(first.demand_id, second.expert_id), Choice(second.demand_id, first.expert_id))
    return visits_joined(steering, Steering(fixed=crossed, forbidden=(first, second)))


def visits_joined(first: Steering, second: Steering) -> Steering:
    """Both, each choice once; where they contradict each other, the second holds.

    Whoever or whatever the second forbids as a whole is fixed no longer.
    """
    fixed = tuple(choice for choice in first.fixed if not any(_holds(one, choice) for one in second.forbidden))
    return replace(
        second,
        fixed=_later(fixed, second.fixed, ()),
        forbidden=_later(first.forbidden, second.forbidden, second.fixed),
        preferred=_later(first.preferred, second.preferred, second.forbidden),
        kept=second.kept or first.kept,
    )


def _later(old: tuple[Choice, ...], new: tuple[Choice, ...], against: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(dict.fromkeys((*(choice for choice in old if choice not in against), *new)))


def _holds(wide: Choice, choice: Choice) -> bool:
    return wide.demand_id in ("", choice.demand_id) and wide.expert_id in ("", choice.expert_id)
