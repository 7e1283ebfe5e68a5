"""A served house of several processes, on SQLite or PostgreSQL, and what a test does to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from matcher.domain.job import Job
from service.audit.origin import Origin
from service.security.actor import Actor
from service.security.roles import RegionScope
from service.settings import ServiceSettings
from service.wiring import Service
from tests.service.house import MASTER_KEY, cheap_passwords

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-c", "from service.cli import main; main()")
ZHANG = Actor(Origin("zhang", "10.0.0.1", "r1"), RegionScope(), sees_private=True)
_PATIENCE = 120
Found = TypeVar("Found")


@dataclass(frozen=True)
class Served:
    place: str
    process: subprocess.Popen[str]
    log: Path

    def events(self, name: str) -> list[dict[str, object]]:
        return [line for line in _json_lines(self.log) if line["event"] == name]

    def children(self) -> dict[int, str]:
        """Process ids of workers and of the process for jobs, with their command lines."""
        found: dict[int, str] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, ProcessLookupError):
                continue
        return {pid: line for pid, line in found.items() if "spawn_main" in line}

    def kill_everything(self) -> None:
        """As a power cut would: no process gets to say anything."""
        pids = list(self.children())
        for pid in (self.process.pid, *pids):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        until(lambda: not any(_lives(pid) for pid in pids))


@contextmanager
def serving(home: Path, url: str, *words: str, **settings: object) -> Iterator[Served]:
    """`matcher serve`, with settings of its own, its log in a file; stopped at the end whatever happens."""
    home.mkdir(exist_ok=True)
    log = home / f"serve-{time.monotonic_ns()}.log"
    given = {"MATCHER_HOME": str(home), "MATCHER_DATABASE_URL": url, "MATCHER_MASTER_KEY": MASTER_KEY}
    given |= {f"MATCHER_{name.upper()}": str(value) for name, value in settings.items()}
    given |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MATCHER_LOGINS_PER_MINUTE": "1000"}
    with log.open("w", encoding="utf-8") as out:
        command = [*COMMAND, "serve", "--port", "0", *words]
        process = subprocess.Popen(
            command, env={**os.environ, **given}, stdout=out, stderr=subprocess.STDOUT, text=True
        )
    served = Served("", process, log)
    try:
        until(lambda: '"listening"' in log.read_text(encoding="utf-8") or process.poll() is not None)
        place = next(line for line in _json_lines(log) if line["event"] == "listening")["place"]
        yield Served(str(place), process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                served.kill_everything()


def own_service(home: Path, url: str) -> Service:
    """What a test looks at the same house with."""
    home.mkdir(exist_ok=True)
    settings = ServiceSettings(home=home, database_url=url, master_key=MASTER_KEY)
    return Service(settings, passwords=cheap_passwords())


def until(found: Callable[[], Found], seconds: float = _PATIENCE) -> Found:
    """What `found` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.02)
    raise TimeoutError(f"nothing after {seconds} s")


def ended(service: Service, job: Job) -> Job:
    def over() -> Job | None:
        now = service.store.jobs.get(job.id)
        return now if now.state.is_over else None

    return until(over)


def _json_lines(log: Path) -> Iterator[dict[str, object]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        if line.startswith("{") and line.endswith("}"):
            yield json.loads(line)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
