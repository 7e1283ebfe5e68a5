#!/usr/bin/env python3
"""Known-item search on the test collection: `eval_known_items.py ../shared/eval`.

English title and abstract -> the paper without its English fields; csl: keywords -> abstract among all, title -> the
discipline of the first ten abstracts. Prints both legs alone and together.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from quality.search import TextSearch, paper, rank_of

from matcher.domain.match import Signal
from matcher.settings import MatcherSettings
from matcher.wiring import Application

_LEGS: dict[str, tuple[Signal, ...]] = {"BM25": (Signal.LEXICAL,), "dense": (Signal.MEANING,), "both": ()}
_FIRST = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    folder = parser.parse_args().collection
    application = Application(MatcherSettings(home=folder))
    cross_language(application, folder)
    csl(application, folder)


def cross_language(application: Application, folder: Path) -> None:
    papers = {item["source"]: item for row in _rows(folder / "experts.jsonl") for item in row["evidence"]}
    items = list(papers.values())
    asked = [at for at, item in enumerate(items) if item.get("title_en") and item.get("abstract_en")]
    search = TextSearch(
        application,
        [paper(one["source"], one["title"], one["abstract"], one.get("keywords") or ()) for one in items],
    )
    print(f"English title and abstract -> {len(items)} papers without English fields, {len(asked)} questions: rank 1")
    questions = [(f"{items[at]['title_en']}\n{items[at]['abstract_en']}", at) for at in asked]
    _each_leg(search, questions, lambda scores, at: float(rank_of(scores, at) == 1))


def csl(application: Application, folder: Path) -> None:
    rows, others = list(_rows(folder / "csl.jsonl")), list(_rows(folder / "csl_distractors.jsonl"))
    search = TextSearch(application, [paper(row["id"], "", row["abstract"]) for row in [*rows, *others]])
    print(f"keywords -> abstract among {len(rows) + len(others)}: MRR@10")
    questions = [("、".join(row["keywords"]), at) for at, row in enumerate(rows)]
    _each_leg(search, questions, _reciprocal)
    disciplines = np.array([row["discipline"] for row in rows])
    search = TextSearch(application, [paper(row["id"], "", row["abstract"]) for row in rows])
    print(f"title -> {len(rows)} abstracts: share of its discipline in the first ten others")

    def agreement(scores: np.ndarray, at: int) -> float:
        order = [row for row in np.argsort(-scores, kind="stable")[: _FIRST + 1] if row != at][:_FIRST]
        return float((disciplines[order] == disciplines[at]).mean())

    _each_leg(search, [(row["title"], at) for at, row in enumerate(rows)], agreement)


def _reciprocal(scores: np.ndarray, at: int) -> float:
    rank = rank_of(scores, at)
    return 1 / rank if rank <= _FIRST else 0.0


def _each_leg(
    search: TextSearch, questions: Sequence[tuple[str, int]], measure: Callable[[np.ndarray, int], float]
) -> None:
    for name, signals in _LEGS.items():
        print(f"  {name:>5}: {np.mean([measure(search.scores(text, *signals), at) for text, at in questions]):.3f}")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
