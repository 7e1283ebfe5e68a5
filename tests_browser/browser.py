"""Chromium as staff have it, and what every page visited in it must keep to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from tests_browser.served import PASSWORD, STAFF, Served

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SMALL, LARGE = (1366, 768), (1920, 1080)
_PATIENCE = 90_000  # milliseconds: a busy machine is slow, not wrong
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Watch:
    """Everything about a visit that must not be: requests to elsewhere, errors of script, console and server.

    `forgiven`: addresses whose refusal is what a test is about.
    """

    def __init__(self, place: str) -> None:
        self.complaints: list[str] = []
        self.forgiven: set[str] = set()
        self._place = place

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"page error: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._place + "/", "data:", "blob:" + self._place)):
            self.complaints.append(f"request to elsewhere: {request.url}")

    def _response(self, response: Response) -> None:
        path = response.url.removeprefix(self._place)
        refused = response.status >= 400 and path not in self.forgiven
        if refused:
            self.complaints.append(f"{response.status} {response.request.method} {path}")

    def _console(self, message: ConsoleMessage) -> None:
        """A refused request is told by `_response`, which knows what is forgiven."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


def new_context(
    browser: Browser, served: Served, size: tuple[int, int] = SMALL, state: object = None
) -> BrowserContext:
    width, height = size
    context = browser.new_context(
        base_url=served.place,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        storage_state=state,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE)
    return context


def first_login(page: Page, served: Served, role: str) -> None:
    """With the one-time password, then a password of one's own; by keyboard."""
    page.goto("/login")
    wait_for_focus(page, "name")
    page.keyboard.type(STAFF[role][0])
    page.keyboard.press("Tab")
    page.keyboard.type(served.passwords[role])
    page.keyboard.press("Enter")
    page.wait_for_url("**/password")
    wait_for_focus(page, "current")
    for text in (served.passwords[role], PASSWORD, PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.place}/")


def logged_in(browser: Browser, served: Served) -> dict[str, object]:
    """The cookies of somebody of every role who has set a password; "" is a visitor."""
    found: dict[str, object] = {"": None}
    for role in STAFF:
        context = new_context(browser, served)
        first_login(context.new_page(), served, role)
        found[role] = context.storage_state()
        context.close()
    return found


def log_in(page: Page, role: str) -> None:
    page.goto("/login")
    wait_for_focus(page, "name")
    page.keyboard.type(STAFF[role][0])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def wait_for_focus(page: Page, id: str) -> None:
    """A field with autofocus gets the focus a moment after the page is there."""
    page.wait_for_function("id => document.activeElement && document.activeElement.id === id", arg=id)


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Presses Tab until the focus stands on what is called so (beginning of its text or label)."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if _focused(page).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach “{name}” on {page.url}")


def _focused(page: Page) -> str:
    script = """() => { const e = document.activeElement; if (!e || e === document.body) return "";
        const label = e.labels && e.labels.length ? e.labels[0].textContent : "";
        return (e.getAttribute("aria-label") || label || e.textContent || e.value || "").trim(); }"""
    return str(page.evaluate(script))


def breaches(page: Page) -> list[tuple[str, list[str]]]:
    """What on the page breaks WCAG 2.1 A or AA, with the first places of each rule."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
