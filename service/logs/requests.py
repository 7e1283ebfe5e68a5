"""Gives every request an id and logs one line when it is answered."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs.context import REQUEST_ID
from service.logs.json_lines import log_event

_HEADER = "X-Request-ID"
_GIVEN = re.compile(rb"[A-Za-z0-9-]{8,64}")
_LOGGER = logging.getLogger("service.requests")


class RequestLog:
    """The id comes from the proxy's X-Request-ID where it is well-formed; the answer bears it.

    The line names the route, not the path, which may hold numbers of people, and no query.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        answer = _Answer(send, _request_id(scope))
        token, began = REQUEST_ID.set(answer.request_id), time.perf_counter()
        try:
            await self._app(scope, receive, answer.send)
        finally:
            self._tell(scope, answer.status, time.perf_counter() - began)
            REQUEST_ID.reset(token)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "")
        fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log_event(_LOGGER, logging.INFO, "request", **fields)


class _Answer:
    def __init__(self, send: Send, request_id: str) -> None:
        self.request_id = request_id
        self.status = 500
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[_HEADER] = self.request_id
        await self._send(message)


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == _HEADER.lower().encode()), b"")
    return given.decode() if _GIVEN.fullmatch(given) else uuid.uuid4().hex
