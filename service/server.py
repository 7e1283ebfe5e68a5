"""Runs the application with uvicorn."""

from __future__ import annotations

import logging
import socket
import ssl
import sys

import uvicorn

from service.app import create_app
from service.logs.json_lines import log_event, set_up_logs
from service.server_errors import PortUnavailable, TlsUnusable
from service.wiring import Service

_LOGGER = logging.getLogger("service.serve")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LAST_SECONDS = 10


def run(service: Service, host: str, port: int) -> None:
    """Answers until it is stopped. Raises PortUnavailable, TlsUnusable."""
    set_up_logs(sys.stdout, service.settings.log_level)
    server = uvicorn.Server(_config(service))
    with _listening(host, port) as listener:
        _tell(service, host, listener.getsockname()[1])
        server.run([listener])


def _config(service: Service) -> uvicorn.Config:
    settings = service.settings
    config = uvicorn.Config(
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
    try:
        config.load()
    except (ssl.SSLError, OSError) as error:
        raise TlsUnusable(error.strerror or str(error)) from error
    return config


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PortUnavailable(f"{host}:{port}", error.strerror or str(error)) from error


def _tell(service: Service, host: str, port: int) -> None:
    settings = service.settings
    where = f"{'https' if settings.tls_certificate else 'http'}://{host}:{port}"
    log_event(_LOGGER, logging.INFO, "listening", place=where)
    if host not in _LOOPBACK and not (settings.tls_certificate or settings.trusted_proxies):
        log_event(_LOGGER, logging.WARNING, "passwords travel in clear: neither TLS nor a trusted proxy is set up")
