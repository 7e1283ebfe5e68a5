"""What an index was made with; travels in its snapshot, so that nothing is asked with other settings."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

FORMAT_VERSION = 1


class FieldWeights(BaseModel):
    """How often a word counts that stands once in the title, the keywords, the body (BM25F with joint length)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: float = Field(1.0, ge=0)
    keywords: float = Field(1.0, ge=0)
    body: float = Field(1.0, ge=0)


class Bm25(BaseModel):
    """Saturation `k1` and length normalisation `b` (Robertson & Zaragoza 2009)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    k1: float = Field(1.2, gt=0)
    b: float = Field(0.75, ge=0, le=1)


class IndexSettings(BaseModel):
    """`analyzer` and `encoder` are fingerprints; `domain_terms` the frozen domain dictionary of the segmenter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoder: str
    dimensions: int = Field(gt=0)
    analyzer: str = ""
    domain_terms: tuple[str, ...] = ()
    weights: FieldWeights = FieldWeights()
    bm25: Bm25 = Bm25()
    format_version: int = FORMAT_VERSION
