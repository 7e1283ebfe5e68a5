"""The trained table made ready to ship: common direction removed, half precision, Sentence Transformers' format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import StaticEmbedding
from tokenizers import Tokenizer

from encoder_training.tokens import Ids

_MODEL_FILE = "model.safetensors"
_TENSOR = "embedding.weight"


def centred(table: NDArray[np.float32], documents: list[Ids]) -> NDArray[np.float32]:
    """Takes the documents' common direction out of every piece, so that no text is near to all (hubs).

    A text's vector is the mean of its pieces: taking the mean document from each piece takes it from each text.
    The unknown piece (0) becomes zero: readers that count it and readers that drop it then give one direction.
    """
    common = np.mean([table[document].mean(axis=0) for document in documents if len(document)], axis=0)
    result = np.asarray(table - common, np.float32)
    result[0] = 0
    return result


def save(table: NDArray[np.float32], tokenizer: Tokenizer, folder: Path, card: str) -> None:
    """Writes tokenizer, float16 table, module list and model card into `folder`."""
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)])
    model.save(str(folder), create_model_card=False)
    weights = {name: value.astype(np.float16) for name, value in load_file(folder / _MODEL_FILE).items()}
    save_file({_TENSOR: weights[_TENSOR]}, folder / _MODEL_FILE)
    (folder / "README.md").write_text(card, encoding="utf-8")


def encode(table: NDArray[np.float32], texts: list[Ids]) -> NDArray[np.float32]:
    """(n, d) rows of length 1 (0 for an empty text)."""
    rows = np.array([table[text].mean(axis=0) if len(text) else np.zeros(table.shape[1]) for text in texts])
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


def found_at(
    questions: NDArray[np.float32], papers: NDArray[np.float32], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The rank (from 1) of each question's right paper among all papers."""
    scores = questions @ papers.T
    return np.asarray((scores > scores[np.arange(len(right)), right][:, None]).sum(axis=1) + 1)
