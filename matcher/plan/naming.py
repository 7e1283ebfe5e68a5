"""Numbers of people and demands inside sentences, marked, so that whoever shows a sentence puts names to them.

A plan is kept without names: people are erased on request, and are called what they are called on the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from matcher.plan.problem import FIXED, MODE_TARGET, Choice
from matcher.plan.steering import parse_choice

_EXPERT, _DEMAND = "专家", "需求"
_MARKED = re.compile(rf"⟨({_EXPERT}|{_DEMAND}) ([^⟩]*)⟩")


def expert(number: str) -> str:
    return f"⟨{_EXPERT} {number}⟩"


def demand(number: str) -> str:
    return f"⟨{_DEMAND} {number}⟩"


def chosen(choice: Choice) -> str:
    """A choice inside a sentence."""
    who = [name(number) for name, number in ((demand, choice.demand_id), (expert, choice.expert_id)) if number]
    return "，".join(["：".join(who), *(str(part) for part in (choice.kind, choice.mode) if part)])


def target(name: str) -> str:
    """A target of a plan by its name; of a fixed choice the numbers in it are marked."""
    if not name.startswith(FIXED):
        return name
    typed = name.removeprefix(FIXED).removesuffix(MODE_TARGET)
    return f"{FIXED}{chosen(parse_choice(typed))}{MODE_TARGET if name.endswith(MODE_TARGET) else ''}"


def named(text: str, person: Callable[[str], str], enterprise: Callable[[str], str]) -> str:
    """The sentence with names for numbers."""
    return _MARKED.sub(lambda found: (person if found[1] == _EXPERT else enterprise)(found[2]), text)


def bare(text: str) -> str:
    """The sentence with the numbers alone."""
    return _MARKED.sub(lambda found: found[2], text)


def experts_in(texts: Iterable[str]) -> Iterator[str]:
    """Numbers of the people that the sentences name."""
    return (found[2] for text in texts for found in _MARKED.finditer(text) if found[1] == _EXPERT)


def demands_in(texts: Iterable[str]) -> Iterator[str]:
    return (found[2] for text in texts for found in _MARKED.finditer(text) if found[1] == _DEMAND)
