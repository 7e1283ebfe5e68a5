#!/usr/bin/env python3
"""Times warm matches inside the library, beside plain BM25 on the same index: `bench_match.py [--home MATCHER_HOME]`.

The home must hold imported experts and demands. Prints its setting, then p50 and p95 in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from matcher.domain.demand import Demand
from matcher.rank.votes import vote
from matcher.settings import MatcherSettings, load_settings
from matcher.text.reading import DemandReading
from matcher.wiring import Application
from matcher.workflows.match import MatchRequest, readings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a MATCHER_HOME with data; else the one in force")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--top", type=int, default=10)
    options = parser.parse_args()
    application = Application(MatcherSettings(home=options.home) if options.home else load_settings())
    demands = list(application.store.demands.stream())
    asked = [(reading, demand) for demand in demands for reading in readings(demand)]
    matchmaker, index = application.matchmaker, application.index.index
    request = MatchRequest(top=options.top)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"{application.store.experts.count()} experts, {index.item_count} items, {len(asked)} questions"
    )

    def plain(reading: DemandReading, _: Demand) -> None:
        hits = index.lexical(application.queries.terms(reading.text()), 1000)
        vote(hits.scores.astype(float), index.owners(hits.items))

    _time("match", lambda reading, demand: matchmaker.match(reading, request, demand), asked, options.rounds)
    _time("plain BM25", plain, asked, options.rounds)


def _time(
    name: str, work: Callable[[DemandReading, Demand], object], asked: list[tuple[DemandReading, Demand]], rounds: int
) -> None:
    for reading, demand in asked:
        work(reading, demand)
    spent = []
    for _ in range(rounds):
        for reading, demand in asked:
            started = time.perf_counter()
            work(reading, demand)
            spent.append((time.perf_counter() - started) * 1000)
    print(f"{name:>12}: p50 {np.percentile(spent, 50):6.1f} ms   p95 {np.percentile(spent, 95):6.1f} ms")


if __name__ == "__main__":
    main()
