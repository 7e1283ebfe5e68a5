#!/usr/bin/env python3
"""Finding beyond the ranking of experts, on the test collection: `eval_finding.py --home HOME COLLECTION`.

The home holds the imported collection (`matcher import experts`, `matcher import demands`). Achievements: papers as the
bank, ranked for each demand, judged by `qrels_dev_papers.tsv`. Similar experts: for each demand and right person (grade
3), of the ten most similar who share no item with that person the share that suits the same demand; and the share of
co-authors who are found among as many similar people as there are co-authors.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from matcher.domain.vocabulary import EvidenceType
from matcher.evaluate.files import Answer, Qrels, Run, read_qrels
from matcher.evaluate.measures import SUITABLE, score_run
from matcher.settings import MatcherSettings
from matcher.text.reading import read_demand
from matcher.wiring import Application

_DEEP = 100
_FIRST = 10
_RIGHT = 3
_LEVELS = (0.0, 0.1, 0.3, 0.6, 1.01)
_SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=150, help="pairs of a demand and a right person, drawn by chance")
    options = parser.parse_args()
    application = Application(MatcherSettings(home=options.home))
    achievements(application, read_qrels(options.collection / "qrels_dev_papers.tsv"))
    similar(application, read_qrels(options.collection / "qrels_dev.tsv"), options.pairs)


def achievements(application: Application, qrels: Qrels) -> None:
    bank = application.achievement_bank([EvidenceType.PAPER])
    run: Run = {}
    refused: dict[bool, int] = {True: 0, False: 0}
    for demand in application.store.demands.stream():
        report = bank.match(read_demand(demand), demand, demand.title, _DEEP)
        run[demand.id] = [Answer(one.item.source, one.score) for one in report.achievements]
        refused[_answerable(qrels.get(demand.id, {}))] += bool(report.gap)
    score = score_run(run, qrels)
    print(f"achievements: {len(score.demands)} answerable demands, judged {score.judged:.3f}")
    print(f"  nDCG@10 {score.ndcg10:.3f} (+-{score.interval:.3f}), P@5 {score.p5:.3f}, hit@3 {score.hit3:.3f}, "
          f"R@50 {score.r50:.3f}, calibration error {score.calibration:.3f}")  # fmt: skip
    print(f"  said that nothing suits: unanswerable {refused[False]}, answerable {refused[True]}")
    _reliability(run, qrels)


def _answerable(grades: dict[str, int]) -> bool:
    return any(grade >= SUITABLE for grade in grades.values())


def _reliability(run: Run, qrels: Qrels) -> None:
    """What was said and what came of it, of the first ten."""
    shown = [(one.score, qrels.get(demand, {}).get(one.expert_id, 0) >= SUITABLE)
             for demand, answers in run.items() for one in answers[:_FIRST]]  # fmt: skip
    for low, high in pairwise(_LEVELS):
        inside = [(score, good) for score, good in shown if low <= score < high]
        if inside:
            said, true = fmean(score for score, _ in inside), fmean(good for _, good in inside)
            print(f"  from {low:.1f} to {min(high, 1):.1f}: {len(inside)} shown, said {said:.2f}, suits {true:.2f}")


def similar(application: Application, qrels: Qrels, count: int) -> None:
    pairs = [(demand, expert) for demand, grades in sorted(qrels.items())
             for expert, grade in sorted(grades.items()) if grade == _RIGHT]  # fmt: skip
    chosen = random.Random(_SEED).sample(pairs, min(count, len(pairs)))
    suits, found, took = list[float](), list[float](), list[float]()
    for demand, expert in chosen:
        start = time.process_time()
        alike = application.similar_experts.to(expert, _DEEP)
        took.append(time.process_time() - start)
        others = [one.expert.id for one in alike if not one.common_items][:_FIRST]
        if others:
            suits.append(fmean(qrels[demand].get(one, 0) >= SUITABLE for one in others))
        if (share := _co_authors_found(application, expert, [one.expert.id for one in alike])) is not None:
            found.append(share)
    print(f"similar experts: {len(chosen)} pairs; of the ten who share no item suit {fmean(suits):.3f}; "
          f"co-authors found {fmean(found):.3f}; processor {1000 * fmean(took):.0f} ms each")  # fmt: skip


def _co_authors_found(application: Application, expert: str, alike: Sequence[str]) -> float | None:
    """Among as many of the most similar as there are co-authors; None for who has none."""
    index = application.index.index.pinned()
    items = application.store.items.by_numbers(index.items_of(expert).tolist())
    together = {owner for one in items for owner in one.owners} - {expert}
    return len(together & set(alike[: len(together)])) / len(together) if together else None


if __name__ == "__main__":
    main()
