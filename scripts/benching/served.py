"""A home served on this machine's loopback, and how it is asked."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

_MATCHER = (sys.executable, "-c", "from service.cli import main; main()")
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')
_START_SECONDS, _PASSWORD = 900, "Chang-Bai-16"


def run(home: Path, *words: str) -> str:
    """A command of `matcher`; ends the script with what it said where it fails."""
    done = subprocess.run([*_MATCHER, *words], env=_environment(home), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"matcher {' '.join(words)}: {done.stderr[-2000:]}{done.stdout[-2000:]}")
    return done.stdout


def add_key(home: Path, *scopes: str) -> str:
    """A portal's key that no rate holds back."""
    asked = [word for scope in scopes for word in ("--scope", scope)]
    said = run(home, "key", "add", "bench", *asked, "--per-minute", "100000")
    return "mk_" + said.split("mk_")[1].split()[0]


@dataclass(frozen=True)
class Server:
    """`began`: when it was started, as `time.perf_counter` counts."""

    port: int
    process: subprocess.Popen[bytes]
    began: float

    def processes(self) -> dict[int, str]:
        """The server's process and those that it started: id -> what it is."""
        found = {self.process.pid: "parent"}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                line = (folder / "cmdline").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.process.pid and "spawn_main" in line:
                found[int(folder.name)] = "child"
        return found

    def processor_seconds(self) -> float:
        """User and system time of all processes so far."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> list[int]:
        """Resident memory of each process, the largest first."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.processes()]
        return sorted((count * os.sysconf("SC_PAGE_SIZE") >> 20 for count in pages), reverse=True)

    def wait_until_ready(self) -> float:
        """Seconds from the start; all workers share the port, so several answers in a row must say so."""
        deadline, answers = time.monotonic() + _START_SECONDS, 0
        while time.monotonic() < deadline:
            try:
                ready = ask(self.connection(5), "GET", "/health/ready")[0] == 200
            except OSError:
                ready = False
            answers = answers + 1 if ready else 0
            if answers == 10:
                return time.perf_counter() - self.began
            time.sleep(0.02 if ready else 0.5)
        raise SystemExit("the server did not become ready")

    def connection(self, timeout: float = 120) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)


@contextmanager
def served(home: Path, workers: int) -> Iterator[Server]:
    """`matcher serve`; its log lies in the home."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [*_MATCHER, "serve", "--port", str(port), "--workers", str(workers)]
    with open(home / "serve.log", "wb") as log:
        process = subprocess.Popen(words, env=_environment(home), stdout=log, stderr=log)
        try:
            yield Server(port, process, time.perf_counter())
        finally:
            process.terminate()
            process.wait(60)


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Status and body of an answer; `body` goes as JSON."""
    told = dict(headers or {})
    if body is not None:
        told["Content-Type"] = "application/json"
    connection.request(method, path, json.dumps(body) if body is not None else None, told)
    answer = connection.getresponse()
    return answer.status, answer.read()


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def log_in(server: Server, name: str, given: str) -> dict[str, str]:
    """The headers of somebody who has logged in with a one-time password and changed it."""
    connection, jar = server.connection(), dict[str, str]()

    def post(path: str, fields: Mapping[str, str]) -> None:
        page = _asked(connection, jar, "GET", path, "")
        token = _TOKEN.search(page)
        _asked(connection, jar, "POST", path, urlencode({**fields, "csrf_token": token[1] if token else ""}))

    post("/login", {"name": name, "password": given, "next": "/"})
    post("/password", {"current": given, "new": _PASSWORD, "repeated": _PASSWORD})
    return {"Cookie": _cookies(jar)}


def _asked(connection: http.client.HTTPConnection, jar: dict[str, str], method: str, path: str, form: str) -> str:
    headers = {"Cookie": _cookies(jar), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, form or None, headers)
    answer = connection.getresponse()
    for value in answer.headers.get_all("set-cookie", []):
        name, _, rest = value.partition("=")
        jar[name] = rest.partition(";")[0]
    return answer.read().decode()


def _cookies(jar: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "MATCHER_HOME": str(home)}
