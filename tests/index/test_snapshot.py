"""A snapshot comes back as it was, or not at all."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from matcher.index.errors import IndexFolderUnusable, SnapshotDamaged, SnapshotMissing
from matcher.index.local import LocalIndex
from matcher.index.protocol import EvidenceReader, IndexEntry
from matcher.index.settings import Bm25, IndexSettings
from matcher.index.snapshot import SnapshotFolder

SETTINGS = IndexSettings(encoder="test@1", dimensions=3, domain_terms=("苏打盐碱地",), bm25=Bm25(k1=1.5))
QUERY = {"盐碱": 1.0, "电池": 2.0, "w3": 1.0}


def entry(number: int) -> IndexEntry:
    vector = np.random.default_rng(number).standard_normal(3).astype(np.float32)
    return IndexEntry(number, (f"E{number % 7}", "专\n\0家"), {"盐碱": 1.5, f"w{number % 5}": number % 3 + 1}, vector)


@pytest.fixture
def index() -> LocalIndex:
    index = LocalIndex.empty(SETTINGS)
    index.update([entry(number) for number in range(100)], [], 5)
    index.update([entry(number) for number in range(200, 210)], [3, 4, 5], 6)
    return index


@pytest.fixture
def folder(tmp_path: Path) -> SnapshotFolder:
    return SnapshotFolder(tmp_path / "index")


def answers(index: EvidenceReader) -> list[object]:
    items = np.arange(0, 220)
    nearest, lexical = index.nearest(np.ones(3, np.float32), 300), index.lexical(QUERY, 300)
    return [
        (nearest.items.tolist(), nearest.scores.tolist()),
        (lexical.items.tolist(), lexical.scores.tolist()),
        index.vectors(items).tolist(),
        index.lexical_scores(QUERY, items).tolist(),
        index.owners(items),
        index.items_of("E3").tolist(),
        (index.item_count, index.last_change, index.encoder_fingerprint),
    ]


def test_a_loaded_index_answers_alike_and_can_be_updated(index: LocalIndex, folder: SnapshotFolder) -> None:
    folder.save(index.pinned())
    loaded = folder.load()
    assert answers(loaded) == answers(index)
    assert loaded.pinned().settings == SETTINGS
    for one in (loaded, index):
        one.update([entry(300), entry(7)], [8], 9)
    assert answers(loaded) == answers(index)


def test_a_second_save_writes_only_what_is_new(index: LocalIndex, folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.save(index.pinned())
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "index/segments").iterdir()}
    index.update([entry(400)], [11], 10)
    folder.save(index.pinned())
    second = {path: path.stat().st_mtime_ns for path in (tmp_path / "index/segments").iterdir()}
    assert first.items() & second.items()
    assert len(list((tmp_path / "index/generations").iterdir())) == 1
    assert answers(folder.load()) == answers(index)


def test_the_manifest_tells_without_loading(index: LocalIndex, folder: SnapshotFolder) -> None:
    folder.save(index.pinned())
    manifest = folder.manifest()
    assert (manifest.items, manifest.experts, manifest.last_change) == (107, 8, 6)
    assert manifest.settings.encoder == "test@1"


def test_an_empty_index_is_saved_too(folder: SnapshotFolder) -> None:
    folder.save(LocalIndex.empty(SETTINGS).pinned())
    assert folder.load().item_count == 0


def test_without_a_snapshot_the_error_says_so(folder: SnapshotFolder) -> None:
    assert folder.generation() is None
    with pytest.raises(SnapshotMissing, match="matcher index rebuild"):
        folder.load()


def test_any_damaged_file_is_noticed(index: LocalIndex, folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.save(index.pinned())
    for path in [path for path in (tmp_path / "index").rglob("*") if path.is_file() and path.name not in ("lock",)]:
        whole = path.read_bytes()
        for broken in (whole[:-1], b"x" + whole[1:], None):
            path.unlink()
            if broken is not None:
                path.write_bytes(broken)
            with pytest.raises((SnapshotDamaged, SnapshotMissing)):
                folder.load()
        path.write_bytes(whole)
    assert answers(folder.load()) == answers(index)


@pytest.mark.parametrize("pointer", [b"\xff\xfe\xe4", b"../../keys", b"0" * 31])
def test_a_damaged_pointer_is_noticed(
    index: LocalIndex, folder: SnapshotFolder, tmp_path: Path, pointer: bytes
) -> None:
    folder.save(index.pinned())
    (tmp_path / "index/CURRENT").write_bytes(pointer)
    with pytest.raises(SnapshotDamaged):
        folder.load()
    with pytest.raises(SnapshotDamaged):
        folder.manifest()


def test_a_check_reads_every_file(index: LocalIndex, folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.save(index.pinned())
    folder.check()
    vectors = next((tmp_path / "index/segments").rglob("vectors.npy"))
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"\x07")
    with pytest.raises(SnapshotDamaged):
        folder.check()


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """No file may grow above `most` bytes: what a full disk does to a writer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_generation_in_force(index: LocalIndex, folder: SnapshotFolder, tmp_path: Path) -> None:
    folder.save(index.pinned())
    before = answers(folder.load())
    index.update([entry(number) for number in range(500, 600)], [], 7)
    with small_files(300), pytest.raises(IndexFolderUnusable, match="磁盘空间"):
        folder.save(index.pinned())
    assert answers(folder.load()) == before
    assert not list((tmp_path / "index").rglob(".aside-*"))


def test_a_file_in_the_folders_place_is_told(folder: SnapshotFolder, tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    assert folder.generation() is None
    with pytest.raises(IndexFolderUnusable), folder.locked():
        pass


def test_what_a_killed_writer_left_is_removed(index: LocalIndex, folder: SnapshotFolder, tmp_path: Path) -> None:
    left = [tmp_path / "index/segments/.aside-1", tmp_path / "index/generations/.aside-2"]
    for path in left:
        path.mkdir(parents=True)
        (path / "half.npy").write_bytes(b"half")
    folder.save(index.pinned())
    assert not any(path.exists() for path in left)
