"""One answer ready to be shown: explained experts, collapsed into teams, with who is excluded and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.demand import Demand
from matcher.domain.match import Band, Finding, MatchResult
from matcher.explain.explanation import Explanation

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class TeamReport:
    """`lead` is shown, `members` are named under it."""

    lead: Explanation
    members: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class MatchReport:
    """`experts` is the flat ranking, `teams` the same people collapsed. `demand` is None for a described problem.

    `excluded` are the best of those whom a rule forbids, `more_excluded` the number of the rest.
    """

    title: str
    result: MatchResult
    demand: Demand | None
    experts: tuple[Explanation, ...]
    teams: tuple[TeamReport, ...]
    excluded: tuple[Explanation, ...]
    hints: tuple[str, ...] = ()
    more_excluded: int = 0

    @property
    def proposed(self) -> tuple[TeamReport, ...]:
        """The teams to be put before people: none where the library has nobody, and nobody who hardly relates."""
        if self.result.gap is not None:
            return ()
        return tuple(team for team in self.teams if team.lead.band is not Band.WEAK)

    def to_json(self) -> Json:
        """Everything that stands in the other formats, for programs."""
        return {
            "demand_id": self.result.demand_id,
            "title": self.title,
            "enterprise": self.demand.enterprise.name if self.demand else "",
            "purpose": self.result.purpose.value,
            "abstained": self.result.abstained,
            "gap": {"message": self.result.gap.message, "fields": self.result.gap.disciplines}
            if self.result.gap
            else None,
            "about_demand": [finding_json(finding) for finding in self.result.about],
            "hints": list(self.hints),
            "experts": [explanation_json(expert) for expert in self.experts],
            "teams": [
                {"lead": team.lead.expert.id, "members": [member.expert.id for member in team.members]}
                for team in self.teams
            ],
            "excluded": [explanation_json(expert) for expert in self.excluded],
            "more_excluded": self.more_excluded,
        }


def grouped(excluded: Sequence[Explanation]) -> list[tuple[str, list[Explanation]]]:
    """People who are out for the same reasons, in the order of the best of them."""
    groups: dict[str, list[Explanation]] = {}
    for one in excluded:
        groups.setdefault("；".join(one.forbidding()), []).append(one)
    return list(groups.items())


def explanation_json(explanation: Explanation) -> Json:
    """One expert with reasons; shares sum to the score, by item and by signal."""
    expert = explanation.expert
    return {
        "rank": explanation.rank,
        "expert_id": expert.id,
        "name": expert.name,
        "organization": expert.organization,
        "title": expert.title,
        "score": round(explanation.score, 6),
        "band": explanation.band.value,
        "summary": explanation.summary(),
        "signal_shares": {signal.value: round(share, 6) for signal, share in explanation.signal_shares.items()},
        "reasons": [
            {
                "item_id": reason.item.id,
                "type": reason.item.type.value,
                "title": reason.item.title or reason.item.title_en,
                "year": reason.item.year,
                "source": reason.item.source,
                "share": round(reason.share, 6),
                "score_without": round(reason.without, 6),
                "demand_sentence": reason.passage.asked,
                "item_sentence": reason.passage.answered,
                "matched_words": reason.passage.whole_words,
            }
            for reason in explanation.reasons
        ],
        "findings": [finding_json(finding) for finding in explanation.findings],
    }


def finding_json(finding: Finding) -> Json:
    return {"rule": finding.rule, "kind": finding.kind.value, "message": finding.message, "ask": finding.ask}
