"""Experts and days as people type them into a form: numbers or names, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from matcher.intake.dates import parse_date
from matcher.store.store import Store
from service.plans.errors import AbsenceUnclear, PeopleUnclear
from service.plans.wishes import Absence

_BETWEEN_PEOPLE = re.compile(r"[\s,，、;；]+")
_BEFORE_DAYS = r"[\s,，、;；=＝:：]+"
# Days stand last; a number may hold any of the signs that stand before them.
_ABSENCE = re.compile(rf"(?P<who>\S+?){_BEFORE_DAYS}(?P<days>\d{{4}}\D.*)")
_LONGEST_LIST = 5


def people_named(store: Store, text: str) -> tuple[str, ...]:
    """Numbers of the experts, each once. Raises PeopleUnclear."""
    words = list(dict.fromkeys(filter(None, _BETWEEN_PEOPLE.split(text))))
    numbers = store.experts.get_many(words)
    named = store.experts.find_by_names(word for word in words if word not in numbers)
    found: list[str] = []
    problems: list[str] = []
    for word in words:
        ids = [word] if word in numbers else [expert.id for expert in named.get(word, [])]
        if len(ids) == 1:
            found.append(ids[0])
        elif ids:
            problems.append(f"叫“{word}”的专家有 {len(ids)} 位（{'、'.join(ids[:_LONGEST_LIST])}），请写编号")
        else:
            problems.append(f"库中没有“{word}”这位专家")
    if problems:
        raise PeopleUnclear(problems[:_LONGEST_LIST])
    return tuple(dict.fromkeys(found))


def absences(store: Store, text: str) -> tuple[Absence, ...]:
    """Of lines such as `张三 2026-06-02、2026-06-03`. Raises AbsenceUnclear, PeopleUnclear."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(absence for line in lines for absence in _of_line(store, line))


def _of_line(store: Store, line: str) -> Iterator[Absence]:
    found = _ABSENCE.fullmatch(line)
    if not found:
        raise AbsenceUnclear(line)
    (expert_id,) = people_named(store, found["who"])
    days = filter(None, re.split(_BEFORE_DAYS, found["days"]))
    yield from (Absence(expert_id=expert_id, day=day) for day in _days(line, list(days)))


def _days(line: str, texts: Sequence[str]) -> list[date]:
    read = [parse_date(text) for text in texts]
    days = [one.value for one in read if isinstance(one.value, date) and not one.complaint]
    if len(days) != len(read):
        raise AbsenceUnclear(line)
    return days
