"""A dry run: the outcomes of the real thing, and nothing of it stays."""

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.store import OwnedItem, SaveOutcome, Store

ZHANG = Expert("E1", "张三", directions=("光学",))
PAPER = EvidenceItem("I1", EvidenceType.PAPER, "论文")


def test_a_rehearsal_answers_like_the_store_and_leaves_nothing(store: Store) -> None:
    with store.rehearsal() as trial:
        assert trial.experts.save([ZHANG], by="甲") == [SaveOutcome.NEW]
        assert trial.items.save([OwnedItem("E1", PAPER), OwnedItem("E9", PAPER)], by="甲") == [
            SaveOutcome.NEW,
            SaveOutcome.REFUSED_NO_EXPERT,
        ]
        assert trial.experts.save([ZHANG], by="甲") == [SaveOutcome.UNCHANGED]
        assert list(trial.experts.stream()) == [ZHANG]
    assert store.experts.count() == store.items.count() == store.changes.last() == 0
    assert store.experts.save([ZHANG], by="甲") == [SaveOutcome.NEW]


def test_erasing_can_be_rehearsed(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    with store.rehearsal() as trial:
        trial.experts.erase("E1", by="乙")
        with trial.rehearsal() as inner:
            assert inner.experts.save([ZHANG], by="甲") == [SaveOutcome.REFUSED_ERASED]
        trial.close()
        assert trial.experts.count() == 0
    assert store.experts.get("E1") == ZHANG
    assert len(store.experts.history("E1")) == 1
