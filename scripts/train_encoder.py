#!/usr/bin/env python3
"""Trains the built-in bilingual encoder: `python scripts/train_encoder.py --corpus DIR --out data/encoder`.

Words of the corpus become the pieces, latent semantic analysis the start, contrastive training the meaning; pieces that
share characters, word ends or themes learn from each other. Papers of the test collection are left out; some plain
demands are held out to measure. Same corpus, seed and versions: same model up to the rounding of the matrix library.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import time
from pathlib import Path

import numpy as np
from encoder_training.contrast import Recipe, train
from encoder_training.corpus import read_corpus
from encoder_training.finish import centred, encode, found_at, save
from encoder_training.pairs import pair_kinds
from encoder_training.parts import shared_parts
from encoder_training.pieces import make_tokenizer
from encoder_training.start import starting_table
from encoder_training.tokens import Tokens, join, tokenise

_DATA = Path(__file__).resolve().parents[1] / "data"
_CARD = """---
language: [zh, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: cc-by-4.0
---
# Built-in bilingual encoder

A static embedding model (one vector a piece, {pieces} pieces, {dimensions} dimensions, float16) for Chinese and English
papers and for the words of firms. Nested (Matryoshka) sizes: {nested}.

Trained from scratch by `scripts/train_encoder.py` on {papers} papers of ChinaXiv 2016-2022 (CC BY 4.0; attribution: the
authors and ChinaXiv) and {demands} plain demands written for this project. No paper of the test collection is there.

| | |
|---|---|
| corpus SHA-256 | {digest} |
| recipe | {recipe} |
| share of plain demands | {share} |
| versions | {versions} |
| held-out plain demands ({held}): MRR among all papers | {mrr:.3f} |
| rank 10 or better | {at10:.3f} |
| English abstract -> Chinese abstract of the same paper, rank 1 (training papers) | {bilingual:.3f} |
"""


def main() -> None:
    options = _options()
    started = time.time()
    corpus = read_corpus(options.corpus, options.query_bank, options.terms)
    _say(started, f"{len(corpus.papers)} papers, {len(corpus.demands)} plain demands, {len(corpus.terms)} terms")
    tokenizer = make_tokenizer(corpus)
    tokens = tokenise(corpus, tokenizer)
    _say(started, f"{tokenizer.get_vocab_size()} pieces")
    held = _held_out(tokens, options.held_out, options.seed)
    rows = [row for row in range(len(corpus.demands)) if not held[row]]
    table = starting_table(tokens, tokenizer.get_vocab_size(), options.dimensions, options.seed)
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.token_to_id)
    parts = shared_parts(pieces, table, options.seed)
    _say(started, f"starting table, {parts.shape[1]} shared parts")
    recipe = Recipe(
        options.steps, options.batch, options.rate, options.own_rate, options.dropout, options.scale,
        ((options.dimensions, 1.0), (128, 0.3), (64, 0.2)), options.seed,
    )  # fmt: skip
    documents = [tokens.whole(row) for row in range(tokens.papers)]

    def report(step: int, loss: float, now: np.ndarray) -> None:
        _say(started, f"step {step}: loss {loss:.3f}, held-out MRR {_mrr(now, tokens, documents, held).mean():.3f}")

    table = train(table, parts, pair_kinds(tokens, rows, options.demand_share), recipe, report)
    table = centred(table, documents).astype(np.float16).astype(np.float32)
    reciprocal = _mrr(table, tokens, documents, held)
    card = _CARD.format(
        pieces=len(table), dimensions=options.dimensions, nested=", ".join(str(size) for size, _ in recipe.nested),
        papers=len(corpus.papers), demands=len(rows), digest=corpus.digest, recipe=recipe, share=options.demand_share,
        versions=_versions(), held=int(held.sum()), mrr=reciprocal.mean(), at10=(reciprocal >= 0.1).mean(),
        bilingual=_bilingual(table, tokens),
    )  # fmt: skip
    save(table, tokenizer, options.out, card)
    _say(started, f"saved in {options.out}; held-out MRR {reciprocal.mean():.3f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with the corpus files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--query-bank", type=Path, default=_DATA / "querybank.jsonl", help="more plain demands")
    terms = _DATA / "reference" / "nsfc_codes.csv"
    parser.add_argument("--terms", type=Path, default=terms, help="CSV of Chinese and English terms")
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--batch", type=int, default=1536)
    parser.add_argument("--rate", type=float, default=0.003, help="learning rate")
    parser.add_argument("--own-rate", type=float, default=0.4, help="share of it for what pieces do not share")
    parser.add_argument("--dropout", type=float, default=0.5, help="share of pieces left out while training")
    parser.add_argument("--scale", type=float, default=12.0, help="inverse temperature")
    parser.add_argument("--demand-share", type=float, default=0.28, help="share of plain demands; 0 trains without")
    parser.add_argument("--held-out", type=int, default=300, help="papers whose plain demands only measure")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _held_out(tokens: Tokens, papers: int, seed: int) -> np.ndarray:
    chosen = np.random.default_rng(seed).permutation(np.unique(tokens.demand_paper))[:papers]
    return np.isin(tokens.demand_paper, chosen)


def _mrr(table: np.ndarray, tokens: Tokens, documents: list[np.ndarray], held: np.ndarray) -> np.ndarray:
    """Reciprocal ranks of the held-out demands' papers among all papers; zeros when nothing is held out."""
    rows = np.flatnonzero(held)
    if not len(rows):
        return np.zeros(1)
    questions = encode(table, [join(tokens.demand_title[row], tokens.symptom[row]) for row in rows])
    return 1 / found_at(questions, encode(table, documents), tokens.demand_paper[rows])


def _bilingual(table: np.ndarray, tokens: Tokens) -> float:
    both = [
        row for row in range(tokens.papers) if len(tokens.abstract_zh[row]) > 20 and len(tokens.abstract_en[row]) > 20
    ]
    english = encode(table, [tokens.abstract_en[row] for row in both])
    chinese = encode(table, [tokens.abstract_zh[row] for row in both])
    return float((found_at(english, chinese, np.arange(len(both))) == 1).mean())


def _versions() -> str:
    names = ("torch", "sentence-transformers", "tokenizers", "rjieba", "scikit-learn", "numpy")
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def _say(started: float, text: str) -> None:
    print(f"[{time.time() - started:6.0f} s] {text}", flush=True)


if __name__ == "__main__":
    main()
