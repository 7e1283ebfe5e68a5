"""What people say of a plan, read and applied: choices as they are typed, replacing and swapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.errors import ChoiceUnreadable
from matcher.plan.problem import MARKS, Choice, Steering

_KINDS = {kind.value: kind for kind in StationKind}
_MODES = {mode.value: mode for mode in StationMode}


def parse_choice(text: str) -> Choice:
    """`D001:E001`, `D001`, `:E001`, each with `:科技专家工作站` and `:联合共建` behind. Raises ChoiceUnreadable.

    In a number a colon, comma or sign of equality stands behind a backslash.

    >>> parse_choice("D001:E001:联合共建")
    Choice(demand_id='D001', expert_id='E001', kind=None, mode=<StationMode.JOINT: '联合共建'>)
    """
    parts = [_number(part) for part in _split(text, ":：")]
    words = [part for part in parts if part in _KINDS or part in _MODES]
    names = [part for part in parts if part not in words]
    kinds = [_KINDS[word] for word in words if word in _KINDS]
    modes = [_MODES[word] for word in words if word in _MODES]
    if len(names) > 2 or not any(names) or len(kinds) > 1 or len(modes) > 1:
        raise ChoiceUnreadable(text)
    demand_id, expert_id = (*names, "")[:2]
    return Choice(demand_id, expert_id, kinds[0] if kinds else None, modes[0] if modes else None)


def old_choice(text: str) -> Choice:
    """Of a choice or a replacement as typed, whom it is about. Raises ChoiceUnreadable."""
    return parse_choice(_split(text, "=＝")[0])


def parse_replacement(text: str) -> tuple[Choice, Choice]:
    """`D001:E001` or `D001:E001=E007`: who gives way, and who comes, whoever it be. Raises ChoiceUnreadable."""
    old_text, *new = _split(text, "=＝")
    old = parse_choice(old_text)
    if not old.demand_id or not old.expert_id or len(new) > 1:
        raise ChoiceUnreadable(text)
    return old, Choice(old.demand_id, _number("".join(new)), old.kind, old.mode)


def parse_swap(text: str) -> tuple[Choice, Choice]:
    """`D001:E001,D002:E002`. Raises ChoiceUnreadable."""
    first, *others = _split(text, ",，")
    if len(others) != 1:
        raise ChoiceUnreadable(text)
    pair = parse_choice(first), parse_choice(others[0])
    if not all(choice.demand_id and choice.expert_id for choice in pair):
        raise ChoiceUnreadable(text)
    return pair


def _split(text: str, marks: str) -> list[str]:
    """At every mark that stands behind no backslash."""
    parts, hidden = [""], False
    for sign in text:
        if sign in marks and not hidden:
            parts.append("")
        else:
            parts[-1] += sign
        hidden = sign == "\\" and not hidden
    return parts


def _number(part: str) -> str:
    return re.sub(rf"\\([{MARKS}])", r"\1", part.strip())


def replaced(steering: Steering, text: str) -> Steering:
    """`D001:E001` puts somebody else in E001's place; `D001:E001=E007` puts E007 there. Raises ChoiceUnreadable."""
    old, new = parse_replacement(text)
    return replace(steering, forbidden=(*steering.forbidden, old), fixed=(*_without(steering.fixed, [old]), new))


def swapped(steering: Steering, first: Choice, second: Choice) -> Steering:
    """The experts of two demands change places."""
    crossed = (Choice(first.demand_id, second.expert_id), Choice(second.demand_id, first.expert_id))
    return replace(steering, fixed=(*_without(steering.fixed, [first, second]), *crossed))


def dropped(steering: Steering, text: str) -> Steering:
    """Without the choice, region floor or accepted target that is written so."""
    return replace(
        steering,
        fixed=tuple(choice for choice in steering.fixed if str(choice) != text),
        forbidden=tuple(choice for choice in steering.forbidden if str(choice) != text),
        preferred=tuple(choice for choice in steering.preferred if str(choice) != text),
        floors=tuple(floor for floor in steering.floors if str(floor) != text),
        accepted=tuple(name for name in steering.accepted if name != text),
    )


def joined(first: Steering, second: Steering) -> Steering:
    """Both, each choice once; what the second fixes of a demand takes the place of what the first fixes of it, and
    what the second forbids is fixed no longer."""
    newer = {choice.demand_id for choice in second.fixed}
    older = tuple(
        choice
        for choice in first.fixed
        if choice not in second.forbidden and (choice.demand_id not in newer or not choice.demand_id)
    )
    return Steering(
        fixed=_once(older, second.fixed),
        forbidden=tuple(c for c in _once(first.forbidden, second.forbidden) if c not in second.fixed),
        preferred=_once(first.preferred, second.preferred),
        kept=second.kept or first.kept,
        floors=tuple({floor.code: floor for floor in (*first.floors, *second.floors)}.values()),
        accepted=tuple(dict.fromkeys((*first.accepted, *second.accepted))),
    )


def _once(first: Sequence[Choice], second: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _without(choices: Iterable[Choice], gone: Sequence[Choice]) -> tuple[Choice, ...]:
    demands = {choice.demand_id for choice in gone}
    return tuple(choice for choice in choices if choice.demand_id not in demands)
