"""Snapshots on disk: segments are written once and shared by generations, a pointer names the generation in force.

    CURRENT                     name of the generation in force
    generations/<id>/           manifest.json, terms.json, experts.json, which rows are alive
    segments/<id>/              the arrays of one segment

A process that is killed leaves at most folders that nobody names; the next writer removes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import numpy as np
from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from matcher.index.errors import SnapshotDamaged, SnapshotMissing
from matcher.index.files import (
    check_folder,
    read_array,
    remove,
    size_of,
    write_arrays,
    write_folder,
    write_text,
    writing_below,
)
from matcher.index.live_segment import LiveSegment
from matcher.index.local import LocalIndex
from matcher.index.names import Names
from matcher.index.segment import Segment
from matcher.index.segment_files import read_segment, write_segment
from matcher.index.settings import IndexSettings
from matcher.index.state import Build, IndexState

Result = TypeVar("Result")
_ATTEMPTS = 5
_NAME = re.compile("[0-9a-f]{32}")


class Manifest(BaseModel):
    """What a generation says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: IndexSettings
    build: Build
    last_change: int
    items: int
    experts: int
    written: datetime
    segments: tuple[str, ...]


class SnapshotFolder:
    """One index's folder; many processes may read and write it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "CURRENT"
        self._lock = FileLock(folder / "lock")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Held by whoever builds or writes, again and again if need be; the system frees it when its holder dies.

        Raises IndexFolderUnusable.
        """
        with writing_below(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def generation(self) -> str | None:
        """The name of the generation in force, None where there is none."""
        try:
            return self._pointer.read_text(encoding="utf-8", errors="replace").strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None

    def manifest(self) -> Manifest:
        """Raises SnapshotMissing, SnapshotDamaged."""
        name = self._named()
        path = self._generation(name) / "manifest.json"
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise SnapshotDamaged(f"{name}/manifest.json") from error

    def load(self) -> LocalIndex:
        """The index of the generation in force, every checksum verified.

        Raises SnapshotMissing, SnapshotDamaged. A writer may remove a generation while it is read: then the newer
        one is read.
        """
        return self._in_force(self._read)

    def check(self) -> None:
        """Reads every file of the generation in force. Raises SnapshotMissing, SnapshotDamaged."""
        self._in_force(self._check)

    def save(self, state: IndexState) -> None:
        """Makes `state` the generation in force; the caller holds the lock. Costs what no older one holds.

        Raises IndexFolderUnusable: the generation in force stays.
        """
        name = uuid4().hex
        with writing_below(self._folder):
            for part in state.segments:
                self._save_segment(part.segment)
            write_folder(self._generation(name), lambda aside: _write_generation(state, aside))
            write_text(self._pointer, name)
        self._sweep("generations", [name])
        self._sweep("segments", [part.segment.id for part in state.segments])

    def size(self) -> int:
        """Bytes on disk, cached vectors too."""
        return sum(size_of(path) for path in self._folder.rglob("*"))

    def _in_force(self, use: Callable[[str], Result]) -> Result:
        for _ in range(_ATTEMPTS):
            name = self._named()
            try:
                return use(name)
            except SnapshotDamaged:
                if self.generation() == name:
                    raise
        return use(self._named())

    def _check(self, name: str) -> Manifest:
        """Checksums of the generation and all its segments."""
        folder = self._generation(name)
        check_folder(folder)
        manifest = Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        for id in manifest.segments:
            check_folder(self._segment(id))
        return manifest

    def _save_segment(self, segment: Segment) -> None:
        place = self._segment(segment.id)
        if not place.exists():
            write_folder(place, lambda aside: write_segment(segment, aside))

    def _named(self) -> str:
        name = self.generation()
        if name is None:
            raise SnapshotMissing
        if not _NAME.fullmatch(name):
            raise SnapshotDamaged(self._pointer.name)
        return name

    def _read(self, name: str) -> LocalIndex:
        folder, manifest = self._generation(name), self._check(name)
        segments = [self._read_segment(id, folder) for id in manifest.segments]
        terms, experts = _read_names(folder / "terms.json"), _read_names(folder / "experts.json")
        return LocalIndex(
            IndexState(manifest.settings, segments, terms, experts, manifest.last_change, build=manifest.build)
        )

    def _read_segment(self, id: str, generation: Path) -> LiveSegment:
        segment = read_segment(self._segment(id))
        if not (generation / f"{id}.npy").exists():
            return LiveSegment(segment)
        packed = read_array(generation, id).astype(np.uint8)
        return LiveSegment(segment, np.unpackbits(packed, count=len(segment)).astype(np.bool_))

    def _generation(self, name: str) -> Path:
        return self._folder / "generations" / name

    def _segment(self, id: str) -> Path:
        return self._folder / "segments" / id

    def _sweep(self, kind: str, keep: Iterable[str]) -> None:
        """Removes what the generation in force does not name and what killed writers left."""
        kept = set(keep)
        for path in (self._folder / kind).glob("*"):
            if path.name not in kept:
                remove(path)


def _write_generation(state: IndexState, folder: Path) -> None:
    """Manifest, names and, where a segment holds dead rows, which are alive."""
    manifest = Manifest(
        settings=state.settings,
        build=state.build,
        last_change=state.last_change,
        items=state.item_count,
        experts=state.expert_count,
        written=datetime.now(UTC),
        segments=tuple(part.segment.id for part in state.segments),
    )
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    _write_names(folder / "terms.json", state.terms, len(state.statistics.frequencies))
    _write_names(folder / "experts.json", state.experts, len(state.experts))
    write_arrays(folder, {part.segment.id: np.packbits(part.live) for part in state.segments if part.live is not None})


def _write_names(path: Path, names: Names, count: int) -> None:
    path.write_text(json.dumps(names.first(count)), encoding="utf-8")


def _read_names(path: Path) -> Names:
    return Names(json.loads(path.read_text(encoding="utf-8")))
