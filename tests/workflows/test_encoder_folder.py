"""Models below MATCHER_HOME: one in force, put there in one step, the ones before can be put back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.encode.static_model import TABLE, TOKENIZER
from matcher.workflows.encoder_folder import AdaptedEncoderDamaged, EncoderFolder, NoEncoderToRevert


def writer(content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / TABLE).write_text(content)
        (folder / TOKENIZER).write_text("{}")

    return write


def content(folder: EncoderFolder) -> str:
    assert folder.current is not None
    return (folder.current / TABLE).read_text()


def test_adopted_models_are_put_back_one_by_one(tmp_path: Path) -> None:
    folder = EncoderFolder(tmp_path / "encoder")
    assert folder.current is None
    for text in ("eins", "zwei", "eins"):
        folder.adopt(writer(text))
    assert content(folder) == "eins"
    assert folder.revert() is not None
    assert content(folder) == "zwei"
    assert folder.revert() is None
    with pytest.raises(NoEncoderToRevert):
        folder.revert()


def test_only_the_last_few_models_take_room(tmp_path: Path) -> None:
    folder = EncoderFolder(tmp_path)
    for number in range(6):
        folder.adopt(writer(str(number)))
    assert sum(path.is_dir() for path in tmp_path.iterdir()) == 3
    assert content(folder) == "5"


def test_a_run_that_is_killed_leaves_the_model_before_in_force(tmp_path: Path) -> None:
    EncoderFolder(tmp_path).adopt(writer("old"))
    code = (
        "import os, signal, sys; from pathlib import Path; from matcher.workflows.encoder_folder import EncoderFolder\n"
        "def write(folder):\n"
        "    (folder / 'model.safetensors').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "EncoderFolder(Path(sys.argv[1])).adopt(write)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert content(EncoderFolder(tmp_path)) == "old"


def test_a_damaged_model_says_how_to_get_out(tmp_path: Path) -> None:
    folder = EncoderFolder(tmp_path)
    (folder.adopt(writer("x")) / TABLE).unlink()
    with pytest.raises(AdaptedEncoderDamaged, match="matcher encoder revert"):
        _ = folder.current
    assert folder.revert() is None
