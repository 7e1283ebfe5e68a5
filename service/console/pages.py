"""Makes a page: escaped template, CSRF token for its forms, the visitor's cookie where there is none yet."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.console.addresses import changed_address
from service.console.flash import Flash, FlashKind, drop_flash, set_flash, take_flash
from service.console.navigation import ADMINISTRATION, PLANNING, open_to
from service.console.session import session_told
from service.console.wording import FILTERS
from service.cookies import read_token, set_token
from service.doors import caller_of, service_of
from service.security.staff_names import StaffNames
from service.security.tokens import csrf_token, new_token

FOLDER = Path(__file__).parent


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals["address"] = changed_address
    return environment


_TEMPLATES = Jinja2Templates(env=_environment())


def page(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, /, **context: object
) -> Response:
    """Who is logged in, the top bar, what the last page said and `names` (`StaffNames`) are added for `base.html`."""
    token, caller = read_token(request) or new_token(), caller_of(request)
    filled = {
        **context,
        "csrf_token": csrf_token(token),
        "member": caller.member if caller else None,
        "session": session_told(service_of(request), caller) if caller else None,
        "destinations": open_to(caller.member) if caller else [],
        "administration": open_to(caller.member, ADMINISTRATION) if caller else [],
        "planning": open_to(caller.member, PLANNING) if caller else [],
        "flash": take_flash(request),
        "names": StaffNames(service_of(request).store),
    }
    response = _TEMPLATES.TemplateResponse(request, template, filled, status, headers)
    drop_flash(request, response)
    if token != read_token(request):
        set_token(request, response, token)
    return response


def redirect(
    request: Request, path: str, said: str = "", kind: FlashKind = FlashKind.DONE, token: str = ""
) -> Response:
    """After a form: the browser gets `path`, which shows the sentence `said` once. `token`: of a session just begun."""
    response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    if said:
        set_flash(request, response, Flash(said, kind), token or read_token(request))
    if token:
        set_token(request, response, token)
    return response
