"""Sizes, names and habits that the house asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tests.architecture.source import Source, functions

FILE_LINES = 400
FUNCTION_LINES = 50
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
# Put together here, so that this file does not find itself.
_LEFT_OPEN = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "NotImplemented" + "Error")))
_PATCHES = {"monkey" + "patch", "mo" + "ck", "Magic" + "Mock", "pat" + "ch"}
_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_CONTAINERS = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "bytearray"}
_CHANGES = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "remove", "clear"}
_CACHES = {"cache", "lru_cache"}


def oversized(sources: Sequence[Source]) -> Iterator[str]:
    """Files above 400 and functions above 50 lines."""
    for source in sources:
        lines = len(source.text.splitlines())
        if lines > FILE_LINES:
            yield f"{source.path}: {lines} lines; name what it does and split by that"
        for node in functions(source):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{source.path}:{node.lineno}: {node.name} has {length} lines"


def empty_names(sources: Sequence[Source]) -> Iterator[str]:
    """Files and folders whose names say nothing."""
    for source in sources:
        if EMPTY_NAMES & set(source.path.with_suffix("").parts):
            yield f"{source.path}: the name does not say what is in it"


def left_open(sources: Sequence[Source]) -> Iterator[str]:
    """Notes to oneself."""
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), start=1):
            if _LEFT_OPEN.search(line):
                yield f"{source.path}:{number}: left open"


def prints(sources: Sequence[Source]) -> Iterator[str]:
    """Calls of print in libraries."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                yield f"{source.path}:{node.lineno}: print"


def machine_days(sources: Sequence[Source]) -> Iterator[str]:
    """Days and hours by the zone of the machine or by UTC, where people in China read them (`matcher/beijing.py`)."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
                name, asked = node.func.attr, node.func.value
                of_clock = isinstance(asked, ast.Call) and "clock" in ast.unparse(asked.func)
                if (name in ("astimezone", "today") and ast.unparse(asked) != "beijing") or (
                    name == "date" and of_clock
                ):
                    yield f"{source.path}:{node.lineno}: {ast.unparse(node)}; ask matcher.beijing"


def patches(sources: Sequence[Source]) -> Iterator[str]:
    """Tests that patch instead of building their own objects."""
    for source in sources:
        for node in ast.walk(source.tree):
            name = node.arg if isinstance(node, ast.arg) else node.attr if isinstance(node, ast.Attribute) else ""
            imported = isinstance(node, ast.ImportFrom) and node.module in ("unittest", "unittest." + "mo" + "ck")
            if name in _PATCHES or imported:
                yield f"{source.path}:{getattr(node, 'lineno', 0)}: patches"


def module_state(sources: Sequence[Source]) -> Iterator[str]:
    """Lists, dicts and sets at module level that are no constants: not named so, empty, or changed; caches; globals."""
    for source in sources:
        containers = {name for name, value, _ in _module_values(source) if _is_container(value)}
        for name, value, line in _module_values(source):
            if (_is_container(value) and not name.isupper() and not name.startswith("__")) or _is_empty(value):
                yield f"{source.path}:{line}: {name} is state of the module"
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Global):
                yield f"{source.path}:{node.lineno}: global"
            elif (changed := _changed_name(node)) in containers:
                yield f"{source.path}:{getattr(node, 'lineno', 0)}: {changed} is changed"
        for function in functions(source):
            if _CACHES & {_last_name(decorator) for decorator in function.decorator_list}:
                yield f"{source.path}:{function.lineno}: {function.name} keeps a cache in the module"


def _module_values(source: Source) -> Iterator[tuple[str, ast.expr, int]]:
    for node in source.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node.value, node.lineno) for target in targets if isinstance(target, ast.Name))


def _is_container(value: ast.expr) -> bool:
    return isinstance(value, _MUTABLE) or (isinstance(value, ast.Call) and _last_name(value) in _CONTAINERS)


def _is_empty(value: ast.expr) -> bool:
    parts = getattr(value, "elts", None) or getattr(value, "keys", None) or getattr(value, "generators", None)
    return _is_container(value) and not (parts or getattr(value, "args", None))


def _changed_name(node: ast.AST) -> str:
    """The name whose content a statement changes: `NAME[x] = y`, `NAME.append(y)`."""
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return getattr(node.value, "id", "")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
        return getattr(node.func.value, "id", "")
    return ""


def _last_name(node: ast.expr) -> str:
    """`cache` of `cache`, `functools.cache` and `cache(...)`."""
    called = node.func if isinstance(node, ast.Call) else node
    return getattr(called, "id", "") or getattr(called, "attr", "")
