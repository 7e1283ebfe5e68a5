"""Refining the built-in encoder: what teaches, what measures, what is adopted, and that the index follows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.demand import Demand, DemandContact
from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert, PrivateDetails
from matcher.domain.vocabulary import EvidenceType
from matcher.encode.adapt import AdaptRecipe
from matcher.encode.builtin import BuiltinEncoder
from matcher.resources import bundled
from matcher.store import OwnedItem, Store, open_store
from matcher.store.fake_cipher import FakeCipher
from matcher.workflows.adapt_encoder import (
    Adaptation,
    EncoderAdapter,
    TooFewToAdapt,
    read_facts,
    save_adaptation,
)
from matcher.workflows.adapt_texts import MarkedDemand, item_pairs, read_items, read_marked
from matcher.workflows.adapt_trial import Trial, demand_ranks, paired
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_recipe import IndexRecipe

QUICK = AdaptRecipe(batch=64, most_steps=4)
SHIPPED = bundled("encoder")
# A plant's own code names, which no encoder can know: 甲17号料 is what the abstracts call 球墨铸铁 and so on.
CODES = [f"{letter}{number}号料" for letter in "甲乙丙丁戊己庚辛" for number in range(11, 41)]
SUBJECTS = ("铸铁", "焊缝", "玉米", "水稻", "轴承", "电池", "涂层", "菌种", "盐碱", "激光", "煤层", "鱼苗")


def made_items(count: int) -> list[EvidenceItem]:
    return [made_item(number, CODES[number % len(CODES)], SUBJECTS[number % 12]) for number in range(count)]


def made_item(number: int, code: str, subject: str) -> EvidenceItem:
    abstract = f"本文用{subject}试验{number}组。结果第{number}组最好，{code}稳定。"
    return EvidenceItem(f"I{number}", EvidenceType.PAPER, f"{code}的{subject}研究", abstract, (subject, code))


@pytest.fixture(scope="module")
def shipped() -> BuiltinEncoder:
    return BuiltinEncoder(SHIPPED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'matcher.db'}", FakeCipher()) as opened:
        opened.experts.save([Expert("E1", "张三", private=PrivateDetails(phone="13800138000"))], by="甲")
        yield opened


def fill(store: Store, items: Sequence[EvidenceItem]) -> None:
    store.items.save([OwnedItem("E1", item) for item in items], by="甲")


def no_progress(done: int, whole: int) -> None:
    pass


def test_few_items_are_refused_with_a_sentence(store: Store, shipped: BuiltinEncoder) -> None:
    fill(store, made_items(150))
    with pytest.raises(TooFewToAdapt, match=r"只有 150 条，至少要 200 条.*现用模型不变"):
        EncoderAdapter(store, shipped, shipped, QUICK).adapt({}, no_progress)


def test_the_same_database_gives_the_same_model_whatever_the_order(
    store: Store, shipped: BuiltinEncoder, tmp_path: Path
) -> None:
    fill(store, made_items(240))
    with open_store(f"sqlite:///{tmp_path / 'other.db'}", FakeCipher()) as other:
        other.experts.save([Expert("E1", "张三")], by="乙")
        fill(other, made_items(240)[::-1])
        first, second = (EncoderAdapter(one, shipped, shipped, QUICK).adapt({}, no_progress) for one in (store, other))
    assert np.array_equal(first.table, second.table)
    assert not np.array_equal(first.table, shipped.table)
    assert first.trials == second.trials


def test_an_adopted_model_is_read_like_the_shipped_one_and_the_index_follows(
    store: Store, shipped: BuiltinEncoder, tmp_path: Path
) -> None:
    fill(store, made_items(240))
    folder = tmp_path / "model"
    folder.mkdir()
    found = EncoderAdapter(store, shipped, shipped, QUICK).adapt({}, no_progress)
    when = datetime(2026, 6, 1, tzinfo=UTC)
    save_adaptation(found, SHIPPED, folder, when)
    refined = BuiltinEncoder(folder)
    assert np.array_equal(refined.table, found.table)
    assert refined.fingerprint != shipped.fingerprint
    facts = read_facts(folder)
    assert (facts.when, facts.base, facts.trials) == (when, shipped.fingerprint, found.trials)
    assert "held out" in (folder / "README.md").read_text(encoding="utf-8")
    before = IndexKeeper(store, IndexRecipe(shipped), tmp_path / "index")
    before.catch_up()
    after = IndexKeeper(store, IndexRecipe(refined), tmp_path / "index")
    assert "语义模型" in after.status().problem
    after.catch_up()
    assert after.status().problem == ""
    assert after.status().manifest is not None
    assert after.index.pinned().settings.encoder == refined.fingerprint


def test_only_owned_items_and_questions_are_read(store: Store) -> None:
    store.experts.save([Expert("E2", "李四")], by="甲")
    store.items.save([OwnedItem("E2", replace(made_items(1)[0], id="X", abstract="只属于李四的摘要。"))], by="甲")
    contact = DemandContact("钱经理", "13700137000", "q@q.cn")
    store.demands.save([Demand("D1", "盐碱地", problem="苗老是死", contact=contact)], by="甲")
    store.experts.erase("E2", by="乙")
    texts = str(item_pairs([stored.item for stored in read_items(store)]))
    texts += str(read_marked(store, {"D1": {"E1": 3}}))
    assert "苗老是死" in texts
    assert [secret for secret in ("李四", "13800138000", "钱经理", "13700137000") if secret in texts] == []


def test_experts_are_ranked_by_their_best_item(store: Store) -> None:
    store.experts.save([Expert("E2", "李四"), Expert("E3", "王五")], by="甲")
    texts = {"E1": "铸铁", "E2": "焊缝", "E3": "玉米"}
    store.items.save(
        [OwnedItem(owner, EvidenceItem(text, EvidenceType.PAPER, text)) for owner, text in texts.items()], by="甲"
    )
    vectors = {"铸铁": (0.8, 0.6), "焊缝": (1.0, 0.0), "玉米": (0.0, 1.0), "问": (1.0, 0.0)}
    marked = read_marked_of(store, {"E1": 2, "E3": 3})
    ranks = demand_ranks(
        lambda asked: np.array([vectors[text] for text in asked], np.float32), marked, read_items(store)
    )
    # E2 is the only one not marked suitable and stands above both: 1/2 each.
    assert ranks.tolist() == [0.5]


def test_needs_of_one_questionnaire_measure_or_teach_together() -> None:
    sides = [{MarkedDemand(f"D{n}{need}", "", frozenset()).held_out for need in ("", "#1", "#2")} for n in range(20)]
    assert all(len(side) == 1 for side in sides)
    assert {True, False} == set().union(*sides)


def read_marked_of(store: Store, grades: dict[str, int]) -> list:
    store.demands.save([Demand("D1", "问")], by="甲")
    return read_marked(store, {"D1": grades})


def trial(name: str, low: float, high: float) -> Trial:
    return Trial(name, 50, 0.5, 0.5 + (low + high) / 2, low, high)


@pytest.mark.parametrize(
    ("trials", "adopted"),
    [
        ([trial("题名—摘要", 0.01, 0.03)], True),
        ([trial("题名—摘要", -0.01, 0.03)], False),
        ([trial("题名—摘要", 0.01, 0.03), trial("需求—成果", -0.06, 0.04)], False),
        ([trial("题名—摘要", 0.01, 0.03), trial("需求—成果", -0.02, 0.04)], True),
        ([trial("题名—摘要", 0.01, 0.03), trial("英文摘要—中文摘要", -0.02, 0.01)], True),
        ([trial("题名—摘要", 0.01, 0.03), trial("英文摘要—中文摘要", -0.05, -0.01)], False),
    ],
)
def test_what_is_adopted(trials: list[Trial], adopted: bool) -> None:
    assert Adaptation(np.zeros((1, 1), np.float32), "", {}, tuple(trials), QUICK).is_better is adopted


def test_an_interval_of_paired_gains() -> None:
    before = np.tile([0.5, 0.25, 1.0], 30)
    assert paired("", before, before).low == 0
    better = paired("", before, before + np.tile([0.1, 0.0, 0.2], 30))
    assert better.difference == pytest.approx(0.1)
    assert 0 < better.low < 0.1 < better.high
