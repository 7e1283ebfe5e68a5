"""Keeps the index in step with the store: loads, builds, catches up, saves.

SQL is the truth (design decision 6): the index knows the last change it holds, and whoever asks catches up first.
Several processes share the snapshots; each keeps its own index in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from matcher.index.errors import IndexMismatch, SnapshotDamaged, SnapshotMissing
from matcher.index.local import LocalIndex
from matcher.index.snapshot import Manifest, SnapshotFolder
from matcher.index.vector_cache import VectorCache
from matcher.store.records import Change, ChangeKind
from matcher.store.store import Store
from matcher.text.analyse import Analyzer
from matcher.text.item_text import item_text
from matcher.text.segment import Segmenter
from matcher.workflows.index_build import Encode, Progress, build_index, domain_terms, encode_with, entries_of
from matcher.workflows.index_recipe import IndexRecipe

# Changed items up to which a process helps itself; more are encoded by one process for all.
_FEW = 256
# Changed items that a process which starts replays at most.
_SAVE_AFTER = 500
# Built from scratch without a thought.
_SMALL = 200
_PORTION = 2000

_UNUSABLE = (SnapshotMissing, SnapshotDamaged, IndexMismatch)


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """`manifest` is None where there is no snapshot; `problem` says why it cannot be used; `bytes` on disk."""

    manifest: Manifest | None
    problem: str
    database_change: int
    bytes: int

    @property
    def behind(self) -> int:
        """Changes of the database that the snapshot does not hold; they are caught up with at the next question."""
        return self.database_change - (self.manifest.last_change if self.manifest else 0)


class _Follower:
    """A segmenter that cuts as the index in force was cut; asked only when there is one."""

    current: Segmenter

    @property
    def fingerprint(self) -> str:
        return self.current.fingerprint

    def words(self, text: str) -> list[str]:
        return self.current.words(text)

    def names_a_subject(self, word: str) -> bool:
        return self.current.names_a_subject(word)


class IndexKeeper:
    """One process's index. `index` and `analyzer` stay the same objects while their content follows the store."""

    def __init__(self, store: Store, recipe: IndexRecipe, folder: Path, progress: Progress | None = None) -> None:
        """`progress` hears of builds that a first question starts."""
        self._store, self._recipe = store, recipe
        self._progress = progress or (lambda done, total: None)
        self._follower = _Follower()
        self._analyzer = recipe.analyzer(self._follower)
        self._vectors = folder / "vectors"
        self._snapshots = SnapshotFolder(folder)
        self._guard = RLock()
        self._index: LocalIndex | None = None
        self._generation: str | None = None
        self._unsaved = 0

    @property
    def index(self) -> LocalIndex:
        """The index, loaded or built at the first call."""
        with self._guard:
            return self._index or self._open()

    @property
    def analyzer(self) -> Analyzer:
        """Cuts questions with the dictionary that cut the items; loads or builds the index for it."""
        _ = self.index
        return self._analyzer

    def catch_up(self) -> None:
        """Brings in every change committed so far; one query when there is none."""
        if self._index is not None and self._is_current(self._index):
            return
        with self._guard:
            index = self.index
            self._follow_builds(index)
            if not (self._is_current(index) or self._is_far(index)):
                self._replay(index)
            if self._is_far(index):
                self._renew(index)

    def rebuild(self, progress: Progress | None = None) -> LocalIndex:
        """Builds from scratch with a new domain dictionary, saves, and serves the result."""
        with self._guard, self._snapshots.locked():
            return self._build(progress or self._progress)

    def purge(self, progress: Progress | None = None) -> None:
        """Builds anew what is saved, so that nothing of erased people stays in its files."""
        if self._snapshots.generation() is not None:
            self.rebuild(progress)

    def status(self) -> IndexStatus:
        """Reads every file once, to tell what is damaged."""
        manifest, problem = None, ""
        try:
            manifest = self._snapshots.manifest()
            self._recipe.require(manifest.settings)
            self._snapshots.check()
        except _UNUSABLE as error:
            problem = str(error)
        return IndexStatus(manifest, problem, self._store.changes.last(), self._snapshots.size())

    def _open(self) -> LocalIndex:
        """Loads what fits, else builds; of several processes one builds and the others load."""
        try:
            return self._load()
        except _UNUSABLE:
            with self._snapshots.locked():
                try:
                    return self._load()
                except _UNUSABLE:
                    return self._build(self._progress)

    def _load(self) -> LocalIndex:
        generation, promised = self._snapshots.generation(), self._snapshots.manifest().settings
        segmenter = self._recipe.require(promised)
        index = self._snapshots.load()
        if index.pinned().settings != promised:
            raise IndexMismatch("设置", index.pinned().build.id, generation)
        if self._is_far(index):
            raise IndexMismatch("变更序号", index.last_change, self._store.changes.last())
        return self._adopt(index, segmenter, generation)

    def _renew(self, index: LocalIndex) -> None:
        with self._snapshots.locked():
            self._follow_builds(index)
            if self._is_far(index):
                self._build(self._progress, save=not self._is_anothers())

    def _is_current(self, index: LocalIndex) -> bool:
        return self._snapshots.generation() == self._generation and self._store.changes.last() == index.last_change

    def _is_far(self, index: LocalIndex) -> bool:
        """Ahead of a database put back from a backup, far behind, or twice as large as when terms were chosen."""
        held, last, near = index.last_change, self._store.changes.last(), max(_SMALL, index.item_count // 2)
        if held > last or index.item_count > max(_SMALL, 2 * index.pinned().build.items):
            return True
        # Other records than items change too; they are told apart only when it may matter.
        return last - held > near and len(_item_numbers(self._store.changes.since(held))) > near

    def _is_anothers(self) -> bool:
        """Whether what is saved was made with another encoder: one adopted since this process began, say."""
        try:
            self._recipe.require(self._snapshots.manifest().settings)
        except IndexMismatch:
            return True
        except (SnapshotMissing, SnapshotDamaged):
            pass
        return False

    def _build(self, progress: Progress, *, save: bool = True) -> LocalIndex:
        terms = domain_terms(self._store)
        segmenter = self._recipe.segmenter(terms)
        settings, analyzer = self._recipe.settings(segmenter, terms), self._recipe.analyzer(segmenter)
        cache = self._cache()
        index = build_index(
            self._store, settings, analyzer, encode_with(cache, self._recipe.encoder.encode_documents), progress
        )
        cache.forget_unused()
        if save:
            self._snapshots.save(index.pinned())
        return self._adopt(index, segmenter, self._snapshots.generation())

    def _adopt(self, index: LocalIndex, segmenter: Segmenter, generation: str | None) -> LocalIndex:
        if self._index is None:
            self._index = index
        else:
            self._index.adopt(index)
        self._follower.current, self._generation, self._unsaved = segmenter, generation, 0
        return self._index

    def _follow_builds(self, index: LocalIndex) -> None:
        """Takes over a build from scratch that another process made, so that all cut and count alike."""
        generation = self._snapshots.generation()
        if generation == self._generation:
            return
        try:
            if self._snapshots.manifest().build != index.pinned().build:
                self._load()
        except _UNUSABLE:
            # Made for another encoder, or gone: this process goes on with what it holds.
            pass
        self._generation = generation

    def _replay(self, index: LocalIndex) -> None:
        changes = self._store.changes.since(index.last_change)
        if len(_item_numbers(changes)) <= _FEW:
            self._apply(index, changes, self._recipe.encoder.encode_documents)
            if self._unsaved < _SAVE_AFTER:
                return
        with self._snapshots.locked():
            self._take_newer(index)
            changes = self._store.changes.since(index.last_change)
            self._apply(index, changes, encode_with(self._cache(), self._recipe.encoder.encode_documents))
            self._save(index)

    def _apply(self, index: LocalIndex, changes: Sequence[Change], encode: Encode) -> None:
        """All changes become visible at once, however many portions they are read in."""
        if not changes:
            return
        draft, numbers = LocalIndex(index.pinned()), _item_numbers(changes)
        for at in range(0, len(numbers), _PORTION):
            portion = numbers[at : at + _PORTION]
            found = self._store.items.by_numbers(portion)
            texts = [item_text(stored.item) for stored in found]
            entries = entries_of(found, texts, self._recipe.weights, self._analyzer, encode)
            draft.update(entries, portion, index.last_change)
        draft.update([], [], changes[-1].sequence)
        index.adopt(draft)
        self._unsaved += len(numbers)

    def _take_newer(self, index: LocalIndex) -> None:
        """Another process may have encoded and saved the same changes while this one waited for the lock."""
        try:
            if self._snapshots.manifest().last_change > index.last_change:
                self._load()
        except _UNUSABLE:
            pass

    def _save(self, index: LocalIndex) -> None:
        """Saves unless there is something as new on disk, or something made for another encoder."""
        try:
            manifest = self._snapshots.manifest()
            self._recipe.require(manifest.settings)
            newer = manifest.last_change >= index.last_change or manifest.build != index.pinned().build
        except (SnapshotMissing, SnapshotDamaged):
            newer = False
        except IndexMismatch:
            newer = True
        if not newer:
            self._snapshots.save(index.pinned())
            self._generation = self._snapshots.generation()
        self._unsaved = 0

    def _cache(self) -> VectorCache:
        return VectorCache(self._vectors, self._recipe.encoder.fingerprint, self._recipe.encoder.dimensions)


def _item_numbers(changes: Sequence[Change]) -> list[int]:
    return sorted({change.number for change in changes if change.kind is ChangeKind.ITEM and change.number is not None})
