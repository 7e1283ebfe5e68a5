"""Opens the database and the index of a folder and catches up: the process that a test kills."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from matcher.encode.fake import HashingEncoder
from matcher.encode.protocol import Vectors
from matcher.store import AesGcmCipher, open_store
from matcher.workflows.index import IndexKeeper
from matcher.workflows.index_recipe import IndexRecipe

KEY = bytes(range(32))


class SlowEncoder(HashingEncoder):
    """Slow enough to be killed at work; writes a line for every portion it has encoded."""

    def __init__(self, log: Path | None = None, seconds: float = 0.0) -> None:
        super().__init__(16)
        self._log, self._seconds = log, seconds

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._seconds)
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{len(texts)}\n")
        return super().encode_documents(texts)


def keeper_of(folder: Path, encoder: HashingEncoder) -> IndexKeeper:
    store = open_store(f"sqlite:///{folder / 'matcher.db'}", AesGcmCipher(KEY))
    return IndexKeeper(store, IndexRecipe(encoder), folder / "index")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    keeper = keeper_of(place, SlowEncoder(place / "encoded", float(sys.argv[2])))
    keeper.catch_up()
    sys.stdout.write(f"built {keeper.index.item_count}\n")
