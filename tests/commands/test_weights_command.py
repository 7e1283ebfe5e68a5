"""`matcher weights` as typed: what cannot take effect is refused, and nothing is changed then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import build
from matcher.commands.errors import OutputUnwritable
from matcher.commands.weights import WeightsOverridden
from matcher.resources import bundled
from matcher.workflows.weights import WeightsFolder
from tests.rank.world import WEIGHTS

Matcher = Callable[..., str]


@pytest.fixture
def matcher(tmp_path: Path) -> Matcher:
    """Runs a command in a home of its own; what it raises comes through."""

    def run(*arguments: str, **settings: str) -> str:
        env = {"MATCHER_HOME": str(tmp_path), **settings}
        return CliRunner().invoke(build(), arguments, env=env, catch_exceptions=False).stdout

    return run


def test_weights_that_a_setting_overrides_are_neither_adopted_nor_put_back(matcher: Matcher, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(WEIGHTS.to_json(), encoding="utf-8")
    folder = WeightsFolder(tmp_path / "weights")
    folder.propose(WEIGHTS)
    with pytest.raises(WeightsOverridden, match=r"MATCHER_WEIGHTS.*own\.json"):
        matcher("weights", "adopt", MATCHER_WEIGHTS=str(own))
    assert folder.current is None
    assert "已采用" in matcher("weights", "adopt")
    with pytest.raises(WeightsOverridden):
        matcher("weights", "revert", MATCHER_WEIGHTS=str(own))
    assert folder.current is not None
    assert "程序自带" in matcher("weights", "revert")


def test_a_copy_that_cannot_be_written_is_told_and_leaves_the_candidate(matcher: Matcher, tmp_path: Path) -> None:
    for what in ("experts", "demands"):
        matcher("import", what, str(bundled(f"demo/{what}.xlsx")))
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("".join(f"X{n:02}\tD{n:03}\t2\n" for n in range(1, 6)), encoding="utf-8")
    folder = WeightsFolder(tmp_path / "weights")
    before = folder.propose(WEIGHTS).read_text(encoding="utf-8")
    fit = ("weights", "fit", "--qrels", str(qrels), "--output")
    with pytest.raises(OutputUnwritable, match="文件或文件夹不存在"):
        matcher(*fit, str(tmp_path / "none" / "w.json"))
    assert (tmp_path / "weights" / "candidate.json").read_text(encoding="utf-8") == before
    matcher(*fit, str(tmp_path / "w.json"))
    assert "qrels.tsv：5 个需求" in (tmp_path / "w.json").read_text(encoding="utf-8")
