"""Takes the manual's pictures of every page in `tests_browser/pages.py`, on the bundled demo data.

    python scripts/screenshots.py [NAME ...] [--to FOLDER] [--eval] [--large]

NAME: only these pages. --eval: on the test collection. --large: 1920x1080. Pictures have a palette, so they stay small.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests_browser.browser import LARGE, SMALL, chromium, first_login, new_context  # noqa: E402
from tests_browser.pages import PAGES, PageLine, address  # noqa: E402
from tests_browser.served import STAFF, Served, demo_workbooks, serving, workbooks  # noqa: E402

_COLOURS = 64
_LONGEST = 1600  # pixels; a longer page is cut, the manual shows its head


def main() -> None:
    given = _arguments()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        books = workbooks() if given.eval else demo_workbooks()
        with serving(Path(home), books) as served:
            states = {"": None, **{role: _logged_in(browser, served, role) for role in STAFF}}
            for line in PAGES:
                if not given.names or line.name in given.names:
                    context = new_context(browser, served, LARGE if given.large else SMALL, states[line.role])
                    size = _picture(context.new_page(), line, given.to, not given.eval)
                    context.close()
                    print(f"{line.name}: {size // 1024} KB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--eval", action="store_true")
    parser.add_argument("--large", action="store_true")
    return parser.parse_args()


def _logged_in(browser: Browser, served: Served, role: str) -> object:
    context = new_context(browser, served)
    first_login(context.new_page(), served, role)
    state = context.storage_state()
    context.close()
    return state


def _picture(page: Page, line: PageLine, folder: Path, demo: bool) -> int:
    page.goto(address(line, demo=demo))
    page.wait_for_load_state("networkidle")
    raw = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    cut = raw.crop((0, 0, raw.width, min(raw.height, _LONGEST)))
    path = folder / f"{line.name}.png"
    cut.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    main()
