"""The index follows the store: whatever happens to processes and files, the answers are those of the database."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.evidence import EvidenceItem
from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.encode.fake import HashingEncoder
from matcher.index.errors import ChineseWithoutTerms
from matcher.index.protocol import EvidenceReader
from matcher.resources import bundled
from matcher.store import AesGcmCipher, OwnedItem, Store, open_store
from matcher.text.analyse import read_stop_words
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_recipe import IndexRecipe
from tests.workflows.building_process import KEY, SlowEncoder, keeper_of

PROGRAM = [sys.executable, "-m", "tests.workflows.building_process"]
HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
TITLES = {
    "盐碱地": "苏打盐碱地水稻秸秆还田对土壤有机碳的影响",
    "电池": "锂离子电池正极材料的表面包覆与循环稳定性",
    "人参": "人参连作障碍的微生物修复技术研究",
}


class DeafSegmenter:
    fingerprint = "deaf"

    def words(self, text: str) -> list[str]:
        return [word for word in text.split() if word.isascii()]

    def names_a_subject(self, word: str) -> bool:
        return True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'matcher.db'}", AesGcmCipher(KEY)) as opened:
        yield opened


def paper(title: str, keywords: tuple[str, ...] = ()) -> EvidenceItem:
    return EvidenceItem(f"I-{title}", EvidenceType.PAPER, title, f"本文研究{title}。", keywords)


def fill(store: Store, count: int, first: int = 0) -> None:
    experts = [Expert(f"E{n}", f"专家{n}", directions=("盐碱地改良",)) for n in range(first, first + count)]
    store.experts.save(experts, by="测试")
    papers = [OwnedItem(f"E{n}", paper(f"第{n}号盐碱土壤试验", ("苏打盐渍土",))) for n in range(first, first + count)]
    store.items.save(papers, by="测试")


def keeper(store: Store, folder: Path, **recipe: object) -> IndexKeeper:
    encoder = recipe.pop("encoder", None) or HashingEncoder(32)
    return IndexKeeper(store, IndexRecipe(encoder, **recipe), folder / "index")  # type: ignore[arg-type]


def content(reader: EvidenceReader, store: Store) -> list[object]:
    """What the index says of every item in the store, and how many there are."""
    numbers = np.array([stored.number for portion in store.items.stream() for stored in portion], np.int64)
    query = {"盐碱": 1.0, "试验": 0.5, "土壤": 2.0}
    return [
        reader.item_count,
        reader.owners(numbers),
        reader.lexical_scores(query, numbers).tolist(),
        reader.vectors(numbers).tolist(),
        reader.lexical(query, 10_000).items.tolist(),
        reader.lexical(query, 10_000).scores.tolist(),
    ]


def truth(store: Store, folder: Path) -> list[object]:
    return content(keeper(store, folder / "afresh").rebuild(), store)


def test_chinese_questions_find_chinese_items(store: Store, tmp_path: Path) -> None:
    store.experts.save([Expert(f"E-{name}", name) for name in TITLES], by="测试")
    store.items.save([OwnedItem(f"E-{name}", paper(title)) for name, title in TITLES.items()], by="测试")
    stop_words = read_stop_words(bundled("reference/stopwords.txt"))
    kept = keeper(store, tmp_path, stop_words=stop_words)
    for name, question in (("盐碱地", "水稻田的土壤盐碱重"), ("电池", "正极材料循环差"), ("人参", "连作人参烂根")):
        terms = kept.analyzer.terms(question)
        assert len(terms) >= 2, "中文没有分出词"
        hits = kept.index.lexical(dict.fromkeys(terms, 1.0), 1)
        assert kept.index.owners(hits.items) == [(f"E-{name}",)]


def test_a_build_that_finds_no_chinese_words_is_refused(store: Store, tmp_path: Path) -> None:
    fill(store, 30)
    with pytest.raises(ChineseWithoutTerms, match="分不出词"):
        keeper(store, tmp_path, segmenter=lambda terms: DeafSegmenter()).rebuild()


def test_every_kind_of_change_is_seen_at_the_next_question(store: Store, tmp_path: Path) -> None:
    fill(store, 5)
    kept = keeper(store, tmp_path)
    assert kept.index.item_count == 10
    added = paper("石墨烯散热膜")
    store.items.save([OwnedItem("E1", added)], by="测试")
    kept.catch_up()
    number = kept.index.items_of("E1")[-1]
    assert kept.index.document_frequency(["石墨"]) == {"石墨": 1}
    store.items.save([OwnedItem("E2", added)], by="测试")
    kept.catch_up()
    assert kept.index.owners(np.array([number])) == [("E1", "E2")]
    store.experts.erase("E2", by="测试")
    store.items.unlink("E1", [added.id], by="测试")
    kept.catch_up()
    assert kept.index.document_frequency(["石墨"]) == {"石墨": 0}
    assert kept.index.items_of("E2").tolist() == []
    assert kept.index.last_change == store.changes.last()
    assert content(kept.index, store) == truth(store, tmp_path)


def test_two_processes_agree_after_each_others_changes(store: Store, tmp_path: Path) -> None:
    fill(store, 20)
    one, other = keeper(store, tmp_path), keeper(store, tmp_path)
    assert one.index.item_count == other.index.item_count == 40
    fill(store, 30, first=20)
    one.catch_up()
    fill(store, 400, first=50)
    other.catch_up()
    one.catch_up()
    assert content(one.index, store) == content(other.index, store)
    assert one.analyzer.fingerprint == other.analyzer.fingerprint


def test_a_rebuild_elsewhere_is_taken_over_with_its_dictionary(store: Store, tmp_path: Path) -> None:
    fill(store, 3)
    serving = keeper(store, tmp_path)
    assert "苏打盐渍土" in serving.analyzer.terms("苏打盐渍土改良")
    store.items.save([OwnedItem(f"E{n}", paper(f"题目{n}", ("盐碱地块",))) for n in range(3)], by="测试")
    serving.catch_up()
    assert "盐碱地块" not in serving.analyzer.terms("盐碱地块")
    keeper(store, tmp_path).rebuild()
    serving.catch_up()
    assert "盐碱地块" in serving.analyzer.terms("盐碱地块")
    assert content(serving.index, store) == truth(store, tmp_path)


def test_a_change_of_encoder_is_answered_by_a_new_index(store: Store, tmp_path: Path) -> None:
    fill(store, 4)
    keeper(store, tmp_path).rebuild()
    other = keeper(store, tmp_path, encoder=HashingEncoder(16))
    assert "语义模型" in other.status().problem
    assert other.index.encoder_fingerprint == "hashing-16"
    assert other.index.vectors(other.index.items_of("E1")).shape == (2, 16)
    assert other.status().problem == ""


def test_who_holds_an_old_encoder_does_not_build_over_what_was_made_with_the_new_one(
    store: Store, tmp_path: Path
) -> None:
    fill(store, 4)
    old = keeper(store, tmp_path)
    old.catch_up()
    new = keeper(store, tmp_path, encoder=HashingEncoder(16))
    new.rebuild()
    fill(store, 300, 4)  # so many that the old one builds from scratch
    old.catch_up()
    assert (old.index.encoder_fingerprint, old.index.item_count) == ("hashing-32", 608)
    assert new.status().problem == ""


def test_a_damaged_snapshot_is_built_again(store: Store, tmp_path: Path) -> None:
    fill(store, 4)
    keeper(store, tmp_path).rebuild()
    broken = next((tmp_path / "index/segments").rglob("words_keys.npy"))
    broken.write_bytes(broken.read_bytes()[:-4])
    assert content(keeper(store, tmp_path).index, store) == truth(store, tmp_path)


def test_a_database_from_an_older_backup_gets_a_new_index(store: Store, tmp_path: Path) -> None:
    fill(store, 10)
    keeper(store, tmp_path).rebuild()
    with open_store(f"sqlite:///{tmp_path / 'older.db'}", AesGcmCipher(KEY)) as older:
        fill(older, 2)
        restored = keeper(older, tmp_path)
        assert restored.status().behind < 0
        restored.catch_up()
        assert restored.index.item_count == 4
        assert content(restored.index, older) == truth(older, tmp_path)


def test_a_grown_library_gets_a_new_dictionary_by_itself(store: Store, tmp_path: Path) -> None:
    kept = keeper(store, tmp_path)
    assert kept.index.item_count == 0
    for first in range(0, 150, 50):
        fill(store, 50, first)
        kept.catch_up()
    assert kept.index.item_count == 300
    assert "苏打盐渍土" in kept.analyzer.terms("苏打盐渍土改良")


def test_changes_of_other_records_build_nothing(store: Store, tmp_path: Path) -> None:
    fill(store, 5)
    kept = keeper(store, tmp_path)
    build = kept.index.pinned().build
    for turn in range(60):
        store.experts.save([Expert(f"E{n}", f"改名{turn}", directions=("盐碱地改良",)) for n in range(5)], by="测试")
    assert store.changes.last() > kept.index.last_change + 200
    kept.catch_up()
    assert kept.index.last_change == store.changes.last()
    assert kept.index.pinned().build == build


def test_nothing_new_leaves_the_state_as_it_is(store: Store, tmp_path: Path) -> None:
    fill(store, 5)
    kept = keeper(store, tmp_path)
    kept.catch_up()
    state = kept.index.pinned()
    kept.catch_up()
    assert kept.index.pinned() is state


def test_unchanged_text_is_not_encoded_again(store: Store, tmp_path: Path) -> None:
    fill(store, 20)
    log = tmp_path / "encoded"
    keeper(store, tmp_path, encoder=SlowEncoder(log)).rebuild()
    first = log.read_text(encoding="utf-8")
    store.items.save([OwnedItem("E1", paper("全新的题目"))], by="测试")
    keeper(store, tmp_path, encoder=SlowEncoder(log)).rebuild()
    assert log.read_text(encoding="utf-8") == first + "1\n"


def test_questions_from_other_threads_while_the_store_changes(store: Store, tmp_path: Path) -> None:
    fill(store, 10)
    kept = keeper(store, tmp_path)
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(15):
                kept.catch_up()
                reader = kept.index.pinned()
                hits = reader.lexical({"盐碱": 1.0}, 1000)
                assert all(reader.owners(hits.items))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for first in range(10, 40, 10):
        fill(store, 10, first)
    for thread in threads:
        thread.join()
    kept.catch_up()
    assert not failures
    assert content(kept.index, store) == truth(store, tmp_path)


def test_of_processes_that_start_together_one_builds(store: Store, tmp_path: Path) -> None:
    fill(store, 150)
    program = [*PROGRAM, str(tmp_path), "0.2"]
    running = [subprocess.Popen(program, env=HERE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in running] == ["built 300"] * 3
    assert sum(map(int, (tmp_path / "encoded").read_text(encoding="utf-8").split())) == 300


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").split()) if path.exists() else 0


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_moments_nothing_is_lost_or_doubled(store: Store, tmp_path: Path, seed: int) -> None:
    fill(store, 1500)
    moments, log = random.Random(seed), tmp_path / "encoded"
    program = [*PROGRAM, str(tmp_path), "0.05"]
    for more in (moments.randint(1, 4), moments.randint(1, 4), 12):
        process, before = subprocess.Popen(program, env=HERE), lines_of(log)
        while process.poll() is None and lines_of(log) < min(before + more, 12):
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.3))
        process.kill()
        process.wait()
    done = subprocess.run([*program[:-1], "0"], env=HERE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "built 3000"
    encoded = sum(map(int, log.read_text(encoding="utf-8").split()))
    assert encoded <= 3000 + 3 * 256, "a killed build went on where it was"
    kept = keeper_of(tmp_path, SlowEncoder())
    afresh = keeper(store, tmp_path / "afresh", encoder=SlowEncoder()).rebuild()
    assert content(kept.index, store) == content(afresh, store)
