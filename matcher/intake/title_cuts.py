"""Cuts titles, goals and wanted fields into subjects, and says which subject a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_COUNT_SUFFIX = re.compile(
    r"[等的]?(?:这|共)?[两二三](?:个|件|项|大|方面|类)(?:技术)?(?:的)?(?:事情?|难题|需求|课题|项目|问题|难点|困难|麻烦)?$"
)
_STRONG = re.compile(r"[，,]?(?:以及|及其|及|与|并|和(?!龙|面|谐)|\+|＋|/|；|;|兼)")
_WEAK = re.compile(r"[、，,]|\s+")
_WHO = re.compile(
    r"[，,、](?:要|想|需要?|急)?(?:找|寻|请|求|盼|懂|会)[^，,、]*$|[，,、][^，,、]*(?:专家|老师|教授|人员|团队)$"
)
_SHORTEST = 3
_COMMON = frozenset("的了和与及在是有不中上下大小多少个一二三为用到对能会想要怎么么样没无好差难老总法后前时")


Wording = tuple[tuple[str, float], ...]
"""Words and pairs of characters with what they weigh."""


@dataclass(frozen=True, slots=True)
class TitleCut:
    """A title read as several topics; `strong` when a word (和, 及) or a plus joins them, not a comma."""

    parts: tuple[str, ...]
    strong: bool


def title_cuts(title: str) -> Iterator[TitleCut]:
    """Every reading of a title as two topics or more; whom the firm looks for is no topic."""
    plain = _COUNT_SUFFIX.sub("", _WHO.sub("", title.strip())).strip(" ，,、：:")
    for pattern, strong in ((_STRONG, True), (_WEAK, False)):
        matches = list(pattern.finditer(plain))
        cuts: list[tuple[str, ...]] = [(plain[: match.start()], plain[match.end() :]) for match in matches]
        if len(matches) > 1:
            cuts.append(tuple(pattern.split(plain)))
        yield from (TitleCut(cut, strong) for cut in cuts if all(len(part.strip()) >= _SHORTEST for part in cut))


def clauses(text: str) -> tuple[str, ...]:
    """Goals one by one: "误报降到5%；空驶率降到30%" holds two."""
    pieces = re.split(r"[；;。\n]|(?<![\d.])\d[.．、](?!\d)", text)
    return tuple(piece.strip(" ，,") for piece in pieces if piece.strip(" ，,"))


def wanted_fields(text: str) -> tuple[str, ...]:
    """Fields that a semicolon sets apart, as firms write when each need wants its own expert."""
    return tuple(piece.strip() for piece in re.split(r"[；;\n]", text) if piece.strip())


def own_wordings(topics: Sequence[str]) -> list[Wording]:
    """What each topic alone says; wording that topics share does not count."""
    grams = [_grams(topic) for topic in topics]
    own = [gram.difference(*grams[:i], *grams[i + 1 :]) for i, gram in enumerate(grams)]
    return [tuple((gram, _weight(gram)) for gram in mine) for mine in own]


def affinities(wordings: Sequence[Wording], text: str) -> list[float]:
    """How much of each topic's own wording stands in `text`."""
    return [sum(weight for gram, weight in own if gram in text) for own in wordings]


def likeness(one: str, other: str) -> float:
    """Share of the shorter text's word pairs that also stand in the other, 0 to 1."""
    first, second = ({gram for gram in _grams(text) if len(gram) == 2} for text in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _grams(text: str) -> set[str]:
    runs = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z]{2,}|\d+[A-Z]+", text)
    grams: set[str] = set()
    for run in runs:
        if run.isascii():
            grams.add(run)
        else:
            kept = [pair for pair in (run[i : i + 2] for i in range(len(run) - 1)) if not _COMMON.intersection(pair)]
            grams.update(kept, (char for char in run if char not in _COMMON))
    return grams


def _weight(gram: str) -> float:
    return 1.0 if len(gram) > 1 else 0.35
