from dataclasses import replace

from matcher.domain.topic import Topic
from matcher.domain.vocabulary import TopicStatus
from matcher.store import ChangeKind, HistoryAction, SaveOutcome, Store

TOPIC = Topic("T1", "冬季清洁取暖路径", aspects=("农村热源", "建筑节能"), status=TopicStatus.PROPOSED)


def test_topics_are_kept_with_their_history(store: Store) -> None:
    adopted = replace(TOPIC, status=TopicStatus.ADOPTED)
    assert store.topics.save([TOPIC, replace(TOPIC, id="T0")], by="甲") == [SaveOutcome.NEW] * 2
    assert store.topics.save([TOPIC, adopted], by="乙") == [SaveOutcome.SUPERSEDED, SaveOutcome.CHANGED]
    assert [topic.id for topic in store.topics.stream()] == ["T0", "T1"]
    assert store.topics.get("T1") == adopted
    assert store.topics.get("T9") is None
    assert store.topics.count() == 2
    first, second = store.topics.history("T1")
    assert (first.action, second.action, second.by) == (HistoryAction.CREATED, HistoryAction.CHANGED, "乙")
    assert second.before is not None
    assert second.before["status"] == "征集"
    assert [change.key for change in store.changes.since(0) if change.kind is ChangeKind.TOPIC] == ["T1", "T0", "T1"]
