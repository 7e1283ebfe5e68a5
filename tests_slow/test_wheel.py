"""The built wheel does the main job alone: from an empty folder, with nothing of the checkout in reach."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel; its dependencies come from the environment of the tests."""
    built, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    run(ROOT, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT))
    run(built, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target), *map(str, built.iterdir()))
    return target


def run(folder: Path, *words: str, status: int = 0, **environment: str) -> str:
    command = [sys.executable, *words]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MATCHER_", "PYTHONPATH"))}
    done = subprocess.run(command, cwd=folder, env={**clean, **environment}, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_the_main_job_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    home, demo = str(tmp_path / "home"), installed / "matcher" / "data" / "demo"

    def matcher(*words: str) -> str:
        return run(tmp_path, str(installed / "bin" / "matcher"), *words, PYTHONPATH=str(installed), MATCHER_HOME=home)

    where = "import matcher, sys; sys.stdout.write(matcher.__file__)"
    assert Path(run(tmp_path, "-c", where, PYTHONPATH=str(installed))).is_relative_to(installed)
    matcher("template", "experts", "专家表.xlsx")
    assert zipfile.is_zipfile(tmp_path / "专家表.xlsx")
    matcher("import", "experts", str(demo / "experts.xlsx"))
    matcher("import", "demands", str(demo / "demands.xlsx"))
    ranking = matcher("match", "--text", "地里返白霜，苗老是死", "--top", "3", "--format", "tsv")
    assert [line.split("\t")[2] for line in ranking.splitlines()] == ["1", "2", "3"]
    assert "一次性密码" in matcher("user", "add", "wang", "--name", "王主任")


def test_the_wheel_holds_what_it_needs_and_nothing_else(installed: Path) -> None:
    top = {path.name for path in installed.iterdir()} - {"bin"}
    assert {name for name in top if not name.endswith(".dist-info")} == {"matcher", "service"}
    for needed in (
        "data/rules.toml",
        "data/programmes.toml",
        "data/templates/对接方案.docx",
        "data/weights.json",
        "data/reference/regions.csv",
        "store/migrations/env.py",
    ):
        assert (installed / "matcher" / needed).exists()
    for needed in ("console/templates/login.html", "console/static/console.css", "console/manual_files/使用手册.md"):
        assert (installed / "service" / needed).exists()
