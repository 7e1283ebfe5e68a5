"""How much of the server one request may take: length of its address, pauses while it is sent, time until an answer.

Sizes of bodies are the routes' affair (`max_body_size`), sizes of pages and texts the endpoints'.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.errors import MatcherError
from service.faults import answer_to
from service.security.errors import AddressTooLong, AddressUnreadable, AnswerTooSlow, BodyTooLarge, BodyTooSlow

_LONGEST_ADDRESS = 8192
_LEAST_RATE = 1024  # bytes a second: a body that drips would otherwise hold its connection for days
_NUL = b"%00"  # no name or word holds it, and PostgreSQL takes no text with it


@dataclass(frozen=True, slots=True)
class RequestTimes:
    """Seconds: the longest pause in a body, and from its end to the first byte of the answer.

    `body` also bounds all of a body, beside what its size takes at the least rate.
    """

    body: float
    answer: float


class RequestLimits:
    def __init__(self, app: ASGIApp, times: RequestTimes) -> None:
        self._app, self._times = app, times

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        watch = _Watch(scope, receive, send, self._times)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST_ADDRESS:
            return await watch.refuse(AddressTooLong(_LONGEST_ADDRESS))
        if _NUL in (scope.get("raw_path") or b"") + b"?" + scope["query_string"]:
            return await watch.refuse(AddressUnreadable())
        watch.expect_answer()
        try:
            await self._app(scope, watch.receive, watch.send)
        finally:
            await watch.end()


class _Watch:
    """One request. Work that is too slow cannot be stopped; it is answered, and what it says later is not heard."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, times: RequestTimes) -> None:
        self._scope, self._receive, self._send, self._times = scope, receive, send, times
        self._timer: asyncio.TimerHandle | None = None
        self._refusal: asyncio.Task[None] | None = None
        self._body_whole = self._answered = False
        self._began: float | None = None
        self._taken = 0

    async def receive(self) -> Message:
        if self._body_whole:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), self._patience())
        except TimeoutError:
            await self.refuse(BodyTooSlow())
            return {"type": "http.disconnect"}
        self._taken += len(message.get("body", b""))
        self._body_whole = not message.get("more_body", False)
        self.expect_answer()
        return message

    def _patience(self) -> float:
        """Counted from the first time that the body is asked for."""
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        end = self._began + self._times.body + self._taken / _LEAST_RATE
        return min(self._times.body, max(end - now, 0))

    async def send(self, message: Message) -> None:
        if self._refusal is not None:
            return
        if message["type"] == "http.response.start":
            if _is_bare_refusal(message):
                return await self.refuse(BodyTooLarge())
            self._answered = True
            self._stop_timer()
        await self._send(message)

    def expect_answer(self) -> None:
        self._stop_timer()
        if not self._answered:
            self._timer = asyncio.get_running_loop().call_later(self._times.answer, self._give_up)

    async def refuse(self, error: MatcherError) -> None:
        if not self._answered:
            self._start_refusal(error)
        await self.end()

    async def end(self) -> None:
        self._stop_timer()
        if self._refusal is not None:
            await self._refusal

    def _give_up(self) -> None:
        if not self._answered:
            self._start_refusal(AnswerTooSlow())

    def _start_refusal(self, error: MatcherError) -> None:
        """From now on nothing else is sent."""
        self._answered = True
        response = answer_to(Request(self._scope), error)
        self._refusal = asyncio.ensure_future(response(self._scope, self._receive, self._send))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _is_bare_refusal(start: Message) -> bool:
    """The framework tells of a body that is too large in one English line."""
    kinds = [value for name, value in start.get("headers", ()) if name.lower() == b"content-type"]
    return start["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and any(
        one.startswith(b"text/plain") for one in kinds
    )
