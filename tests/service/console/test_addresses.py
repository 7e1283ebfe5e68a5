"""Addresses that keep what is chosen."""

import pytest
from fastapi import Request
from jinja2 import Environment

from service.console.addresses import changed_address


@pytest.mark.parametrize(
    ("query", "changes", "wanted"),
    [
        ("", {}, "/experts"),
        ("q=a&page=3", {}, "/experts?q=a"),
        ("q=a&page=3", {"page": 4}, "/experts?q=a&page=4"),
        ("q=a&sort=name", {"sort": "-name"}, "/experts?q=a&sort=-name"),
        ("t=1&t=2&q=", {"t": ["2"]}, "/experts?t=2"),
        ("t=1&t=2", {"t": None}, "/experts"),
        ("q=%E7%9B%90&t=1", {"t": ["1", "3"]}, "/experts?q=%E7%9B%90&t=1&t=3"),
    ],
)
def test_parameters_are_put_in_changed_and_taken_out(query: str, changes: dict[str, object], wanted: str) -> None:
    scope = {"type": "http", "path": "/experts", "query_string": query.encode(), "headers": [], "server": ("x", 80)}
    environment = Environment(autoescape=False)
    environment.globals["address"] = changed_address
    template = environment.from_string("{{ address(**changes) }}")
    assert template.render(request=Request(scope), changes=changes) == wanted
