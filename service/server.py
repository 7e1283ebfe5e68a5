"""`matcher serve`: one listener, several processes that answer, one that runs jobs."""

from __future__ import annotations

import logging
import socket
import ssl
import sys
from pathlib import Path

from service.crew import Crew
from service.logs.json_lines import log_event, set_up_logs
from service.members import answer_requests, run_jobs
from service.server_errors import PortUnavailable, TlsUnusable
from service.wiring import Service

_LOGGER = logging.getLogger("service.serve")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def run(service: Service, host: str, port: int, workers: int) -> None:
    """Answers until it is stopped. Closes `service`: each process opens its own.

    Raises PortUnavailable, TlsUnusable.
    """
    set_up_logs(sys.stdout, service.settings.log_level)
    _check_tls(service.settings.tls_certificate, service.settings.tls_key)
    with listening(host, port) as listener:
        _tell(service, host, listener.getsockname()[1])
        models = service.application.models_in_force
        service.close()
        crew = Crew(models)
        for number in range(1, workers + 1):
            crew.add(f"worker-{number}", answer_requests, listener)
        crew.add("jobs", run_jobs)
        crew.work()


def _check_tls(certificate: Path | None, key: Path | None) -> None:
    if certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (ssl.SSLError, OSError) as error:
        raise TlsUnusable(error.strerror or str(error)) from error


def listening(host: str, port: int) -> socket.socket:
    """Raises PortUnavailable. What it accepts sends at once: Linux hands TCP_NODELAY on, and asyncio, which would
    set it, passes over sockets that do not name their protocol: each small answer then waits 40 ms for an ACK.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PortUnavailable(f"{host}:{port}", error.strerror or str(error)) from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _tell(service: Service, host: str, port: int) -> None:
    settings = service.settings
    where = f"{'https' if settings.tls_certificate else 'http'}://{host}:{port}"
    log_event(_LOGGER, logging.INFO, "listening", place=where)
    if host not in _LOOPBACK and not (settings.tls_certificate or settings.trusted_proxies):
        log_event(_LOGGER, logging.WARNING, "passwords travel in clear: neither TLS nor a trusted proxy is set up")
