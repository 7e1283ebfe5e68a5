"""Contrastive training of the table: each text of a batch must find its partner among the others' (InfoNCE).

A loop of our own and not the Sentence Transformers trainer: texts are tokenised once and drawn as id arrays, which
makes a step of 1,024 pairs 0.4 s on one core, several times the trainer's speed; and pieces can share parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from encoder_training.pairs import Kind, Rng
from encoder_training.tokens import Ids

_LONGEST = 300
_WARM_UP = 60


@dataclass(frozen=True, slots=True)
class Recipe:
    """`rate` is the parts' learning rate, `own_rate` the share of it at which a piece's own vector follows.

    `dropout` is the share of pieces left out of a text; `scale` the inverse temperature: a low one leaves papers of
    one subject near each other; `nested` the Matryoshka sizes with their weights.
    """

    steps: int
    batch: int
    rate: float
    own_rate: float
    dropout: float
    scale: float
    nested: tuple[tuple[int, float], ...]
    seed: int


class _Table:
    """What is trained: the sum of each piece's own vector and the vectors of its parts."""

    def __init__(self, start: NDArray[np.float32], parts: csr_matrix, recipe: Recipe) -> None:
        self._parts, self._pieces = parts, parts.T.tocsr()
        self._own = torch.from_numpy(start.copy())
        self._shared = torch.zeros((parts.shape[1], start.shape[1]))
        self._shares = (recipe.own_rate, 1.0)
        groups = [{"params": [self._own]}, {"params": [self._shared]}]
        self._optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98), fused=True)
        self.sum = self._own.clone().requires_grad_()

    def step(self, rate: float) -> None:
        """Hands the sum's gradient on to both terms, moves them and adds them up again."""
        gradient = self.sum.grad
        self._own.grad = gradient
        self._shared.grad = torch.from_numpy(self._pieces @ gradient.numpy())
        for group, share in zip(self._optimizer.param_groups, self._shares, strict=True):
            group["lr"] = rate * share
        self._optimizer.step()
        self.sum.data = self._own + torch.from_numpy(self._parts @ self._shared.numpy())
        self.sum.grad = None


def train(
    start: NDArray[np.float32],
    parts: csr_matrix,
    kinds: Sequence[Kind],
    recipe: Recipe,
    each: Callable[[int, float, NDArray[np.float32]], None],
) -> NDArray[np.float32]:
    """The trained table, from `start` (pieces, d) and `parts` (pieces, parts); `each` hears of every hundredth step."""
    rng = np.random.default_rng(recipe.seed)
    table = _Table(start, parts, recipe)
    shares = np.array([kind.share for kind in kinds])
    for step in range(recipe.steps):
        kind = kinds[rng.choice(len(kinds), p=shares / shares.sum())]
        loss = _loss(*_embed(table.sum, _batch(kind, recipe.batch, rng), recipe.dropout, rng), recipe)
        loss.backward()
        table.step(_rate(step, recipe))
        if step % 100 == 99:
            each(step + 1, loss.item(), table.sum.detach().numpy())
    return table.sum.detach().numpy()


def _rate(step: int, recipe: Recipe) -> float:
    """Linear warm-up, then a cosine down to a hundredth."""
    decay = 0.5 * (1 + math.cos(math.pi * step / recipe.steps)) + 0.01
    return recipe.rate * min(1.0, (step + 1) / _WARM_UP) * decay


def _batch(kind: Kind, size: int, rng: Rng) -> tuple[list[Ids], list[Ids]]:
    """Pairs of different papers: two texts of one paper are no negatives of each other."""
    left: list[Ids] = []
    right: list[Ids] = []
    seen: set[int] = set()
    for at in rng.choice(len(kind.rows), min(size + 200, len(kind.rows)), replace=False):
        one, other, paper = kind.draw(kind.rows[at], rng)
        if paper not in seen and min(len(one), len(other)) >= kind.least and len(left) < size:
            seen.add(paper)
            left.append(one)
            right.append(other)
    return left, right


def _embed(
    table: torch.Tensor, pairs: tuple[list[Ids], list[Ids]], dropout: float, rng: Rng
) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean vectors of both sides, in one look-up: a second one would cost a second gradient of the whole table."""
    left, right = pairs
    kept = [_thinned(text[:_LONGEST], dropout, rng) for text in left + right]
    starts = np.r_[0, np.cumsum([len(text) for text in kept])[:-1]]
    ids = torch.from_numpy(np.concatenate(kept).astype(np.int64))
    rows = embedding_bag(ids, table, torch.from_numpy(starts), mode="mean")
    return rows[: len(left)], rows[len(left) :]


def _thinned(text: Ids, dropout: float, rng: Rng) -> Ids:
    """Without some pieces: a static model that leans on single words learns them by heart."""
    keep = rng.random(len(text)) > dropout
    return text[keep] if len(text) > 6 and keep.any() else text


def _loss(left: torch.Tensor, right: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    partners = torch.arange(len(left))
    loss = torch.zeros(())
    for size, weight in recipe.nested:
        scores = normalize(left[:, :size]) @ normalize(right[:, :size]).T * recipe.scale
        loss = loss + weight * (cross_entropy(scores, partners) + cross_entropy(scores.T, partners)) / 2
    return loss
