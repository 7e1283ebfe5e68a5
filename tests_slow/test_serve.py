"""`matcher serve` as a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

import service

ROOT = Path(service.__file__).parents[1]
COMMAND = [sys.executable, "-c", "from service.cli import main; main()", "serve"]


def environment(home: Path, **given: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "MATCHER_HOME": str(home), **given}


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address it says it listens on; killed at the end whatever happens."""
    command = [*COMMAND, "--port", "0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment(home), text=True, **pipes)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        yield json.loads(first)["place"], process
    finally:
        process.kill()
        process.communicate()


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    with serving(tmp_path) as (place, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", place)
        answer = httpx2.get(f"{place}/health/live", timeout=60)
        assert answer.json() == {"status": "ok"}
        assert "server" not in answer.headers
        assert "登录" in httpx2.get(f"{place}/login", timeout=60).text
        process.send_signal(signal.SIGTERM)
        out, error = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGTERM)
    assert "还没有账号" in error
    assert all(json.loads(line)["level"] == "info" for line in out.splitlines())


def test_forwarded_headers_are_believed_from_no_one_by_default(tmp_path: Path) -> None:
    with serving(tmp_path) as (place, _):
        forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9"}
        assert "strict-transport-security" not in httpx2.get(f"{place}/login", headers=forged, timeout=60).headers


@pytest.mark.parametrize(
    ("variables", "code", "sentence"),
    [
        ({}, 3, "不能在 127.0.0.1:{port} 提供服务"),
        ({"MATCHER_SESSION_HOURS": "x"}, 2, "MATCHER_SESSION_HOURS 的值“x”不可用，应为整数"),
        ({"MATCHER_TLS_CERTIFICATE": "{file}", "MATCHER_TLS_KEY": "{file}"}, 2, "TLS 证书或私钥用不了"),
        ({"MATCHER_DATABASE_URL": "mysql://x"}, 2, "不支持“mysql”"),
    ],
)
def test_what_is_wrong_is_told_at_the_start(
    tmp_path: Path, variables: dict[str, str], code: int, sentence: str
) -> None:
    (tmp_path / "no.pem").write_text("kein Zertifikat")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = {name: value.format(file=tmp_path / "no.pem") for name, value in variables.items()}
        command = [*COMMAND, "--port", port]
        done = subprocess.run(command, env=environment(tmp_path, **given), capture_output=True, text=True, timeout=120)
    assert done.returncode == code
    assert sentence.format(port=port) in done.stderr
    assert "Traceback" not in done.stderr
