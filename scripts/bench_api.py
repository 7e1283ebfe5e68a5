#!/usr/bin/env python3
"""Loads a served API on this machine: `bench_api.py [EVAL_FOLDER] [--clients 32] [--seconds 60] [--workers 2]`.

EVAL_FOLDER holds `experts.xlsx` and `demands_dev.xlsx`. They are imported into a temporary home, `matcher serve` runs
on the loopback, and so many clients ask POST /api/v1/matches, with reasons, for one demand after the other. Prints
errors, matches a second, p50 and p99.

`--records 100000` instead: as many experts and demands, made of those of the folder, and how long their lists take by
page and by API. Processor time tells of a busy machine what it would be idle. `--home DIR` keeps the home for the next
time, and takes it as it is when it is there already.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benching.lists import furnish_many, measure_lists
from benching.served import Server, add_key, ask, bearer, run, served

_MOST_SECONDS, _MOST_CLIENTS, _MOST_RECORDS = 600, 256, 1_000_000


@dataclass
class Told:
    """What one client met: seconds of each answer, and how often which status or fault."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, nargs="?", default=Path("../shared/eval"))
    parser.add_argument("--clients", type=int, choices=range(1, _MOST_CLIENTS + 1), default=32, metavar="N")
    parser.add_argument("--seconds", type=int, choices=range(1, _MOST_SECONDS + 1), default=60, metavar="N")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--records", type=int, choices=range(1, _MOST_RECORDS + 1), metavar="N")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    if not options.collection.is_dir():
        print(f"{options.collection} is not there: nothing to ask")
        return
    with _home(options.home) as (home, is_furnished):
        if not is_furnished:
            _import(home, options.collection)
        _tell_machine(options)
        if options.records is None:
            _measure_matches(home, options)
            return
        if not is_furnished:
            furnish_many(home, options.records)
        measure_lists(home, options.workers)


@contextmanager
def _home(kept: Path | None) -> Iterator[tuple[Path, bool]]:
    """A folder, and whether it holds a library already."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept, (kept / "matcher.db").exists()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), False


def _import(home: Path, collection: Path) -> None:
    run(home, "import", "experts", str(collection / "experts.xlsx"))
    run(home, "import", "demands", str(collection / "demands_dev.xlsx"))


def _tell_machine(options: argparse.Namespace) -> None:
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before, {options.workers} workers")


def _measure_matches(home: Path, options: argparse.Namespace) -> None:
    key = add_key(home, "matches:create", "demands:read")
    with served(home, options.workers) as server:
        server.wait_until_ready()
        ids = _demand_ids(server, key)
        began = time.perf_counter()
        told = _load(server, key, ids, options.clients, options.seconds)
        _report(told, time.perf_counter() - began)


def _demand_ids(server: Server, key: str) -> list[str]:
    _, body = ask(server.connection(), "GET", "/api/v1/demands?limit=200", headers=bearer(key))
    return [one["id"] for one in json.loads(body)["items"]]


def _load(server: Server, key: str, ids: Sequence[str], clients: int, seconds: int) -> list[Told]:
    told = [Told() for _ in range(clients)]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_client, args=(server, key, [*ids[at % len(ids) :], *ids], until, one))
        for at, one in enumerate(told)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _client(server: Server, key: str, ids: Sequence[str], until: float, told: Told) -> None:
    connection, at = server.connection(), 0
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            wanted = {"demand_id": ids[at % len(ids)]}
            status, _ = ask(connection, "POST", "/api/v1/matches", wanted, bearer(key))
            told.statuses[str(status)] += 1
        except (OSError, http.client.HTTPException) as fault:
            told.statuses[type(fault).__name__] += 1
            connection.close()
        told.seconds.append(time.perf_counter() - began)
        at += 1


def _report(told: Sequence[Told], spent: float) -> None:
    seconds = sorted(second for one in told for second in one.seconds)
    statuses = sum((one.statuses for one in told), Counter[str]())
    errors = sum(count for status, count in statuses.items() if status != "200")
    print(f"{len(told)} clients, {spent:.0f} s, load {os.getloadavg()[0]:.1f} at the end")
    print(f"{len(seconds)} matches, {errors} errors ({dict(statuses)}), {statuses['200'] / spent:.1f} matches/s")
    print(f"p50 {_quantile(seconds, 0.5):.2f} s, p99 {_quantile(seconds, 0.99):.2f} s, longest {seconds[-1]:.2f} s")


def _quantile(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


if __name__ == "__main__":
    main()
