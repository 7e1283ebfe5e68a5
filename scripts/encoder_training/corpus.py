"""Reads the training text; papers that stand in the test collection are left out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

_PARAGRAPHS = 30
_LEAST, _MOST = 60, 600
# A longer "keyword" is a recognition error: several run together.
_TERM_ZH, _TERM_EN = 12, 60

Term = tuple[str, str]


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
    terms: tuple[Term, ...]
    digest: str


def read_corpus(folder: Path, query_bank: Path, term_table: Path) -> Corpus:
    """Papers not marked `in_eval`, plain demands, Chinese-English terms; `digest` is the SHA-256 of the files.

    `query_bank` holds more plain demands; `term_table` is a CSV with the columns `name` and `name_en`.
    """
    papers, demands = folder / "chinaxiv.jsonl.zst", folder / "plain_demands.jsonl"
    files = (papers, demands, query_bank, term_table)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    with papers.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as stream:
        rows = [row for line in io.TextIOWrapper(stream, encoding="utf-8") if not (row := json.loads(line))["in_eval"]]
    said = [
        json.loads(line) for path in (demands, query_bank) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return Corpus(
        tuple(_paper(row) for row in rows),
        tuple(PlainDemand(row["id"], row["a"], row["b"]) for row in said),
        tuple(dict.fromkeys([*_keyword_terms(rows), *_table_terms(term_table)])),
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


def _keyword_terms(rows: Iterable[dict[str, list[str]]]) -> Iterator[Term]:
    """Keywords of papers that list as many in English as in Chinese: they stand in one order."""
    for row in rows:
        chinese = [word.strip() for word in row["keywords_zh"] if any("\u4e00" <= sign <= "\u9fff" for sign in word)]
        english = [word.strip() for word in row["keywords_en"] if word.strip()]
        if 2 <= len(chinese) == len(english) <= 8:
            pairs = zip(chinese, english, strict=True)
            yield from (pair for pair in pairs if len(pair[0]) <= _TERM_ZH and len(pair[1]) <= _TERM_EN)


def _table_terms(table: Path) -> Iterator[Term]:
    with table.open(encoding="utf-8", newline="") as stream:
        yield from ((row["name"], row["name_en"]) for row in csv.DictReader(stream) if row["name"] and row["name_en"])
