"""Where training starts: latent semantic analysis of the corpus' paragraphs, each word scaled by its rarity.

A random start wastes a small corpus. Papers with both languages stand in one pseudo-document, which brings Chinese and
English words of one meaning together before the first training step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from encoder_training.tokens import Ids, Tokens, join

_FLATTEN = 0.3  # how much of the singular values stays: pure LSA (1) lets a few broad themes rule
_LEAST = 3


def starting_table(tokens: Tokens, pieces: int, dimensions: int, seed: int) -> NDArray[np.float32]:
    """(pieces, dimensions)."""
    matrix, rarity = _weighted(_documents(tokens), pieces)
    _, strengths, themes = randomized_svd(matrix, dimensions, n_iter=2, random_state=seed)
    table = themes.T * strengths[None, :] ** _FLATTEN
    lengths = np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    shortened = table / lengths * np.minimum(1, lengths / np.median(lengths))  # rare pieces stay small
    return np.asarray(shortened * (rarity[:, None] / rarity.mean()), np.float32)


def _documents(tokens: Tokens) -> list[Ids]:
    documents = [paragraph for paragraphs in tokens.paragraphs for paragraph in paragraphs]
    for row in range(tokens.papers):
        titles = (tokens.title_zh[row], tokens.title_en[row])
        documents.append(join(*titles, tokens.abstract_zh[row], tokens.abstract_en[row]))
        documents.append(join(*titles, tokens.keywords_zh[row], tokens.keywords_en[row]))
    return [document for document in documents if len(document) > _LEAST]


def _weighted(documents: list[Ids], pieces: int) -> tuple[csr_matrix, NDArray[np.float32]]:
    """Log frequency times idf, rows at length 1; and the idf of every piece."""
    ids, ends = np.concatenate(documents), np.cumsum([len(document) for document in documents])
    matrix = csr_matrix((np.ones(len(ids), np.float32), ids, np.r_[0, ends]), shape=(len(documents), pieces))
    matrix.sum_duplicates()
    found = np.bincount(matrix.indices, minlength=pieces)
    rarity = np.log(len(documents) / (found + 1)).clip(0.1).astype(np.float32)
    matrix.data = np.log1p(matrix.data) * rarity[matrix.indices]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix, rarity
