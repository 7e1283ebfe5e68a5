"""What the processes of `matcher serve` do: answer requests, run jobs. Each opens the service for itself."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Event, Thread

import uvicorn

from service.app import create_app
from service.logs.json_lines import log_event, set_up_logs
from service.wiring import Service, open_service

_LOGGER = logging.getLogger("service.members")
_LAST_SECONDS = 5


def answer_requests(listener: socket.socket) -> None:
    """Answers what comes in at the listener, which all workers share, until it is told to stop."""
    _end_with_parent()
    with _told():
        service = _opened()
        uvicorn.Server(server_config(service)).run([listener])


def run_jobs() -> None:
    """Runs jobs until it is told to stop; what runs then goes on at the next start."""
    _end_with_parent()
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with _told():
        _opened().job_office().work(stopping)
    sys.stdout.flush()
    os._exit(0)  # threads of running jobs would be waited for otherwise


def server_config(service: Service) -> uvicorn.Config:
    settings = service.settings
    return uvicorn.Config(
        create_app(service),
        log_config=None,  # our handler is set up already
        access_log=False,  # it would log paths and addresses
        server_header=False,
        lifespan="on",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_LAST_SECONDS,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
    )


@contextmanager
def _told() -> Iterator[None]:
    """An error that ends the process is a line of the log, like any other."""
    try:
        yield
    except Exception as error:
        log_event(_LOGGER, logging.ERROR, "process failed", error=error)
        sys.exit(1)


def _opened() -> Service:
    service = open_service()
    set_up_logs(sys.stdout, service.settings.log_level)
    return service


def _end_with_parent() -> None:
    """A parent that was killed cannot stop its children: they see it go."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="watch-parent", daemon=True).start()
