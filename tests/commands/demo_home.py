"""A home that holds the demo data, and the commands run in it as staff run them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from matcher.cli import build
from matcher.resources import bundled

Matcher = Callable[..., str]


def demo_matcher(home: Path) -> Matcher:
    """Imports the demo data; a command's standard output is returned, what it raises comes through."""

    def run(*arguments: str, **settings: str) -> str:
        env = {"MATCHER_HOME": str(home), "MATCHER_TODAY": "2026-09-01", "COLUMNS": "80", **settings}
        return CliRunner().invoke(build(), arguments, env=env, catch_exceptions=False).stdout

    for what in ("experts", "demands", "ledger"):
        run("import", what, str(bundled(f"demo/{what}.xlsx")))
    return run
