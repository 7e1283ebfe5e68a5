"""Several processes at once, and processes that are killed: nothing lost, nothing doubled."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import matcher
from matcher.store import AesGcmCipher, Change, Store, open_store
from tests.store import saving_process

SCRIPT = Path(saving_process.__file__)


def started(url: str, by: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(SCRIPT), url, by]
    here = {**os.environ, "PYTHONPATH": str(Path(matcher.__file__).parents[1])}
    return subprocess.Popen(command, env=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def content(store: Store) -> dict[str, object]:
    """All that two databases with the same history must agree on."""
    items = [stored for chunk in store.items.stream() for stored in chunk]
    return {
        "experts": list(store.experts.stream(reveal=True)),
        "items": sorted((stored.item.id, stored.item, stored.owners) for stored in items),
        "demands": list(store.demands.stream(reveal=True)),
        "ledger": list(store.ledger.stream(reveal=True)),
        "changes": Counter((change.kind, change.key) for change in store.changes.since(0)),
        "history": {key: len(store.experts.history(key)) for key in store.experts.ids()},
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an undisturbed run leaves."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'matcher.db'}"
    saving_process.main(url, "甲")
    with open_store(url, AesGcmCipher(bytes(range(32)))) as store:
        return content(store)


def test_killed_in_the_middle_again_and_again(url: str, cipher: AesGcmCipher, expected: dict[str, object]) -> None:
    for pieces, delay in ((1, 0.004), (3, 0.011), (5, 0.023)):
        process = started(url, "甲")
        assert process.stdout is not None
        for _ in range(pieces):
            process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.communicate()
    process = started(url, "甲")
    assert process.communicate(timeout=120)[1] == ""
    with open_store(url, cipher) as store:
        assert content(store) == expected
        assert_numbers_agree(store, store.changes.since(0))
    assert_sound(url)


def test_three_writers_and_a_reader(url: str, cipher: AesGcmCipher, expected: dict[str, object]) -> None:
    with open_store(url, cipher) as store:
        writers = [started(url, name) for name in "甲乙丙"]
        seen: list[Change] = []
        while any(writer.poll() is None for writer in writers):
            seen += store.changes.since(seen[-1].sequence if seen else 0)
            time.sleep(0.01)
        seen += store.changes.since(seen[-1].sequence if seen else 0)
        assert [writer.communicate()[1] for writer in writers] == [""] * 3
        assert seen == store.changes.since(0)
        found = content(store)
        assert_numbers_agree(store, seen)
    # Writers that take turns log a shared item once more than one writer alone, everything else is the same.
    assert {name: found[name] for name in found if name != "changes"} == {
        name: expected[name] for name in expected if name != "changes"
    }


def assert_numbers_agree(store: Store, changes: list[Change]) -> None:
    """Every item in the change log stands in the table under that number, and the other way round."""
    stored = {item.number: item.item.id for chunk in store.items.stream() for item in chunk}
    assert {change.number: change.key for change in changes if change.number is not None} == stored


def assert_sound(url: str) -> None:
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        engine.dispose()
