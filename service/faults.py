"""What an error looks like from outside: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.errors import MatcherError
from service.api.problems import field_faults, members_of
from service.console.pages import page
from service.console.ways import HOME, page_before, place_name
from service.logs.context import REQUEST_ID
from service.logs.json_lines import log_event
from service.security import errors as security
from service.statuses import headers_of, status_of

_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.NOT_FOUND: "没有这个页面，请核对地址。",
        HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不支持这样的操作。",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "提交的内容太大。",
        HTTPStatus.UNPROCESSABLE_ENTITY: "提交的内容不完整或格式不对。",
        HTTPStatus.BAD_REQUEST: "提交的内容读不懂：应为 UTF-8 编码的 JSON，嵌套不能过深。",
        HTTPStatus.SERVICE_UNAVAILABLE: "服务暂时不可用，请稍后再试。",
        HTTPStatus.INTERNAL_SERVER_ERROR: "服务出错，没有完成。请稍后再试；仍不行时请把编号告诉系统管理员。",
    }
)
_LOGGER = logging.getLogger("service.faults")


def install_faults(app: FastAPI) -> None:
    """Every error of ours, of the framework and of its checks gets an answer of our own."""

    @app.exception_handler(MatcherError)
    def ours(request: Request, error: MatcherError) -> Response:
        return answer_to(request, error)

    @app.exception_handler(HTTPException)
    def of_framework(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        # The framework says 400 of a body that its parser gave up on; to callers that is one more content to correct.
        shown = HTTPStatus.UNPROCESSABLE_ENTITY if status is HTTPStatus.BAD_REQUEST else status
        return _answer(request, shown, _sentence(status), error.headers)

    @app.exception_handler(RequestValidationError)
    def of_checks(request: Request, error: RequestValidationError) -> Response:
        sentence = _sentence(HTTPStatus.UNPROCESSABLE_ENTITY)
        return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, sentence, members={"errors": field_faults(error)})


class CatchAll:
    """Outermost of what can fail: an error that nobody foresaw is logged without its words and answered with 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            log_event(_LOGGER, logging.ERROR, "unforeseen error", error=error)
            if started or scope["type"] != "http":
                raise
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            await _answer(Request(scope), status, _sentence(status))(scope, receive, send)


def answer_to(request: Request, error: MatcherError) -> Response:
    """What an error of ours looks like to whoever asked."""
    status = status_of(error)
    if not _is_api(request) and isinstance(error, security.NotLoggedIn | security.PasswordChangeDue):
        return RedirectResponse(_way_in(request, error), HTTPStatus.SEE_OTHER)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log_event(_LOGGER, logging.ERROR, "error", error=error)
        return _answer(request, status, _sentence(status), headers_of(error))
    return _answer(request, status, str(error), headers_of(error), type(error).__name__, members_of(error))


def _way_in(request: Request, error: MatcherError) -> str:
    if isinstance(error, security.PasswordChangeDue):
        return "/password"
    if request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return "/login" if wanted == HOME else f"/login?next={quote(wanted, safe='')}"
    if request.url.path == "/logout":
        return "/login"
    return f"/login?next={quote(page_before(request), safe='')}&undone=true"


def _answer(
    request: Request,
    status: HTTPStatus,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    code: str = "",
    members: Mapping[str, object] | None = None,
) -> Response:
    if not _is_api(request):
        back = page_before(request) if code == security.CsrfTokenInvalid.__name__ else ""
        context = {"message": sentence, "request_id": REQUEST_ID.get(), "back": back, "place": place_name(back)}
        return page(request, "fault.html", status, headers, **context)
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": sentence,
        "code": code or status.name,
        "request_id": REQUEST_ID.get(),
        **(members or {}),
    }
    return JSONResponse(problem, status, headers, media_type="application/problem+json")


def _sentence(status: int) -> str:
    return _SENTENCES.get(status, "请求不能完成。")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/health/"))
