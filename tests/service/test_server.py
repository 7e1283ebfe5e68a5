"""The socket that `matcher serve` listens on."""

from __future__ import annotations

import socket

import pytest

from service.server import listening
from service.server_errors import PortUnavailable


def test_answers_do_not_wait_for_the_clients_acknowledgement() -> None:
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert client.recv(1) == b""


def test_a_port_that_is_taken_is_named() -> None:
    with listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortUnavailable, match=str(port)):
            listening("127.0.0.1", port)
