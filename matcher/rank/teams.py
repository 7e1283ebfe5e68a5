"""People of one team are shown as a team, so that ten names of one laboratory do not fill the list (decision 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from matcher.domain.match import CheckedExpert

# About a third of the score on common items: they are proposed for the same work.
_COMMON_SHARE = 0.3
# A laboratory of hundreds must not make an answer endless.
_MOST_MEMBERS = 9


@dataclass(frozen=True, slots=True)
class Team:
    """`lead` stands highest in the ranking, `members` in its order."""

    lead: CheckedExpert
    members: tuple[CheckedExpert, ...] = ()


def collapse_teams(experts: Sequence[CheckedExpert]) -> list[Team]:
    """Teams in the order of their leads; whoever stands for three tenths or more on a lead's items joins."""
    teams: list[tuple[CheckedExpert, list[CheckedExpert]]] = []
    for expert in experts:
        leads = [lead for lead, _ in teams]
        home = _home(expert, leads)
        if home is None:
            teams.append((expert, []))
        else:
            teams[home][1].append(expert)
    return [Team(lead, tuple(members)) for lead, members in teams]


def of_first_teams(experts: Iterable[CheckedExpert], count: int) -> list[CheckedExpert]:
    """The first experts, down to the one who would begin team number `count` + 1.

    At most nine members a team on average, so that the list ends.
    """
    taken: list[CheckedExpert] = []
    leads: list[CheckedExpert] = []
    for expert in islice(experts, count * (1 + _MOST_MEMBERS)):
        if _home(expert, leads) is None:
            if len(leads) == count:
                break
            leads.append(expert)
        taken.append(expert)
    return taken


def _home(expert: CheckedExpert, leads: Sequence[CheckedExpert]) -> int | None:
    return next((place for place, lead in enumerate(leads) if _common(expert, lead) >= _COMMON_SHARE), None)


def _common(expert: CheckedExpert, lead: CheckedExpert) -> float:
    """Share of the expert's score that stands on items of the lead."""
    theirs = {vote.item for vote in lead.ranked.votes}
    votes = expert.ranked.votes
    whole = sum(vote.share for vote in votes)
    return sum(vote.share for vote in votes if vote.item in theirs) / whole if whole else 0.0
