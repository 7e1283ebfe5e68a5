"""Proposes to split a questionnaire that holds several needs; a person confirms (design decision 2).

A list of causes or aspects is one need. Several needs are proposed only where independent signs agree: the title names
several topics, the text has as many parts, each part is about its own topic, the goals and the wanted fields pair up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.domain.demand import Demand, Need
from matcher.intake.enumeration import Segmentation, segmentations
from matcher.intake.title_cuts import (
    TitleCut,
    Wording,
    affinities,
    clauses,
    likeness,
    own_wordings,
    title_cuts,
    wanted_fields,
)
from matcher.text.normalise import meaningful
from matcher.text.sentences import sentences

Similarity = Callable[[str, str], float]
"""Likeness of two texts, 0 to 1."""

_SAYS_SEVERAL = re.compile(
    r"[两二三](?:件|桩)[^。；]{0,4}事|[两二三](?:个|项|大)(?:技术)?(?:难题|事|需求|课题|项目|品种|难点)|分别(?:派|请|找|安排)|互不相干"
)
_ABOUT_BOTH = re.compile(r"^(?:以上|上述|这?[两二](?:件|个|项|样|桩|头))")
_BY_THE_WAY = re.compile(r"^(?:顺便|另外|还有)")
_ENOUGH = 3.5
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the questionnaire as several needs."""

    titles: tuple[str, ...]
    parts: Segmentation
    evidence: float


def propose_split(demand: Demand, similarity: Similarity = likeness) -> tuple[Need, ...]:
    """The needs that the questionnaire seems to hold, in its order; empty when it seems to hold one.

    `similarity` compares parts of the problem: parts that are much alike are aspects of one need.
    """
    readings = list(_readings(demand, similarity))
    best = max(readings, key=lambda reading: reading.evidence, default=None)
    if best is None or best.evidence < _ENOUGH:
        return ()
    return _needs(demand, best)


def _readings(demand: Demand, similarity: Similarity) -> Iterator[_Reading]:
    text = _plain(demand.problem)
    marked = list(segmentations(text))
    cuts = list(title_cuts(demand.title))
    longest = max((len(cut.parts) for cut in marked if cut.numbered), default=0)
    for cut in cuts:
        for parts in [*marked, *_unmarked(text, cut)]:
            if len(parts.parts) == len(cut.parts) >= longest:
                yield _weighed(demand, cut, parts, similarity)
    for parts in marked:
        if len(parts.parts) >= longest:
            yield _weighed(demand, None, parts, similarity)


def _weighed(demand: Demand, cut: TitleCut | None, parts: Segmentation, similarity: Similarity) -> _Reading:
    titles = cut.parts if cut else tuple(_first_clause(part) for part in parts.parts)
    evidence = _structure(demand, parts) + _wanted_evidence(demand, len(titles))
    if cut:
        evidence += (1.0 if cut.strong else 0.0) + _pairing(cut.parts, parts.parts)
        evidence += _goal_evidence(demand, cut.parts)
    # Asked only where it decides: comparing texts costs as much as all the rest.
    if evidence >= _ENOUGH and max(similarity(one, other) for one, other in pairwise(parts.parts)) > _ALIKE:
        evidence -= 2.0
    return _Reading(titles, parts, evidence)


def _structure(demand: Demand, parts: Segmentation) -> float:
    said = 2.0 if _SAYS_SEVERAL.search(demand.title + "。" + demand.problem) else 0.0
    # A list is often one of causes; "另一个事" hardly ever.
    return said + 2.0 * parts.new_topic + 1.5 * parts.numbered + 0.5 * parts.aside


def _wanted_evidence(demand: Demand, count: int) -> float:
    return 2.0 if len(wanted_fields(_plain(demand.wanted))) == count else 0.0


