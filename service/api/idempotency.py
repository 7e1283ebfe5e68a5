"""`Idempotency-Key`: a POST that is sent twice, for the network failed in between, is carried out once.

A POST takes `IDEMPOTENT` among its dependencies, its router `IdempotentRoute` as route class. The key belongs to the
portal that sent it; the first answer below 400 is kept for 24 hours and given again. Errors are not kept: nothing was
done, the same key may try again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from matcher.store.replies import Replies, Reply
from service.doors import PortalDoor, ServiceDoor

_CHUNK = 1 << 20
_STATE = "idempotency"
_REPLAYED = "Idempotency-Replayed"
_KEPT_HEADERS = ("location", "etag")


class _Replayed(Exception):
    """Carries an earlier answer past the endpoint."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply


async def request_digest(request: Request) -> str:
    """Of everything that makes two requests the same: method, address, body (of a form its fields and files)."""
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    if request.headers.get("content-type", "").startswith("multipart/"):
        for name, value in (await request.form()).multi_items():
            digest.update(f"\n{name}=".encode())
            if isinstance(value, UploadFile):
                while chunk := await value.read(_CHUNK):
                    digest.update(chunk)
                await value.seek(0)
            else:
                digest.update(value.encode("utf-8", "surrogatepass"))
    else:
        digest.update(await request.body())
    return digest.hexdigest()


def begin(
    request: Request,
    service: ServiceDoor,
    key: PortalDoor,
    digest: Annotated[str, Depends(request_digest)],
    given: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=8,
            max_length=128,
            pattern=r"^[\x21-\x7e]+$",
            description="同一请求重发时用同一个值，只执行一次。A value of your own (a UUID, say); kept for 24 hours.",
        ),
    ] = None,
) -> None:
    """Raises RequestKeyReused, RequestRunning."""
    if given is None or request.method != "POST":
        return
    own = f"{key.id}:{given}"
    if reply := service.store.replies.begin(own, digest, service.clock()):
        raise _Replayed(reply)
    setattr(request.state, _STATE, (service.store.replies, own))


IDEMPOTENT = Depends(begin)


class IdempotentRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_once(request: Request) -> Response:
            try:
                response = await answer(request)
            except _Replayed as again:
                return _response(again.reply)
            except BaseException:
                await _settle(request, None)
                raise
            await _settle(request, response)
            return response

        return answer_once


async def _settle(request: Request, response: Response | None) -> None:
    begun: tuple[Replies, str] | None = getattr(request.state, _STATE, None)
    if begun is None:
        return
    replies, own = begun
    if response is None or response.status_code >= 400 or not hasattr(response, "body"):
        await run_in_threadpool(replies.drop, own)
        return
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    body = bytes(response.body).decode()
    await run_in_threadpool(replies.finish, own, Reply(response.status_code, body, headers))


def _response(reply: Reply) -> Response:
    headers = {**reply.headers, _REPLAYED: "true"}
    return Response(reply.answer, reply.status, headers, media_type="application/json")
