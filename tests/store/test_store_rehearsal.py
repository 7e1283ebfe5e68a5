"""A dry run: the outcomes of the real thing, and nothing of it stays."""

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.store import ChangeKind, HistoryAction, OwnedItem, SaveOutcome, Store

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


def test_nobody_waits_for_a_rehearsal_and_it_sees_what_stood_at_its_start(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    with store.rehearsal() as trial:
        trial.experts.save([Expert("E1", "张三", directions=("声学",)), Expert("E2", "李四")], by="乙")
        assert store.experts.save([Expert("E1", "张三丰"), Expert("E3", "王五")], by="丙") == [
            SaveOutcome.CHANGED,
            SaveOutcome.NEW,
        ]
        assert [expert.directions for expert in trial.experts.stream()] == [("声学",), ()]
    assert [expert.name for expert in store.experts.stream()] == ["张三丰", "王五"]


def test_the_history_of_a_rehearsal_is_told_apart(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    with store.rehearsal() as trial:
        before = trial.past.last()
        trial.experts.save([Expert("E1", "张三", directions=("声学",)), Expert("E2", "李四")], by="乙")
        found = [(kind, entry.action, entry.key) for kind, entry in trial.past.since(before)]
    experts = [(action, key) for kind, action, key in found if kind is ChangeKind.EXPERT]
    assert sorted(experts) == [(HistoryAction.CHANGED, "E1"), (HistoryAction.CREATED, "E2")]
