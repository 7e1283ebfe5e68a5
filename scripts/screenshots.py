"""Takes the pictures that the manual shows, on the bundled demo data, as somebody who has worked with it.

    python scripts/screenshots.py [NAME ...] [--every --to FOLDER] [--eval] [--large]

NAME: only these pages. --every: all of `tests_browser/pages.py`, to look them through. --eval: on the test collection.
--large: 1920x1080. Pictures have a palette, so they stay small.
"""

from __future__ import annotations

import argparse
import io
import re
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

_COLOURS = 256
_LONGEST = 1000  # pixels; a longer page is cut, the manual shows its head
_MANUAL = ROOT / "docs" / "使用手册.md"
_REJECTED = "专家编号,姓名,研究方向,职称\nD901,示例一,盐碱地改良,教授\nD902,,土壤,研究员\n"


def main() -> None:
    given = _arguments()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        books = workbooks() if given.eval else demo_workbooks()
        with serving(Path(home), books) as served:
            states = {"": None, **{role: _logged_in(browser, served, role) for role in STAFF}}
            worked = () if given.eval else _worked(browser, served, states["业务管理员"], Path(home))
            for line in (*PAGES, *worked):
                if given.every or line.name in (given.names or _shown()):
                    context = new_context(browser, served, LARGE if given.large else SMALL, states[line.role])
                    size = _picture(context.new_page(), line, given.to, not given.eval)
                    context.close()
                    print(f"{line.name}: {size // 1024} KB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--every", action="store_true")
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


def _shown() -> set[str]:
    return set(re.findall(r"\(images/(.+?)\.png\)", _MANUAL.read_text(encoding="utf-8")))


def _worked(browser: Browser, served: Served, state: object, folder: Path) -> tuple[PageLine, ...]:
    """Two experts listed, a result saved, an import waiting, stations planned: the pages that this makes."""
    context = new_context(browser, served, SMALL, state)
    page, demand = context.new_page(), address(PageLine("", "", "{demand}", ""), demo=True)
    page.goto(f"/match?demand={demand}")
    for place in (0, 1):
        page.locator(".candidate").nth(place).get_by_role("button", name="入围：").first.click()
        page.locator(".list-count", has_text=f"已入围 {place + 1} 人").wait_for()
    page.goto(f"/match/shortlist?demand={demand}")
    page.get_by_role("button", name="保存结果，送签").click()
    page.wait_for_url("**/runs/P*")
    run = page.url.removeprefix(served.place)
    sheet = folder / "专家名单.csv"
    sheet.write_text(_REJECTED, encoding="utf-8")
    page.goto("/imports?kind=experts")
    page.get_by_label("文件").set_input_files(sheet)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="确认导入").wait_for()
    preview = page.url.removeprefix(served.place)
    plan = _planned(page, served)
    context.close()
    role = "业务管理员"
    made = (
        ("结果详情", run),
        ("打印件", f"{run}/print"),
        ("导入核对", preview),
        ("建站计划", plan),
        ("建站计划打印件", f"{plan}/print"),
    )
    return tuple(PageLine(name, role, path, "") for name, path in made)


def _planned(page: Page, served: Served) -> str:
    """Address of the year's plan of stations: of both kinds as many as the ledger of the demo data leaves."""
    page.goto("/plans")
    page.get_by_label("院士专家工作站名额").fill("2")
    page.get_by_label("科技专家工作站名额").fill("3")
    page.get_by_role("button", name="开始制定").click()
    page.wait_for_url(re.compile(r"/plans/P\d{4}-\d{3}$"))
    return page.url.removeprefix(served.place)


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
