#!/usr/bin/env python3
"""What each ingredient of the ranking earns: `eval_ablation.py --home MATCHER_HOME --qrels QRELS [--encoder NAME=DIR]`.

The home must hold the experts and demands that were judged. Prints a Markdown table: each line leaves out or replaces
one ingredient; nDCG@10, the difference to the full ranking with its paired 95 % interval, P@5, hit@3, R@50, the judged
share, milliseconds a demand. All lines use the bundled weights but where a signal is left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.domain.demand import Demand
from matcher.domain.match import Signal
from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.hubs import HubCorrected
from matcher.encode.protocol import Encoder
from matcher.evaluate.compare import compare
from matcher.evaluate.files import Answer, Run, read_qrels
from matcher.evaluate.measures import RunScore, score_run
from matcher.rank.query import QueryBuilder
from matcher.rank.ranker import Ranker
from matcher.rank.votes import VOTE_WEIGHTS, vote
from matcher.settings import MatcherSettings
from matcher.text.reading import read_demand
from matcher.wiring import Application
from matcher.workflows.index_build import build_index, domain_terms
from matcher.workflows.index_recipe import IndexRecipe


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the table."""

    name: str
    encoder: Encoder
    terms: tuple[str, ...]
    signals: tuple[Signal, ...] = tuple(Signal)
    votes: tuple[float, ...] = VOTE_WEIGHTS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--qrels", type=Path, required=True)
    parser.add_argument("--encoder", action="append", default=[], help="another static encoder to compare, NAME=FOLDER")
    options = parser.parse_args()
    application = Application(MatcherSettings(home=options.home))
    qrels = read_qrels(options.qrels)
    demands = list(application.store.demands.get_many(qrels).values())
    full: RunScore | None = None
    print("| | nDCG@10 | difference (95 %) | P@5 | hit@3 | R@50 | judged | ms |\n|---|---|---|---|---|---|---|---|")
    for variant in _variants(application, dict(pair.split("=", 1) for pair in options.encoder)):
        run, milliseconds = _run(application, variant, demands)
        score = score_run(run, qrels)
        full = full or score
        print(_line(variant.name, score, full, milliseconds), flush=True)


def _variants(application: Application, encoders: dict[str, str]) -> Iterator[Variant]:
    plain, bank = application.encoder, application.shipped.query_bank
    whole = Variant("full ranking", HubCorrected(plain, bank), domain_terms(application.store))
    yield whole
    yield replace(whole, name="words alone (BM25)", signals=(Signal.LEXICAL,))
    yield replace(whole, name="meaning alone", signals=(Signal.MEANING,))
    yield replace(whole, name="no hub correction", encoder=HubCorrected(plain, ()))
    yield replace(whole, name="a quarter of the question bank", encoder=HubCorrected(plain, bank[::4]))
    yield replace(whole, name="no domain dictionary", terms=())
    yield replace(whole, name="best item alone votes", votes=(1.0,))
    yield replace(whole, name="votes 1 + 1/2 + 1/3", votes=(1.0, 1 / 2, 1 / 3))
    for name, folder in encoders.items():
        yield replace(whole, name=name, encoder=HubCorrected(BuiltinEncoder(Path(folder)), bank))


def _run(application: Application, variant: Variant, demands: Sequence[Demand]) -> tuple[Run, float]:
    recipe = IndexRecipe(variant.encoder, application.shipped.stop_words)
    segmenter = recipe.segmenter(variant.terms)
    settings, analyzer = recipe.settings(segmenter, variant.terms), recipe.analyzer(segmenter)
    index = build_index(application.store, settings, analyzer, variant.encoder.encode_documents, lambda *_: None)
    weights = application.weights
    kept = replace(weights, signals={signal: weights.signals.get(signal, 0.0) for signal in variant.signals})
    ranker = Ranker(index, QueryBuilder(analyzer, variant.encoder), kept)
    run: Run = {}
    started = time.perf_counter()
    for demand in demands:
        standing = ranker.standing(read_demand(demand))
        votes = vote(standing.signals.sum(axis=1), index.owners(standing.items), variant.votes)
        best = max(votes.totals, default=0.0)
        run[demand.id] = [
            Answer(expert, weights.calibration.probability(total, best))
            for expert, total in zip(votes.experts[:50], votes.totals, strict=False)
        ]
    return run, 1000 * (time.perf_counter() - started) / len(demands)


def _line(name: str, score: RunScore, full: RunScore, milliseconds: float) -> str:
    found = compare(score, full)
    difference = "" if score is full else f"{found.difference:+.3f} ({found.low:+.3f} to {found.high:+.3f})"
    figures = (score.p5, score.hit3, score.r50, score.judged)
    return " | ".join(
        [
            f"| {name}",
            f"{score.ndcg10:.3f}",
            difference,
            *(f"{figure:.3f}" for figure in figures),
            f"{milliseconds:.1f} |",
        ]
    )


if __name__ == "__main__":
    main()
