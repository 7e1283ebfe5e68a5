#!/usr/bin/env python3
"""Loads a served API on this machine: `bench_api.py [EVAL_FOLDER] [--clients 32] [--seconds 60] [--workers 2]`.

EVAL_FOLDER holds `experts.xlsx` and `demands_dev.xlsx`. They are imported into a temporary home, `matcher serve` runs
on the loopback, and so many clients ask POST /api/v1/matches, with reasons, for one demand after the other. Prints
errors, matches a second, p50 and p99.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_MATCHER = (sys.executable, "-c", "from service.cli import main; main()")
_MOST_SECONDS, _MOST_CLIENTS, _START_SECONDS = 600, 256, 300
_RATE = "100000"


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
    options = parser.parse_args()
    if not options.collection.is_dir():
        print(f"{options.collection} is not there: nothing to ask")
        return
    with tempfile.TemporaryDirectory() as home:
        key = _furnish(Path(home), options.collection)
        with _served(home, options.workers) as port:
            ids = _demand_ids(port, key)
            began = time.perf_counter()
            told = _load(port, key, ids, options.clients, options.seconds)
            _report(told, time.perf_counter() - began, options)


def _furnish(home: Path, collection: Path) -> str:
    """Imports the collection; returns a key for matches."""
    _run(home, "import", "experts", str(collection / "experts.xlsx"))
    _run(home, "import", "demands", str(collection / "demands_dev.xlsx"))
    scopes = ("--scope", "matches:create", "--scope", "demands:read")
    said = _run(home, "key", "add", "bench", *scopes, "--per-minute", _RATE)
    return "mk_" + said.split("mk_")[1].split()[0]


def _run(home: Path, *words: str) -> str:
    done = subprocess.run([*_MATCHER, *words], env=_environment(str(home)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"matcher {' '.join(words)}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
    return done.stdout


@contextmanager
def _served(home: str, workers: int) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = open(Path(home) / "serve.log", "wb")  # noqa: SIM115 - closed when the server has ended
    words = [*_MATCHER, "serve", "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen(words, env=_environment(home), stdout=log, stderr=log)
    try:
        _wait_until_ready(port)
        yield port
    finally:
        server.terminate()
        server.wait(60)
        log.close()


def _wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "GET", "/health/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the server did not become ready")


def _demand_ids(port: int, key: str) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _, body = _ask(connection, "GET", "/api/v1/demands?limit=200", key)
    return [one["id"] for one in json.loads(body)["items"]]


def _load(port: int, key: str, ids: Sequence[str], clients: int, seconds: int) -> list[Told]:
    told = [Told() for _ in range(clients)]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_client, args=(port, key, [*ids[at % len(ids) :], *ids], until, one))
        for at, one in enumerate(told)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _client(port: int, key: str, ids: Sequence[str], until: float, told: Told) -> None:
    connection, at = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            status, _ = _ask(connection, "POST", "/api/v1/matches", key, {"demand_id": ids[at % len(ids)]})
            told.statuses[str(status)] += 1
        except (OSError, http.client.HTTPException) as fault:
            told.statuses[type(fault).__name__] += 1
            connection.close()
        told.seconds.append(time.perf_counter() - began)
        at += 1


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, key: str = "", body: object = None
) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _report(told: Sequence[Told], spent: float, options: argparse.Namespace) -> None:
    seconds = sorted(second for one in told for second in one.seconds)
    statuses = sum((one.statuses for one in told), Counter[str]())
    errors = sum(count for status, count in statuses.items() if status != "200")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"{options.clients} clients, {options.workers} workers, {spent:.0f} s"
    )
    print(f"{len(seconds)} matches, {errors} errors ({dict(statuses)}), {statuses['200'] / spent:.1f} matches/s")
    print(f"p50 {_quantile(seconds, 0.5):.2f} s, p99 {_quantile(seconds, 0.99):.2f} s, longest {seconds[-1]:.2f} s")


def _quantile(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "MATCHER_HOME": home}


if __name__ == "__main__":
    main()
