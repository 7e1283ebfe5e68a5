"""导入 in the browser: choose a file, look at the preview, confirm, find it among the jobs."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests_browser.browser import breaches
from tests_browser.conftest import Open

SHEET = "专家编号,姓名,研究方向,职称\n导入001,测试专家,盐碱地改良,教授\n导入002,,土壤,\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "专家 名单.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_from_a_file_to_the_jobs(open_as: Open, sheet: Path) -> None:
    page = open_as("业务员")
    page.goto("/imports")
    page.set_input_files("#files", sheet)
    page.get_by_role("button", name="上传并核对").click()
    as_people = page.get_by_role("button", name="按“专家和成果”重新核对")  # questionnaires are what comes daily
    expect(as_people).to_be_visible(timeout=60_000)
    assert breaches(page) == []
    as_people.click()
    confirm = page.get_by_role("button", name="确认导入")
    expect(confirm).to_be_visible(timeout=60_000)
    expect(page.get_by_text("没有姓名")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("link", name="下载退回的行").click()
    assert started.value.suggested_filename.endswith(".xlsx")
    confirm.click()
    expect(page.get_by_text("已写入")).to_be_visible(timeout=60_000)
    take_back(page)
    page.goto("/jobs")
    expect(page.get_by_role("link", name="导入专家表：专家 名单.csv", exact=True)).to_be_visible()


def take_back(page: Page) -> None:
    """From the page of an import that was written, which stays readable for everybody at each step."""
    written = page.url
    assert breaches(page) == []
    page.get_by_role("button", name="撤销本次导入").click()
    confirm = page.get_by_role("button", name="确认撤销")
    expect(confirm).to_be_visible(timeout=60_000)
    assert breaches(page) == []
    confirm.click()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("已撤销，")).to_be_visible(timeout=60_000)
    assert breaches(page) == []
    page.goto(written)
    expect(page.get_by_text("这次导入已撤销。")).to_be_visible()
    page.goto("/experts?q=导入001")
    expect(page.get_by_text("没有符合条件的专家")).to_be_visible()
