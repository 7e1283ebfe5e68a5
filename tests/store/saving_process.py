"""Run as a process of its own by the tests: saves a fixed set of records piece by piece, a line of output each."""

from __future__ import annotations

import sys

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EngagementKind, EvidenceType
from matcher.store import AesGcmCipher, OwnedItem, Store, open_store

PIECES = 10
SIZE = 40


def save_piece(store: Store, piece: int, by: str) -> None:
    numbers = range(piece * SIZE, (piece + 1) * SIZE)
    store.experts.save([_expert(number) for number in numbers], by=by)
    store.items.save([link for number in numbers for link in _items(number)], by=by)
    store.demands.save([Demand(f"D{number}", f"需求{number}") for number in numbers], by=by)
    lines = [
        Engagement(f"L{number}", EngagementKind.VISIT, "某厂", f"E{number}", itinerary="周一") for number in numbers
    ]
    store.ledger.save(lines, by=by)


def _expert(number: int) -> Expert:
    return Expert(f"E{number}", f"专家{number}", directions=("方向",), private=PrivateDetails(phone=f"{number}"))


def _items(number: int) -> list[OwnedItem]:
    """Each expert has an item alone and one with the expert before."""
    alone = EvidenceItem(f"A{number}", EvidenceType.PAPER, f"独作{number}", abstract="摘要" * 200)
    joint = EvidenceItem(f"J{number // 2}", EvidenceType.PAPER, f"合作{number // 2}")
    return [OwnedItem(f"E{number}", alone), OwnedItem(f"E{number}", joint)]


def main(url: str, by: str) -> None:
    with open_store(url, AesGcmCipher(bytes(range(32)))) as store:
        for piece in range(PIECES):
            save_piece(store, piece, by)
            sys.stdout.write(f"{piece}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
