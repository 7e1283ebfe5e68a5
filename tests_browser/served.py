"""A real served process with a database of its own, and a member of staff of every role who has set a password."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
COLLECTION = ROOT.parent / "shared" / "eval"
DEMO = ROOT / "data" / "demo"
PASSWORD = "Chang-Bai-16"
# Login name and full name by role; the first is the administrator, as everywhere.
STAFF = {
    "系统管理员": ("guan.li", "管立"),
    "审计员": ("shen.ji", "沈季"),
    "业务管理员": ("zhou.min", "周敏"),
    "业务员": ("li.na", "李娜"),
    "只读": ("wang.fang", "王芳"),
}
_COMMAND = (sys.executable, "-c", "from service.cli import main; main()")
_READY_SECONDS = 240


@dataclass(frozen=True)
class Served:
    """`place`: http://127.0.0.1:port. `passwords`: one-time passwords by role."""

    place: str
    home: Path
    passwords: dict[str, str]

    def run(self, *words: str) -> str:
        """A command on the same database."""
        return run(self.home, *words)


def workbooks() -> list[tuple[str, Path]]:
    """The test collection where it lies beside the checkout, else the demo data."""
    if COLLECTION.is_dir():
        return [("experts", COLLECTION / "experts.xlsx"), ("demands", COLLECTION / "demands_dev.xlsx")]
    return demo_workbooks()


def demo_workbooks() -> list[tuple[str, Path]]:
    return [(kind, DEMO / f"{kind}.xlsx") for kind in ("experts", "demands", "ledger")]


@contextmanager
def serving(home: Path, books: Sequence[tuple[str, Path]], **settings: str) -> Iterator[Served]:
    """Ready to answer, with `settings` such as MATCHER_SESSION_HOURS="1"; stopped at the end whatever happens."""
    for kind, path in books:
        run(home, "import", kind, str(path))
    passwords = {role: _hire(home, role) for role in STAFF}
    log = (home / "serve.log").open("w", encoding="utf-8")
    command = [*_COMMAND, "serve", "--port", "0"]
    process = subprocess.Popen(
        command, env=_environment(home) | settings, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        assert process.stdout is not None
        place = json.loads(process.stdout.readline())["place"]
        with (home / "requests.log").open("w", encoding="utf-8") as requests:
            drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=requests)
            _wait_until_ready(place)
            yield Served(place, home, passwords)
    finally:
        process.terminate()
        process.wait(30)
        drain.wait(30)
        log.close()


def run(home: Path, *words: str) -> str:
    done = subprocess.run([*_COMMAND, *words], env=_environment(home), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr  # 1: single rows were sent back
    return done.stdout


def _environment(home: Path) -> dict[str, str]:
    """Browsers of a whole test run log in from one address, many times a minute."""
    given = {"MATCHER_HOME": str(home), "MATCHER_LOGINS_PER_MINUTE": "1000", "PYTHONUTF8": "1"}
    return {**os.environ, "PYTHONPATH": str(ROOT), **given}


def _hire(home: Path, role: str) -> str:
    name, full_name = STAFF[role]
    told = run(home, "user", "add", name, "--name", full_name, "--role", role)
    found = re.search(r"：(\S+)\s*$", told)
    assert found, told
    return found[1]


def _wait_until_ready(place: str) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(f"{place}/health/ready", timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass  # 503 while index and encoder are being loaded
        time.sleep(0.2)
    raise TimeoutError(f"{place} was not ready after {_READY_SECONDS} s")