def _pairing(titles: tuple[str, ...], parts: tuple[str, ...]) -> float:
    """Whether each part of the text speaks of its own topic of the title: 1.5 all do, down to -1.5 each other's.

    1 more when no part touches another's topic at all.
    """
    topics = own_wordings(titles)
    table = [affinities(topics, part) for part in parts]
    votes = [_vote([row[topic] for row in table], topic) for topic in range(len(titles))]
    clean = all(own >= 1.0 and rest == 0 for own, rest in map(_own_and_rest, table, range(len(table))))
    return 1.5 * sum(votes) / len(votes) + clean


def _own_and_rest(row: list[float], own: int) -> tuple[float, float]:
    return row[own], sum(row) - row[own]


def _vote(scores: list[float], own: int) -> int:
    rival = max(score for part, score in enumerate(scores) if part != own)
    return (scores[own] > rival) - (scores[own] < rival)


def _goal_evidence(demand: Demand, titles: tuple[str, ...]) -> float:
    """1 when the goals, taken together, name every topic and each goal only one."""
    topics = own_wordings(titles)
    owners = [_owner(affinities(topics, goal)) for goal in clauses(_plain(demand.goal))]
    return 1.0 if set(range(len(titles))) <= set(owners) else 0.0


def _owner(scores: list[float]) -> int | None:
    best = max(scores)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None


def _unmarked(text: str, cut: TitleCut) -> Iterator[Segmentation]:
    """The cut between two sentences that best sets apart two topics of the title, for texts without markers."""
    lines = sentences(text)
    if len(cut.parts) == 2 and len(lines) > 1:
        halves = [("".join(lines[:end]), "".join(lines[end:])) for end in range(1, len(lines))]
        topics = own_wordings(cut.parts)
        # Of equal cuts the last: what follows a topic without naming it still belongs to it.
        yield Segmentation(max(reversed(halves), key=lambda half: _apartness(topics, half)))


def _apartness(topics: Sequence[Wording], parts: tuple[str, ...]) -> float:
    table = [affinities(topics, part) for part in parts]
    own = sum(row[index] for index, row in enumerate(table))
    return 2 * own - sum(map(sum, table))


def _needs(demand: Demand, reading: _Reading) -> tuple[Need, ...]:
    wanted = wanted_fields(_plain(demand.wanted))
    own_wanted = wanted if len(wanted) == len(reading.titles) else (_plain(demand.wanted),) * len(reading.titles)
    goals = _goals(demand, reading)
    return tuple(
        Need(demand.id, number, _BY_THE_WAY.sub("", title.strip()), _joined(part, goal), field)
        for number, (title, part, goal, field) in enumerate(
            zip(reading.titles, reading.parts.parts, goals, own_wanted, strict=True), start=1
        )
    )


def _goals(demand: Demand, reading: _Reading) -> list[str]:
    """Each goal goes to the need it speaks of; as many goals as needs pair in order; the rest goes to all."""
    found = clauses(_plain(demand.goal))
    count = len(reading.titles)
    if len(found) == count:
        return list(found)
    topics = own_wordings([title + part for title, part in zip(reading.titles, reading.parts.parts, strict=True)])
    owners = [_owner(affinities(topics, goal)) for goal in found]
    return ["；".join(g for g, owner in zip(found, owners, strict=True) if owner in (None, n)) for n in range(count)]


def _joined(part: str, goal: str) -> str:
    own = "".join(line for line in re.split(r"(?<=[。！？\n])", part) if not _ABOUT_BOTH.match(line))
    return f"{own or part}\n{goal}" if goal else own or part


def _plain(text: str) -> str:
    """The firm's own wording, "" for a placeholder."""
    return text.strip() if meaningful(text) else ""


def _first_clause(part: str) -> str:
    bare = re.sub(r"^[\s（(]*(?:第?[一二三四五六甲乙丙1-6①-⑥][是、.．)）件个项]?)[：:，,\s]*", "", part)
    return re.split(r"[，,。：:；;]", bare, maxsplit=1)[0][:30]
