"""The refined encoders below MATCHER_HOME: the one in force, the ones before it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from matcher.encode.static_model import digest, missing_file
from matcher.errors import MatcherError, UsageError

_IN_FORCE = "in-force"
_DRAFT = ".draft-"
# A model takes 40 MB; the last few can be put back.
_KEPT = 3
_ABANDONED = 24 * 3600


class NoEncoderToRevert(UsageError):
    def __init__(self) -> None:
        super().__init__("现在用的就是程序自带的语义模型，没有可退回的。")


class AdaptedEncoderDamaged(MatcherError):
    def __init__(self, name: str, file: str) -> None:
        super().__init__(f"本库精调的语义模型“{name}”缺少文件 {file}。请运行 matcher encoder revert 退回之前的模型。")


class EncoderFolder:
    """`in-force` names the models in the order of their adoption, the last one counts; it changes in one step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def current(self) -> Path | None:
        """The refined model in force, None while the bundled one is. Raises AdaptedEncoderDamaged."""
        names = self._names()
        if not names:
            return None
        model = self._folder / names[-1]
        if missing := missing_file(model):
            raise AdaptedEncoderDamaged(names[-1], missing)
        return model

    @property
    def in_force(self) -> str:
        """The name of the refined model, "" while the bundled one is in force."""
        return (self._names() or [""])[-1]

    def adopt(self, write: Callable[[Path], None]) -> Path:
        """Lets `write` fill a folder and puts it in force; whatever happens before the last step changes nothing."""
        draft = self._folder / f"{_DRAFT}{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        write(draft)
        for path in draft.iterdir():
            _flush(path)
        model = self._folder / digest(draft)
        with self._locked():
            if model.exists():
                shutil.rmtree(model)
            draft.replace(model)
            self._put_in_force([*(name for name in self._names() if name != model.name), model.name][-_KEPT:])
            self._tidy()
        return model

    def revert(self) -> Path | None:
        """Puts the model before back, or the bundled one (None). Raises NoEncoderToRevert."""
        if not self._folder.is_dir():
            raise NoEncoderToRevert
        with self._locked():
            names = self._names()
            if not names:
                raise NoEncoderToRevert
            self._put_in_force(names[:-1])
        return self._folder / names[-2] if len(names) > 1 else None

    def _locked(self) -> FileLock:
        """Two who adopt or revert at once take turns; the system frees it when its holder dies."""
        return FileLock(self._folder / "lock")

    def _names(self) -> list[str]:
        try:
            return (self._folder / _IN_FORCE).read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []

    def _put_in_force(self, names: list[str]) -> None:
        draft = self._folder / f"{_IN_FORCE}.{os.getpid()}"
        draft.write_text("\n".join(names), encoding="utf-8")
        _flush(draft)
        draft.replace(self._folder / _IN_FORCE)

    def _tidy(self) -> None:
        """Removes models that nothing names and drafts of killed runs; a draft of today may be somebody's work."""
        names = self._names()
        for path in self._folder.iterdir():
            young = path.name.startswith(_DRAFT) and time.time() - path.stat().st_mtime < _ABANDONED
            if path.is_dir() and path.name not in names and not young:
                shutil.rmtree(path, ignore_errors=True)


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
