"""Vectors come back by their text, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from matcher.index.errors import IndexFolderUnusable
from matcher.index.vector_cache import VectorCache

VECTORS = np.array([[0.5, 0.25], [-1.0, 0.0], [0.125, 2.0]], np.float32)
TEXTS = ["盐碱地", "电池", ""]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    VectorCache(tmp_path, "model@1", 2).append(TEXTS, VECTORS)
    return tmp_path


def test_what_was_added_is_found_by_its_text(filled: Path) -> None:
    known, vectors = VectorCache(filled, "model@1", 2).find(["电池", "人参", "盐碱地", ""])
    assert known.tolist() == [True, False, True, True]
    assert vectors.tolist() == [[-1, 0], [0, 0], [0.5, 0.25], [0.125, 2]]


def test_another_encoder_knows_nothing_of_it(filled: Path) -> None:
    known, _ = VectorCache(filled, "model@2", 2).find(TEXTS)
    assert not known.any()


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_writer_killed_in_the_middle_costs_only_what_it_wrote(filled: Path, cut: int) -> None:
    file = next(filled.glob("*.vectors"))
    file.write_bytes(file.read_bytes()[:-cut])
    cache = VectorCache(filled, "model@1", 2)
    cache.append(["人参"], VECTORS[:1])
    known, vectors = VectorCache(filled, "model@1", 2).find([*TEXTS, "人参"])
    whole = 3 - -(-cut // 24)
    assert known.tolist() == [place < whole for place in range(3)] + [True]
    assert vectors[3].tolist() == [0.5, 0.25]


def test_a_record_whose_vector_was_spoilt_is_not_found(filled: Path) -> None:
    file = next(filled.glob("*.vectors"))
    content = bytearray(file.read_bytes())
    content[23] ^= 1
    file.write_bytes(content)
    known, vectors = VectorCache(filled, "model@1", 2).find(TEXTS)
    assert known.tolist() == [False, True, True]
    assert vectors[0].tolist() == [0, 0]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "vectors").touch()
    with pytest.raises(IndexFolderUnusable, match="权限"):
        VectorCache(tmp_path / "vectors", "model@1", 2)


def test_what_is_no_longer_used_is_forgotten_when_it_is_the_larger_part(filled: Path) -> None:
    cache = VectorCache(filled, "model@1", 2)
    cache.find(["盐碱地", "电池"])
    cache.forget_unused()
    assert len(VectorCache(filled, "model@1", 2)) == 3
    cache = VectorCache(filled, "model@1", 2)
    cache.find(["电池"])
    cache.forget_unused()
    again = VectorCache(filled, "model@1", 2)
    assert len(again) == 1
    assert again.find(TEXTS)[0].tolist() == [False, True, False]
