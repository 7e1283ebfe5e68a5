"""Ways back: to the page somebody came from or wanted, and never to another host."""

from __future__ import annotations

import re
from itertools import chain
from urllib.parse import urlsplit

from fastapi import Request
from starlette.routing import Match

from service.console.navigation import ADMINISTRATION, DESTINATIONS, PLANNING, TALENT

HOME = "/"
_LOGIN = "/login"
# One slash, then no second one and no backslash, which browsers read as one: never another host.
_LOCAL = re.compile(r"/(?![/\\])[^\\\s]*")


def local(wanted: str) -> str:
    return wanted if _LOCAL.fullmatch(wanted) else HOME


def page_before(request: Request) -> str:
    """The page of ours whose form or link brought the request, as the browser says; the home page where it does not.

    What only answers forms is no page: the one above it is.
    """
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # of brackets that hold no address
        return HOME
    if came.netloc != request.url.netloc:
        return HOME
    path, query = local(came.path), f"?{came.query}" if came.query else ""
    shown = path
    while not _is_page(request, shown):
        shown = shown.rpartition("/")[0] or HOME
    if shown == _LOGIN:
        return HOME
    return shown + query if shown == path else shown


def place_name(path: str) -> str:
    """What the top bar or the tabs call the place where a page lies."""
    known = [one for one in chain(DESTINATIONS, ADMINISTRATION, TALENT, PLANNING) if one.holds(urlsplit(path).path)]
    return max(known, key=lambda one: len(one.path)).label if known else ""


def _is_page(request: Request, path: str) -> bool:
    asked = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return path == HOME or any(route.matches(asked)[0] is Match.FULL for route in request.app.router.routes)
