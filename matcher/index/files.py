"""Files that are either whole or not there: written aside, forced to disk, renamed; with checksums."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from matcher.errors import reason_of
from matcher.index.errors import IndexFolderUnusable, SnapshotDamaged

_PORTION = 1 << 22
_CHECKSUMS = "checksums.json"
ASIDE = ".aside-"


@contextmanager
def writing_below(folder: Path) -> Iterator[None]:
    """Tells what the system refuses. Raises IndexFolderUnusable."""
    try:
        yield
    except OSError as error:
        raise IndexFolderUnusable(folder, reason_of(error)) from error


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fills a folder beside `folder` and renames it into place; on a full disk nothing of it stays."""
    aside = folder.with_name(f"{ASIDE}{uuid4().hex}")
    try:
        aside.mkdir(parents=True)
        _fill(aside, fill)
        aside.rename(folder)
    except OSError:
        remove(aside)
        raise
    _force(folder.parent)


def _fill(aside: Path, fill: Callable[[Path], None]) -> None:
    """Notes the checksum of each file and forces all to disk."""
    fill(aside)
    sums = {path.name: checksum(path) for path in sorted(aside.iterdir())}
    (aside / _CHECKSUMS).write_text(json.dumps(sums), encoding="utf-8")
    for path in aside.iterdir():
        _force(path)
    _force(aside)


def write_text(path: Path, text: str) -> None:
    """Replaces a small file in one step."""
    aside = path.with_name(f"{ASIDE}{uuid4().hex}")
    aside.write_text(text, encoding="utf-8")
    _force(aside)
    os.replace(aside, path)
    _force(path.parent)


def check_folder(folder: Path) -> None:
    """Raises SnapshotDamaged unless every file is as it was written."""
    try:
        for name, expected in json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8")).items():
            if checksum(folder / name) != expected:
                raise SnapshotDamaged(f"{folder.name}/{name} 校验不符")
    except (OSError, ValueError, AttributeError) as error:
        raise SnapshotDamaged(f"{folder.name}：{error}") from error


def checksum(path: Path) -> int:
    """CRC-32 of the content: guards against accidents, not against malice."""
    value = 0
    with path.open("rb") as file:
        while portion := file.read(_PORTION):
            value = zlib.crc32(portion, value)
    return value


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def read_array(folder: Path, name: str) -> NDArray[np.generic]:
    """The array, mapped into memory: processes on one machine share its pages."""
    path = folder / f"{name}.npy"
    try:
        return np.asarray(np.load(path, mmap_mode="r"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{folder.name}/{path.name}：{error}") from error


def remove(path: Path) -> None:
    """Removes a file or folder if it is there and the system lets it go."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """Bytes of a file; 0 for folders and for what has just been removed."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0


def _force(path: Path) -> None:
    folder = path.is_dir()
    if folder and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
