#!/usr/bin/env python3
"""Times the built-in encoder on the items of a home: `bench_encode.py [--home MATCHER_HOME]`; budget 4,000 items/s."""

from __future__ import annotations

import argparse
import os
import platform
import time
from pathlib import Path

from matcher.encode.builtin import BuiltinEncoder
from matcher.resources import bundled
from matcher.settings import MatcherSettings, load_settings
from matcher.text.item_text import item_text
from matcher.wiring import Application

_LEAST = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a MATCHER_HOME with data; else the one in force")
    home = parser.parse_args().home
    application = Application(MatcherSettings(home=home) if home else load_settings())
    items = [stored.item for portion in application.store.items.stream() for stored in portion]
    texts = [text for item in items if (text := item_text(item).embedding)]
    if not texts:
        raise SystemExit("The home holds no items: import some first, or run make demo.")
    asked = texts * (_LEAST // len(texts) + 1)
    encoder = BuiltinEncoder(bundled("encoder"))
    encoder.encode_documents(asked[:100])
    started = time.perf_counter()
    encoder.encode_documents(asked)
    spent = time.perf_counter() - started
    characters = sum(map(len, texts)) // len(texts)
    print(f"{platform.machine()}, {os.cpu_count()} cores; {len(texts)} items of {characters} characters on average")
    print(f"{len(asked) / spent:,.0f} items/s")


if __name__ == "__main__":
    main()
