"""Reads the training text; papers that stand in the test collection are left out."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import zstandard

_PARAGRAPHS = 30
_LEAST, _MOST = 60, 600


@dataclass(frozen=True, slots=True)
class Paper:
    id: str
    title_zh: str
    abstract_zh: str
    keywords_zh: str
    title_en: str
    abstract_en: str
    keywords_en: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainDemand:
    """What a firm with the paper's problem would say: `symptom` and `title` with the wanted expertise."""

    paper_id: str
    symptom: str
    title: str


@dataclass(frozen=True, slots=True)
class Corpus:
    papers: tuple[Paper, ...]
    demands: tuple[PlainDemand, ...]
    digest: str


def read_corpus(folder: Path) -> Corpus:
    """Papers not marked `in_eval` and the plain demands; `digest` is the SHA-256 of both files."""
    papers, demands = folder / "chinaxiv.jsonl.zst", folder / "plain_demands.jsonl"
    digest = hashlib.sha256(papers.read_bytes() + demands.read_bytes()).hexdigest()
    with papers.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as stream:
        rows = [json.loads(line) for line in io.TextIOWrapper(stream, encoding="utf-8")]
    said = [json.loads(line) for line in demands.read_text(encoding="utf-8").splitlines()]
    return Corpus(
        tuple(_paper(row) for row in rows if not row["in_eval"]),
        tuple(PlainDemand(row["id"], row["a"], row["b"]) for row in said),
        digest,
    )


def _paper(row: dict[str, object]) -> Paper:
    text = {name: str(row[name] or "") for name in ("title_zh", "abstract_zh", "title_en", "abstract_en")}
    body = [str(paragraph)[:_MOST] for _, paragraph in row["body"] if len(paragraph) > _LEAST]  # type: ignore[attr-defined]
    return Paper(
        id=str(row["id"]),
        keywords_zh="、".join(row["keywords_zh"]),  # type: ignore[arg-type]
        keywords_en=", ".join(row["keywords_en"]),  # type: ignore[arg-type]
        paragraphs=tuple(body[:_PARAGRAPHS]),
        **text,
    )
