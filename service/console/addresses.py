"""Addresses that keep what is chosen: filters, order and page all stand in the query."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from jinja2 import pass_context
from jinja2.runtime import Context

_PAGE = "page"


@pass_context
def changed_address(context: Context, **changes: object) -> str:
    """In templates `address(sort="name", page=None)`: see `address_with`."""
    return address_with(context["request"], **changes)


def address_with(request: Request, **changes: object) -> str:
    """This page's address with other parameters.

    None or "" takes a parameter out; a list stands for several of one name. Whatever changes, the first page is shown
    unless `page` is among the changes.
    """
    changes = {_PAGE: None, **changes}
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes and value]
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [value]
        kept += [(name, str(each)) for each in values if each not in (None, "")]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
