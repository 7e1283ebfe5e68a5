"""Contrastive training of the table: each text of a batch must find its partner among the others' (InfoNCE).

A loop of our own and not the Sentence Transformers trainer: texts are tokenised once and drawn as id arrays, which
makes a step of 1,024 pairs 0.3 s on two cores, several times the trainer's speed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, normalize

from encoder_training.pairs import Kind, Rng
from encoder_training.tokens import Ids

_LONGEST = 300
_WARM_UP = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """`dropout` is the share of pieces left out of a text; `nested` the Matryoshka sizes with their weights."""

    steps: int
    batch: int
    rate: float
    dropout: float
    scale: float
    nested: tuple[tuple[int, float], ...]
    seed: int


def train(
    table: NDArray[np.float32],
    kinds: Sequence[Kind],
    recipe: Recipe,
    each: Callable[[int, float, NDArray[np.float32]], None],
) -> NDArray[np.float32]:
    """The trained table; `each(step, loss, table)` is called every hundred steps."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table.copy()), freeze=False, mode="mean")
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.rate, betas=(0.9, 0.98))
    shares = np.array([kind.share for kind in kinds])
    for step in range(recipe.steps):
        for group in optimizer.param_groups:
            group["lr"] = _rate(step, recipe)
        kind = kinds[rng.choice(len(kinds), p=shares / shares.sum())]
        left, right = _batch(kind, recipe.batch, rng)
        loss = _loss(_embed(bag, left, recipe.dropout, rng), _embed(bag, right, recipe.dropout, rng), recipe)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 99:
            each(step + 1, float(loss), bag.weight.detach().numpy())
    return bag.weight.detach().numpy()


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
        if paper not in seen and len(one) > 1 and len(other) > 2 and len(left) < size:
            seen.add(paper)
            left.append(one)
            right.append(other)
    return left, right


def _embed(bag: torch.nn.EmbeddingBag, texts: list[Ids], dropout: float, rng: Rng) -> torch.Tensor:
    kept = [_thinned(text[:_LONGEST], dropout, rng) for text in texts]
    starts = np.r_[0, np.cumsum([len(text) for text in kept])[:-1]]
    return bag(torch.from_numpy(np.concatenate(kept).astype(np.int64)), torch.from_numpy(starts))


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
