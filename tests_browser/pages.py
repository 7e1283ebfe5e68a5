"""Every page, one line each: tested for what every page must keep to, and pictured for the manual."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageLine:
    """`name` is the picture's file name; `role` who looks ("" nobody); `path` may hold {expert}, {demand}.

    `action` begins the text or label of the page's main action, which the keyboard must reach.
    """

    name: str
    role: str
    path: str
    action: str


PAGES = (
    PageLine("登录", "", "/login", "登录名"),
    PageLine("修改密码", "业务员", "/password", "新密码"),
    PageLine("首页", "业务管理员", "/", "首页"),
)
