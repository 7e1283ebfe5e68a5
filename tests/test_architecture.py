"""The house holds: arrows, doors, sizes, habits, and what the documents promise; each check can fail."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from service.settings import ServiceSettings
from tests.architecture import arrows, doors, habits
from tests.architecture.source import Source, read_sources

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = read_sources(ROOT, "matcher", "service")
EVERYTHING = read_sources(ROOT, "matcher", "service", "scripts", "tests", "tests_browser")
TESTS = read_sources(ROOT, "tests", "tests_browser")

Check = Callable[[Sequence[Source]], Iterator[str]]


@pytest.mark.parametrize(
    ("check", "sources"),
    [
        (arrows.upward_imports, LIBRARY),
        (arrows.settings_readers, LIBRARY),
        (arrows.circles, LIBRARY),
        (arrows.environment_readers, LIBRARY),
        (doors.strangers, LIBRARY),
        (doors.hidden_imports, EVERYTHING),
        (doors.crowded_doors, LIBRARY),
        (habits.oversized, EVERYTHING),
        (habits.empty_names, EVERYTHING),
        (habits.left_open, EVERYTHING),
        (habits.prints, LIBRARY),
        (habits.machine_days, LIBRARY),
        (habits.module_state, LIBRARY),
        (habits.patches, TESTS),
    ],
)
def test_the_house_holds(check: Check, sources: Sequence[Source]) -> None:
    assert list(check(sources)) == []


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (arrows.upward_imports, "matcher/store/rows.py", "from matcher.rank.votes import vote"),
        (arrows.upward_imports, "matcher/explain/why.py", "import matcher.rank.rules"),
        (arrows.upward_imports, "matcher/loose.py", ""),
        (arrows.upward_imports, "matcher/rank/x.py", "from service.api import app"),
        (arrows.upward_imports, "matcher/store/x.py", "from matcher.index.local import LocalIndex"),
        (arrows.upward_imports, "matcher/store/x.py", "from ..rank.votes import vote"),
        (arrows.upward_imports, "matcher/store/__init__.py", "from .. import rank"),
        (arrows.upward_imports, "matcher/store/x.py", "def f():\n    from matcher.rank.votes import vote"),
        (arrows.upward_imports, "matcher/store/x.py", "if TYPE_CHECKING:\n    import matcher.rank.votes"),
        (arrows.settings_readers, "matcher/rank/x.py", "from matcher.settings import load_settings"),
        (arrows.settings_readers, "matcher/rank/x.py", "from matcher import settings"),
        (arrows.environment_readers, "matcher/rank/x.py", "import os\nos.environ['MATCHER_HOME']"),
        (arrows.environment_readers, "matcher/rank/x.py", "from os import getenv"),
        (doors.strangers, "matcher/rank/x.py", "import faiss"),
        (doors.strangers, "matcher/rank/x.py", "def f():\n    import faiss.contrib"),
        (doors.strangers, "matcher/rank/x.py", "import sqlite3"),
        (doors.strangers, "matcher/rank/x.py", "from tests.rank.world import ranker"),
        (arrows.upward_imports, "service/security/x.py", "from service.console.pages import page"),
        (arrows.upward_imports, "service/loose.py", ""),
        (arrows.settings_readers, "service/api/x.py", "from service.settings import ServiceSettings"),
        (doors.strangers, "matcher/workflows/x.py", "from fastapi import FastAPI"),
        (doors.strangers, "service/api/x.py", "from sqlalchemy import select"),
        (doors.strangers, "matcher/rank/x.py", "import some_new_library"),
        (doors.hidden_imports, "matcher/rank/x.py", "from matcher.domain.match import *"),
        (doors.hidden_imports, "matcher/rank/x.py", "importlib.import_module('faiss')"),
        (doors.hidden_imports, "matcher/rank/x.py", "__import__('faiss')"),
        (habits.oversized, "matcher/rank/x.py", "x = 1\n" * 401),
        (habits.oversized, "matcher/rank/x.py", "x = 1\n" * 400 + "x = 1"),
        (habits.oversized, "matcher/rank/x.py", "def f():\n" + "    x = 1\n" * 50),
        (habits.empty_names, "matcher/rank/utils.py", ""),
        (habits.left_open, "matcher/rank/x.py", "# TO" + "DO later"),
        (habits.prints, "matcher/rank/x.py", "print('x')"),
        (habits.machine_days, "matcher/rank/x.py", "date.today()"),
        (habits.machine_days, "service/jobs/x.py", "row.ended.astimezone()"),
        (habits.machine_days, "service/jobs/x.py", "self._clock().date()"),
        (habits.module_state, "matcher/rank/x.py", "cache = {1: 2}"),
        (habits.module_state, "matcher/rank/x.py", "cache = defaultdict(list)"),
        (habits.module_state, "matcher/rank/x.py", "_CACHE: dict[str, int] = {}"),
        (habits.module_state, "matcher/rank/x.py", "SEEN = {1: 2}\ndef f(x): SEEN[x] = 1"),
        (habits.module_state, "matcher/rank/x.py", "SEEN = [1]\ndef f(x): SEEN.append(x)"),
        (habits.module_state, "matcher/rank/x.py", "@functools.lru_cache(maxsize=1)\ndef f(x): ..."),
        (habits.patches, "tests/test_x.py", "def test_x(monkey" + "patch): ..."),
    ],
)
def test_each_check_can_fail(check: Check, path: str, text: str) -> None:
    assert len(list(check([Source(Path(path), text)]))) == 1


def test_circles_are_found_between_modules_and_between_rooms() -> None:
    modules = [
        Source(Path("matcher/rank/a.py"), "from matcher.rank.b import x"),
        Source(Path("matcher/rank/b.py"), "from matcher.rank.a import y"),
    ]
    rooms = [
        Source(Path("matcher/text/a.py"), "from matcher.index.b import x"),
        Source(Path("matcher/index/c.py"), "from matcher.text.d import y"),
    ]
    assert len(list(arrows.circles(modules))) == 2
    assert len(list(arrows.circles(rooms))) == 2


def test_two_modules_at_one_door_are_found() -> None:
    sources = [Source(Path(f"matcher/index/{name}.py"), "import faiss") for name in ("dense", "other")]
    assert len(list(doors.crowded_doors(sources))) == 1


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (name for group in project["optional-dependencies"].values() for name in group)
    names = [re.match(r"[\w.-]+", requirement) for requirement in (*project["dependencies"], *extras)]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name[0] for name in names if name and f"`{name[0]}`" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    names = [f"MATCHER_{name.upper()}" for name in ServiceSettings.model_fields]
    assert [name for name in names if f"`{name}`" not in text] == []
