"""How reasons and decisions are shown: marked words, colours of bands, verdicts and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from matcher.domain.match import Band, in_percent
from matcher.domain.match_run import RunState
from matcher.domain.vocabulary import Verdict
from matcher.explain.excerpt import excerpt
from matcher.explain.explanation import ItemReason
from matcher.explain.passages import mark

# Characters that no text holds, so that a page can tell marked from plain.
_OPENING, _CLOSING = "\ue000", "\ue001"


def pieces(text: str, words: Sequence[str], longest: int = 0) -> list[tuple[str, bool]]:
    """The text cut where marked words begin and end: (text, whether marked); shortened around them to `longest`."""
    shown = mark(excerpt(text, words, longest) if longest else text, words, _OPENING, _CLOSING)
    plain, *others = shown.split(_OPENING)
    found = [(plain, False)]
    for other in others:
        marked, _, rest = other.partition(_CLOSING)
        found += [(marked, True), (rest, False)]
    return [(piece, marked) for piece, marked in found if piece]


def carried(reason: ItemReason, score: float) -> str:
    """What one item does for the probability `score`, and how much would stand without it."""
    without = in_percent(reason.without)
    falls = f"降到 {without}" if without != in_percent(score) else f"仍是 {without}"
    return f"匹配概率中约 {reason.share / score:.0%} 靠这项材料；如果没有它，凭其余材料{falls}。"


_TONES: Mapping[str, str] = MappingProxyType(
    {
        Band.HIGH: "good",
        Band.GOOD: "info",
        Band.REFERENCE: "wait",
        Verdict.SUITABLE: "good",
        Verdict.EFFECTIVE: "good",
        Verdict.UNSUITABLE: "bad",
        Verdict.DECLINED: "wait",
        RunState.DRAFT: "wait",
        RunState.AWAITING: "wait",
        RunState.CONFIRMED: "good",
        RunState.REVOKED: "bad",
    }
)


def tone(value: str) -> str:
    """The colour of a badge, for `ui.badge`."""
    return _TONES.get(value, "plain")
