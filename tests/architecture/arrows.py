"""Imports run downwards or inside a room, never up, never in a circle (design: the floors)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from tests.architecture.source import Source

# Floor of each room; a module of the library outside a room counts as its own room.
FLOORS = {
    "matcher": 0,
    "matcher.beijing": 0,
    "matcher.errors": 0,
    "matcher.once": 0,
    "matcher.resources": 1,
    "matcher.settings": 1,
    "matcher.domain": 1,
    "matcher.documents": 2,
    "matcher.encode": 2,
    "matcher.evaluate": 2,
    "matcher.index": 2,
    "matcher.reference": 2,
    "matcher.store": 2,
    "matcher.tables": 2,
    "matcher.text": 2,
    "matcher.catalogue": 3,
    "matcher.explain": 3,
    "matcher.intake": 3,
    "matcher.plan": 3,
    "matcher.rank": 3,
    "matcher.shipped": 4,
    "matcher.workflows": 4,
    "matcher.wiring": 5,
    "matcher.commands": 6,
    "matcher.cli": 7,
    "service": 0,
    "service.settings": 8,
    "service.logs": 8,
    "service.audit": 8,
    "service.health": 9,
    "service.security": 9,
    "service.jobs": 10,
    "service.matching": 10,
    "service.plans": 10,
    "service.records": 10,
    "service.talent": 10,
    "service.wiring": 11,
    "service.addresses": 12,
    "service.cookies": 12,
    "service.statuses": 12,
    "service.doors": 13,
    "service.api": 14,
    "service.console": 14,
    "service.faults": 15,
    "service.limits": 16,
    "service.app": 17,
    "service.server_errors": 16,
    "service.crew": 18,
    "service.members": 18,
    "service.server": 19,
    "service.commands": 20,
    "service.cli": 21,
}
# Rooms of one floor that may look into another: the index holds words that `text` cuts; rules are used alike by
# ranking and plans (decision 8); a job draws up what the desk of plans was asked; talent is found by matches.
SIDEWAYS = {
    ("matcher.index", "matcher.text"),
    ("matcher.plan", "matcher.rank"),
    ("service.jobs", "service.plans"),
    ("service.jobs", "service.records"),
    ("service.jobs", "service.talent"),
    ("service.talent", "service.matching"),
}
# The packages themselves: what lies in them and in no room is homeless.
PACKAGES = {"matcher", "service"}
# Settings are read by wiring alone; everybody else is given objects.
ONLY_WIRING = {
    "matcher.settings": {"matcher.wiring", "service.settings"},
    "service.settings": {"service.wiring"},
}


def room(name: str, floors: Mapping[str, int] = FLOORS) -> str | None:
    """The longest room that the dotted name lies in."""
    parts = name.split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((candidate for candidate in names if candidate in floors), None)


def upward_imports(sources: Sequence[Source]) -> Iterator[str]:
    """Every import that goes up, or sideways into another room."""
    for source in sources:
        here = room(source.name)
        if here is None or (here in PACKAGES and source.name not in PACKAGES):
            yield f"{source.path}: stands in no room; give it one in FLOORS"
            continue
        for target, line in source.imports:
            there = room(target)
            if there is None or there in (here, *PACKAGES) or (here, there) in SIDEWAYS:
                continue
            if FLOORS[there] >= FLOORS[here]:
                yield f"{source.path}:{line}: {here} imports {there}, which does not lie below it"


def settings_readers(sources: Sequence[Source]) -> Iterator[str]:
    """Modules that import the settings and are not the wiring."""
    for source in sources:
        for settings, allowed in ONLY_WIRING.items():
            if source.name not in {*allowed, settings} and any(name.startswith(settings) for name, _ in source.imports):
                yield f"{source.path}: reads settings; only wiring may"


def environment_readers(sources: Sequence[Source]) -> Iterator[str]:
    """Modules that look at the environment themselves."""
    for source in sources:
        named = {name for name, _ in source.imports}
        used = {f"os.{node.attr}" for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)}
        if source.name not in ONLY_WIRING and (named | used) & {"os.environ", "os.getenv"}:
            yield f"{source.path}: reads the environment; only the settings may"


def circles(sources: Sequence[Source]) -> Iterator[str]:
    """Modules, and rooms of one floor, that import each other in a circle."""
    names = {source.name for source in sources}
    modules = {source.name: {_module(target, names) for target, _ in source.imports} & names for source in sources}
    rooms: dict[str, set[str]] = {}
    for source in sources:
        targets = {room(target) or "" for target, _ in source.imports} - {room(source.name), "", *PACKAGES}
        rooms.setdefault(room(source.name) or "", set()).update(targets)
    for graph in (modules, rooms):
        for start in sorted(graph):
            if _reaches(graph, start):
                yield f"{start} imports itself in a circle"


def _module(target: str, names: set[str]) -> str:
    return target if target in names else target.rpartition(".")[0]


def _reaches(graph: Mapping[str, set[str]], start: str) -> bool:
    waiting, seen = list(graph.get(start, set()) - {start}), set[str]()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting += graph.get(name, set())
    return False
