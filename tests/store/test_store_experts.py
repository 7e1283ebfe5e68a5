from dataclasses import replace

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType
from matcher.store import ChangeKind, HistoryAction, OwnedItem, SaveOutcome, Store

ZHANG = Expert(
    "E1",
    "张三",
    "长春光机所",
    directions=("光学薄膜", "激光"),
    keywords=("镀膜",),
    private=PrivateDetails(id_number="11010519491231002X", phone="13800138000"),
)
LI = Expert("E2", "李四", "吉林农业大学", directions=("玉米育种",))


def test_save_says_what_became_of_each(store: Store) -> None:
    assert store.experts.save([ZHANG, LI], by="甲") == [SaveOutcome.NEW, SaveOutcome.NEW]
    moved = replace(LI, organization="吉林大学")
    assert store.experts.save([ZHANG, moved], by="甲") == [SaveOutcome.UNCHANGED, SaveOutcome.CHANGED]
    assert store.experts.get("E2") == moved
    assert store.experts.count() == 2
    assert store.experts.ids() == ["E1", "E2"]


def test_an_unchanged_expert_leaves_no_trace(store: Store) -> None:
    store.experts.save([ZHANG, LI], by="甲")
    before = store.changes.last()
    store.experts.save([ZHANG, LI], by="乙")
    assert store.changes.last() == before
    assert len(store.experts.history("E1")) == 1


def test_a_private_field_alone_is_a_change_too(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    changed = replace(ZHANG, private=replace(ZHANG.private, phone="13900139000"))
    assert store.experts.save([changed], by="甲") == [SaveOutcome.CHANGED]
    assert store.experts.get("E1", reveal=True) == changed


def test_the_later_of_equal_ids_wins(store: Store) -> None:
    other = replace(ZHANG, organization="别处")
    assert store.experts.save([other, LI, ZHANG], by="甲") == [
        SaveOutcome.SUPERSEDED,
        SaveOutcome.NEW,
        SaveOutcome.NEW,
    ]
    assert store.experts.get("E1", reveal=True) == ZHANG
    assert len(store.experts.history("E1")) == 1
    assert store.experts.save([other, LI, ZHANG], by="甲")[2] is SaveOutcome.UNCHANGED


def test_private_fields_are_empty_unless_revealed(store: Store) -> None:
    store.experts.save([ZHANG, LI], by="甲")
    assert [expert.private for expert in store.experts.stream()] == [PrivateDetails(), PrivateDetails()]
    assert [expert.private for expert in store.experts.stream(reveal=True)] == [ZHANG.private, LI.private]
    assert store.experts.get_many(["E1", "E9"], reveal=True) == {"E1": ZHANG}
    assert store.experts.get("E9") is None


def test_stream_gives_everybody_once_in_order_of_ids(store: Store) -> None:
    people = [Expert(f"E{number:04d}", f"专家{number}") for number in range(25)]
    store.experts.save(people, by="甲")
    assert list(store.experts.stream(chunk=10)) == people
    assert list(store.experts.stream(chunk=25)) == people


def test_ids_sort_by_code_point_on_every_database(store: Store) -> None:
    store.experts.save([Expert(key, "某人") for key in ("b", "A", "a", "B", "专", "1")], by="甲")
    assert store.experts.ids() == ["1", "A", "B", "a", "b", "专"]
    assert [expert.id for expert in store.experts.stream(chunk=2)] == ["1", "A", "B", "a", "b", "专"]


def test_profile_item_follows_the_profile(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    (profile,) = store.items.of_expert("E1")
    assert (profile.type, profile.title, profile.keywords) == (EvidenceType.PROFILE, "光学薄膜、激光", ("镀膜",))
    number = next(store.items.stream())[0].number
    seen = store.changes.last()

    store.experts.save([replace(ZHANG, directions=("光学",))], by="甲")
    assert store.items.of_expert("E1")[0].title == "光学"
    assert [(change.kind, change.number) for change in store.changes.since(seen)] == [
        (ChangeKind.EXPERT, None),
        (ChangeKind.ITEM, number),
    ]

    seen = store.changes.last()
    store.experts.save([replace(ZHANG, directions=(), keywords=())], by="甲")
    assert store.items.of_expert("E1") == []
    assert store.items.by_numbers([number]) == []
    assert (ChangeKind.ITEM, number) in [(change.kind, change.number) for change in store.changes.since(seen)]
    assert [entry.action for entry in store.items.history("RE1")] == [
        HistoryAction.CREATED,
        HistoryAction.CHANGED,
        HistoryAction.UNLINKED,
        HistoryAction.REMOVED,
    ]


def test_profile_without_text_has_no_item(store: Store) -> None:
    store.experts.save([Expert("E3", "王五")], by="甲")
    assert store.items.of_expert("E3") == []
    assert store.items.count() == 0


def test_other_items_survive_a_changed_profile(store: Store) -> None:
    paper = EvidenceItem("I1", EvidenceType.PAPER, "论文一")
    store.experts.save([ZHANG], by="甲")
    store.items.save([OwnedItem("E1", paper)], by="甲")
    store.experts.save([replace(ZHANG, directions=(), keywords=())], by="甲")
    assert store.items.of_expert("E1") == [paper]


def test_found_by_name(store: Store) -> None:
    namesake = Expert("E0", "张三", "另一单位")
    store.experts.save([ZHANG, LI, namesake], by="甲")
    found = store.experts.find_by_names(["张三", "无此人"])
    assert {name: [expert.id for expert in experts] for name, experts in found.items()} == {"张三": ["E0", "E1"]}


def test_found_by_id_number_and_phone_however_typed(store: Store) -> None:
    store.experts.save([ZHANG, LI], by="甲")
    for number in ("11010519491231002X", "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"):
        assert [expert.id for expert in store.experts.with_id_number(number)] == ["E1"]
    for phone in ("13800138000", "+86 138-0013-8000", "008613800138000"):
        assert [expert.id for expert in store.experts.with_phone(phone)] == ["E1"]
    assert store.experts.with_id_number("110105194912310021") == []
    assert store.experts.with_id_number("") == store.experts.with_phone("") == []
    assert store.experts.with_phone("13800138000", reveal=True) == [ZHANG]


def test_history_tells_who_did_what(store: Store) -> None:
    store.experts.save([ZHANG], by="甲")
    store.experts.save([replace(ZHANG, name="张叁")], by="乙")
    created, changed = store.experts.history("E1")
    assert (created.action, created.by, created.before) == (HistoryAction.CREATED, "甲", None)
    assert (changed.action, changed.by) == (HistoryAction.CHANGED, "乙")
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["name"], changed.after["name"]) == ("张三", "张叁")
    assert changed.when >= created.when
    assert changed.when.utcoffset() is not None
    assert "private" not in changed.after
    revealed = store.experts.history("E1", reveal=True)[0]
    assert revealed.after is not None
    assert revealed.after["private"] == {"id_number": "11010519491231002X", "phone": "13800138000"}


def test_whoever_a_word_is_written_of_is_found_and_nothing_sealed_is(store: Store) -> None:
    quoted = replace(LI, id="E3", societies=('"新"农\\学会_',))
    store.experts.save([ZHANG, LI, quoted], by="甲")

    def found(word: str) -> list[str]:
        return [one.id for one in store.experts.mentioning(word)]

    assert found("玉米") == ["E2", "E3"]
    assert found('"新"农\\学会_') == ["E3"]
    assert found("%") == []
    assert found("13800138000") == []
