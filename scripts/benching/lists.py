"""Lists of a served library: how long pages and API take for a first look, filters, sorting, paging, typing."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from benching.rows import Dice
from benching.served import Server, add_key, ask, bearer, log_in, run, served
from matcher.domain.account import Role
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store.batches import batches
from matcher.wiring import Application
from service.settings import ServiceSettings

_ROUNDS, _BATCH, _SEED = 30, 5000, 16
_SCOPES = ("experts:read", "demands:read")


def furnish_many(home: Path, count: int) -> None:
    """So many experts and demands in all: those that are there, and copies of them with other facets."""
    application = Application(ServiceSettings(home=home))
    store, dice = application.store, Dice(ReferenceTables.load(bundled("reference")), _SEED)
    experts, demands = list(store.experts.stream()), list(store.demands.stream())
    for people in batches(dice.experts(experts, count - len(experts)), _BATCH):
        store.experts.save(people, by="bench")
    for forms in batches(dice.demands(demands, count - len(demands)), _BATCH):
        store.demands.save(forms, by="bench")
    store.close()


def measure_lists(home: Path, workers: int) -> None:
    """Tells start, first answers, and each kind of question by pages and by API."""
    name = f"bench{os.getpid()}"
    run(home, "user", "add", f"admin{os.getpid()}", "--name", "管理员", "--role", Role.ADMINISTRATOR.value)
    said = run(home, "user", "add", name, "--name", "测试", "--role", Role.MANAGER.value)
    key = bearer(add_key(home, *_SCOPES))
    with served(home, workers) as server:
        _meet_while_starting(server)
        print(f"all workers ready after {server.wait_until_ready():.1f} s; memory {server.megabytes()} MB")
        staff = log_in(server, name, said.split()[-1].rpartition("：")[2])
        for room in ("experts", "demands"):
            _pages(server, room, staff)
            _api(server, room, key)
        print(f"memory {server.megabytes()} MB")


def _meet_while_starting(server: Server) -> None:
    """What the first people meet who come before the lists are there."""
    while True:
        try:
            status, _ = ask(server.connection(), "GET", "/login")
            break
        except OSError:
            time.sleep(0.1)
    print(f"login page answered {status} after {time.perf_counter() - server.began:.1f} s")


def _pages(server: Server, room: str, staff: Mapping[str, str]) -> None:
    narrow = [("region", "2201"), ("region", "2202"), ("service", "技术咨询")]
    part = {**staff, "HX-Request": "true"}
    for what, query, headers in (
        ("first page", [], staff),
        ("page 2", [("page", "2")], part),
        ("page 1000", [("page", "1000")], part),
        ("other order", [("sort", "-changed")], part),
        ("one filter", [("region", "2201")], part),
        ("three filters", narrow, part),
        ("one letter typed", [("q", "张")], part),
        ("two words typed", [("q", "吉林 焊接")], part),
        ("nothing found", [("q", "没有这个")], part),
        ("filters and typed", [*narrow, ("q", "玉米"), ("sort", "-id")], part),
    ):
        _tell(server, f"page /{room} {what}", f"/{room}?{urlencode(query)}", headers)


def _api(server: Server, room: str, key: Mapping[str, str]) -> None:
    path = f"/api/v1/{room}"
    cursor = json.loads(ask(server.connection(), "GET", f"{path}?limit=200", headers=key)[1])["next"]
    for what, query in (
        ("first page", "limit=50"),
        ("next page", f"limit=200&cursor={quote(cursor)}"),
        ("other order", "sort=-changed"),
        ("three filters", "facet=region:2201&facet=region:2202&facet=service:" + quote("技术咨询")),
        ("one letter typed", "q=" + quote("张")),
        ("two words typed", "q=" + quote("吉林 焊接")),
    ):
        _tell(server, f"API {path} {what}", f"{path}?{query}", key)


def _tell(server: Server, what: str, path: str, headers: Mapping[str, str]) -> None:
    connection, times, size = server.connection(), [], 0
    before = server.processor_seconds()
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        status, body = ask(connection, "GET", path, headers=headers)
        times.append((time.perf_counter() - began) * 1000)
        size = len(body)
        if status != 200:
            raise SystemExit(f"{path}: {status} {body[:300].decode()}")
    processor = (server.processor_seconds() - before) * 1000 / _ROUNDS
    print(
        f"{what:40} p50 {statistics.median(times):6.0f} ms  p95 {sorted(times)[int(_ROUNDS * 0.95)]:6.0f} ms"
        f"  processor {processor:5.0f} ms  {size >> 10:5} KB"
    )
