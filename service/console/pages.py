"""Makes a page: escaped template, CSRF token for its forms, the visitor's cookie where there is none yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from service.cookies import read_token, set_token
from service.security.tokens import csrf_token, new_token

FOLDER = Path(__file__).parent
_TEMPLATES = Jinja2Templates(FOLDER / "templates")


def page(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: object
) -> Response:
    token = read_token(request) or new_token()
    filled = {**context, "csrf_token": csrf_token(token)}
    response = _TEMPLATES.TemplateResponse(request, template, filled, status, headers)
    if token != read_token(request):
        set_token(request, response, token)
    return response
