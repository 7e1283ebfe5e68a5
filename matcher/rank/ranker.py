"""One demand in, ranked experts out: two legs bring candidates, signals score them, items vote for experts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import ItemVote, RankedExpert, RankedItem, Signal
from matcher.index.protocol import EvidenceIndex, EvidenceReader, Items
from matcher.rank.fit import GradedDemand, ranked
from matcher.rank.query import Query, QueryBuilder
from matcher.rank.signals import item_signals
from matcher.rank.votes import VOTE_WEIGHTS, Votes, total, vote
from matcher.rank.weights import Calibration, ScoreWeights
from matcher.text.reading import DemandReading

# What each leg brings; only these are scored (design decision 7).
_CANDIDATES = 400
# How much more a leg is asked for when too few of its items are of the kind wanted.
_WIDER = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """All candidates of one demand: `items` (n,), `signals` (n, s) weighted, and the experts' votes."""

    items: NDArray[np.int64]
    signals: NDArray[np.float64]
    votes: Votes

    @property
    def best_total(self) -> float:
        return float(self.votes.totals[0]) if len(self.votes.totals) else 0.0

    def probability(self, value: float, calibration: Calibration) -> float:
        """The calibrated probability of an expert with this total."""
        return calibration.probability(value, self.best_total)

    def without(self, place: int, left: float, calibration: Calibration) -> float:
        """The probability of the expert at `place` if only `left` remained of the total; the best may then change."""
        others = [float(value) for value in self.votes.totals[:2]]
        rivals = others[1:] if place == 0 else others[:1]
        return calibration.probability(left, max([left, *rivals]))


def _candidates(reader: EvidenceReader, query: Query, among: Items | None) -> Items:
    """Ascending numbers of the items that either leg brings; nothing for a question that says nothing."""
    if not query.terms and not query.meaning.any():
        return np.zeros(0, np.int64)
    return np.union1d(
        _brought(lambda count: reader.nearest(query.meaning, count).items, reader.item_count, among),
        _brought(lambda count: reader.lexical(query.terms, count).items, reader.item_count, among),
    )


def _brought(leg: Callable[[int], Items], item_count: int, among: Items | None) -> Items:
    """The leg's best items; of the items `among` alone the leg is asked for more until it has brought as many."""
    count = _CANDIDATES
    found = leg(count)
    if among is None:
        return found
    wanted = min(_CANDIDATES, len(among))
    while len(kept := found[np.isin(found, among)]) < wanted and len(found) == count < item_count:
        count = min(item_count, count * _WIDER)
        found = leg(count)
    return kept[:_CANDIDATES]


class Ranker:
    """Ranks by evidence alone; rules and filters come after. Same input, same order."""

    def __init__(self, index: EvidenceIndex, queries: QueryBuilder, weights: ScoreWeights) -> None:
        self._index = index
        self._queries = queries
        self._weights = weights
        self._vector = np.array([weights.signals.get(signal, 0.0) for signal in Signal])

    @property
    def weights(self) -> ScoreWeights:
        return self._weights

    def standing(self, reading: DemandReading, among: Items | None = None) -> Standing:
        """Scores every candidate item and lets the items vote; an empty reading has no candidates.

        With `among` (item numbers) nothing but these items is a candidate.
        """
        reader = self._index.pinned()
        items, features = self._features(reader, self._queries.build(reading), among)
        signals = features * self._vector
        return Standing(items, signals, vote(signals.sum(axis=1), reader.owners(items)))

    def graded(self, reading: DemandReading, grades: Mapping[str, int]) -> GradedDemand:
        """The unweighted signals of the candidates: what weights are fitted on."""
        reader = self._index.pinned()
        items, features = self._features(reader, self._queries.build(reading))
        return GradedDemand(reading.id, features, reader.owners(items), grades)

    def answers(self, demand: GradedDemand) -> list[tuple[str, float]]:
        """Experts with probabilities by the weights in force, best first."""
        order = ranked(demand, self._vector)
        best = order[0][1] if order else 0.0
        return [(expert, self._weights.calibration.probability(value, best)) for expert, value in order]

    def _features(
        self, reader: EvidenceReader, query: Query, among: Items | None = None
    ) -> tuple[Items, NDArray[np.float64]]:
        items = _candidates(reader, query, among)
        return items, item_signals(reader, query, items).astype(np.float64)

    def items(self, standing: Standing, among: Standing) -> list[RankedItem]:
        """The items of `among`, best first, ties by number; `standing` is that of the same demand without limits.

        An item's `score` is the probability of an expert all of whose votes are as good as this item, where the best
        item of all makes the best expert: the calibration of the experts then holds for items too (docs/quality.md).
        """
        best = float(standing.signals.sum(axis=1).max(initial=0.0)) * sum(VOTE_WEIGHTS)
        totals = among.signals.sum(axis=1) * sum(VOTE_WEIGHTS)
        return [
            RankedItem(
                int(among.items[row]),
                rank,
                self._weights.calibration.probability(float(totals[row]), max(best, float(totals[row]))),
                tuple((signal, float(value)) for signal, value in zip(Signal, among.signals[row], strict=True)),
            )
            for rank, row in enumerate(np.argsort(-totals, kind="stable").tolist(), start=1)
        ]

    def expert(self, standing: Standing, place: int) -> RankedExpert:
        """The expert at `place` (0 is best) with probability and the votes of his or her best items."""
        rows = list(standing.votes.rows[place])
        scores = standing.signals[rows].sum(axis=1).tolist()
        voting = range(min(len(rows), len(VOTE_WEIGHTS)))
        return RankedExpert(
            standing.votes.experts[place],
            place + 1,
            standing.probability(total(scores), self._weights.calibration),
            tuple(self._item_vote(standing, rows, scores, at, place) for at in voting),
        )

    def _item_vote(
        self, standing: Standing, rows: Sequence[int], scores: Sequence[float], at: int, place: int
    ) -> ItemVote:
        whole = total(scores)
        score = standing.probability(whole, self._weights.calibration)
        left = total([value for other, value in enumerate(scores) if other != at])
        signals = standing.signals[rows[at]]
        return ItemVote(
            item=int(standing.items[rows[at]]),
            signals=tuple((signal, float(value)) for signal, value in zip(Signal, signals, strict=True)),
            share=score * VOTE_WEIGHTS[at] * scores[at] / whole if whole else 0.0,
            without=standing.without(place, left, self._weights.calibration) if len(rows) > 1 else 0.0,
        )
