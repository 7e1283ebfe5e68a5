#!/usr/bin/env python3
"""Lectures and panels on the test collection: `eval_together.py --home HOME COLLECTION`.

The home holds the imported collection (`matcher import experts`, `matcher import demands`). Lectures: how well likeness
tells pairs of demands that share a suitable expert, and what the proposed lecturers are worth. Panels: topics of three
answerable demands each, drawn by chance; an aspect is covered when a member suits its demand; beside it the first five
for the whole text. Suits: grade 2 or better in `qrels_dev.tsv`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean

import numpy as np

from matcher.domain.demand import Demand
from matcher.domain.topic import Topic
from matcher.evaluate.files import Qrels, read_qrels
from matcher.evaluate.measures import SUITABLE
from matcher.plan.clusters import ALIKE, likeness
from matcher.plan.panel import PanelTerms
from matcher.rank.rules import first_unit, unit_name
from matcher.settings import MatcherSettings
from matcher.text.reading import read_demand, read_text
from matcher.wiring import Application
from matcher.workflows.match import MatchRequest

_SEED = 7
_ASPECTS = 3
_SEATS = 5
Suiting = Mapping[str, frozenset[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--topics", type=int, default=20)
    options = parser.parse_args()
    application = Application(MatcherSettings(home=options.home))
    demands = list(application.store.demands.stream())
    suits = _suiting(read_qrels(options.collection / "qrels_dev.tsv"), demands)
    pairs(application, demands, suits)
    lectures(application, demands, suits)
    panels(application, [one for one in demands if suits[one.id]], suits, options.topics)


def _suiting(qrels: Qrels, demands: Sequence[Demand]) -> Suiting:
    return {
        one.id: frozenset(id for id, grade in qrels.get(one.id, {}).items() if grade >= SUITABLE) for one in demands
    }


def pairs(application: Application, demands: Sequence[Demand], suits: Suiting) -> None:
    readings = [read_demand(one) for one in demands]
    vectors = application.encoder.encode_queries([one.text() for one in readings])
    alike = likeness(vectors, [application.matchmaker.rarity(one) for one in readings])
    both = list(combinations(range(len(demands)), 2))
    share = np.array([bool(suits[demands[a].id] & suits[demands[b].id]) for a, b in both])
    print(f"pairs of demands: {len(both)}, {share.sum()} share a suitable expert")
    for name, values in (("meaning", alike.meaning), ("words", alike.words), ("sum", alike.total)):
        print(f"  area under the curve, {name}: {_area(np.array([values[pair] for pair in both]), share):.3f}")
    total = np.array([alike.total[pair] for pair in both])
    for least in (ALIKE, 0.5):
        near = total >= least
        print(f"  sum from {least}: {near.sum()} pairs, {share[near].mean():.0%} share one")


def _area(values: np.ndarray, true: np.ndarray) -> float:
    """The chance that a true pair stands above another; equal ones count half."""
    good, bad = values[true][:, None], values[~true][None, :]
    return float(((good > bad) + 0.5 * (good == bad)).mean())


def lectures(application: Application, demands: Sequence[Demand], suits: Suiting) -> None:
    start = time.process_time()
    plan = application.lectures.plan(demands, pending_too=True)
    took = time.process_time() - start
    common = [
        group for group in plan.groups if frozenset.intersection(*(suits[one.demand.id] for one in group.demands))
    ]
    served = [group for group in plan.groups if group.lecturers]
    good = [[_first(group) in suits[one.demand.id] for one in group.demands] for group in served]
    print(f"lectures: {len(plan.groups)} groups of {sum(len(group.demands) for group in plan.groups)} demands, "
          f"processor {took:.1f} s; {len(common)} groups have an expert in common, {len(served)} a lecturer, "
          f"{sum(group in common for group in served)} both")  # fmt: skip
    whole, met, of = sum(map(all, good)), sum(map(sum, good)), sum(map(len, good))
    print(f"  the lecturer suits {met} of {of} demands, all of {whole} groups")


def _first(group) -> str:
    return group.lecturers[0].answers[0].expert.id


def panels(application: Application, answerable: Sequence[Demand], suits: Suiting, count: int) -> None:
    draw = random.Random(_SEED)
    drawn = [draw.sample(answerable, _ASPECTS) for _ in range(count)]
    print(f"panels: {count} topics of {_ASPECTS} demands, {_SEATS} seats")
    forms: list[tuple[str, Callable[[Demand], str]]] = [
        ("whole problems", lambda one: read_demand(one).text()), ("names alone", lambda one: one.title)
    ]  # fmt: skip
    for name, words in forms:
        covered, first, took, proven, alike = list[float](), list[float](), list[float](), list[bool](), 0
        for number, some in enumerate(drawn, start=1):
            topic = Topic(f"T{number}", "、".join(one.title for one in some), aspects=tuple(map(words, some)))
            start = time.process_time()
            report = application.panels.panel(topic, PanelTerms(_SEATS))
            took.append(time.process_time() - start)
            proven.append(report.panel.proven)
            covered += [bool(suits[one.id] & {member.expert.id for member in report.members}) for one in some]
            whole = application.matchmaker.match(read_text("\n".join(map(words, some))), MatchRequest(top=_SEATS))
            first += [bool(suits[one.id] & {each.ranked.expert_id for each in whole.experts}) for one in some]
            units = [unit_name(first_unit(member.expert.organization)) for member in report.members]
            alike += len(units) - len(set(units))
        seen = f"aspects covered {fmean(covered):.2f}; first {_SEATS} for the whole text {fmean(first):.2f}"
        kept = f"proven {sum(proven)}, members of a unit already there {alike}, processor {fmean(took):.2f} s"
        print(f"  {name}: {seen}; {kept}")


if __name__ == "__main__":
    main()
