"""One door per foreign library: only the module named here imports it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence

from tests.architecture.source import Source

DOORS: dict[str, tuple[str, ...]] = {
    "alembic": ("matcher.store",),
    "argon2": ("service.security.passwords",),
    "cryptography": ("matcher.store.cipher",),
    "dbos": ("service.jobs.queue",),
    "docxtpl": ("matcher.documents.word",),
    "faiss": ("matcher.index.dense",),
    "fastapi": ("service",),
    "jinja2": ("service.console", "matcher.documents.word"),
    "filelock": ("matcher.index.snapshot", "matcher.workflows.encoder_folder", "service.jobs.office"),
    "markupsafe": ("matcher.documents.word",),
    "markdown_it": ("service.console.manual",),
    "model2vec": ("matcher.encode.builtin",),
    "ortools": ("matcher.plan.solver",),
    "platformdirs": ("matcher.settings",),
    "pydantic_core": ("matcher.settings",),
    "pydantic_settings": ("matcher.settings",),
    "python_calamine": ("matcher.intake.readers",),
    "rich": ("matcher.commands",),
    "safetensors": ("matcher.encode.static_model",),
    "rjieba": ("matcher.text.segment",),
    "sentence_transformers": ("matcher.encode.transformer",),
    "sqlalchemy": ("matcher.store",),
    "sqlite3": ("matcher.store",),
    "starlette": ("service",),
    "threadpoolctl": ("matcher.wiring",),
    "typer": ("matcher.commands", "matcher.cli", "service.commands", "service.cli"),
    "uvicorn": ("service.members",),
    "xlsxwriter": ("matcher.tables",),
}
# The common tongue of the house: arrays, frames, validated values.
EVERYWHERE = {"numpy", "pandas", "pydantic", "scipy"}
OURS = {"matcher", "service"}
# Imports that no check can follow.
_BY_NAME = {"import_module", "__import__", "exec", "eval"}
# A room may be named as a door where one library has one file there: these count files.
ONE_FILE = {
    "ortools",
    "faiss",
    "rjieba",
    "model2vec",
    "sentence_transformers",
    "python_calamine",
    "xlsxwriter",
    "cryptography",
}


def strangers(sources: Sequence[Source], doors: Mapping[str, tuple[str, ...]] = DOORS) -> Iterator[str]:
    """Imports of a foreign library outside its door, and of libraries that have none."""
    for source in sources:
        for target, line in source.imports:
            library = target.split(".")[0]
            if library in OURS | EVERYWHERE or (library in sys.stdlib_module_names and library not in doors):
                continue
            if library not in doors:
                yield f"{source.path}:{line}: {library} has no door; name one in DOORS"
            elif not any(source.name == door or source.name.startswith(door + ".") for door in doors[library]):
                yield f"{source.path}:{line}: {library} is imported outside its door {', '.join(doors[library])}"


def hidden_imports(sources: Sequence[Source]) -> Iterator[str]:
    """Imports that do not say what they bring: `import *`, and modules named at run time."""
    for source in sources:
        for name, line in source.imports:
            if name.endswith(".*"):
                yield f"{source.path}:{line}: import *"
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _called(node) in _BY_NAME:
                yield f"{source.path}:{node.lineno}: {_called(node)} hides what is imported"


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def crowded_doors(sources: Sequence[Source]) -> Iterator[str]:
    """Libraries of ONE_FILE that more than one module imports."""
    users: dict[str, set[str]] = {}
    for source in sources:
        for target, _ in source.imports:
            users.setdefault(target.split(".")[0], set()).add(source.name)
    for library in sorted(ONE_FILE):
        if len(users.get(library, ())) > 1:
            yield f"{library} is imported by {', '.join(sorted(users[library]))}; one module may"
