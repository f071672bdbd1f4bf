"""What tests in a real browser share: whether there is one, the pages on a free port, and a keyboard that looks where it is."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Marks of a module whose tests need a browser.
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--headless", "--disable-background-networking")
#: So many stops of the Tab key before a walk is called endless.
_STOPS = 120
_WHERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
  return {
    tag: e.tagName.toLowerCase(), id: e.id, type: e.type || "", text: (label || e.innerText || e.getAttribute("aria-label") || "").trim(),
    action: e.form ? new URL(e.form.action).pathname : "", href: e.href || "",
    drawn: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve the pages on a free port of this computer."""
    from tocsin.web.wsgi import application

    server: WSGIServer = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Run a headless browser; its driver runs an event loop here, beside which fixtures use the database."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = driver.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield running
        running.close()


class Keyboard:
    """Walks a page with the keyboard alone; every stop must be drawn and on the screen."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.stops = 0

    def here(self) -> dict[str, Any] | None:
        """Return where the focus is; None on nothing."""
        return self.page.evaluate(_WHERE)

    def tab(self) -> dict[str, Any] | None:
        """Press Tab and return where the focus is then."""
        self.page.keyboard.press("Tab")
        self.stops += 1
        found = self.here()
        if found is not None:
            assert found["drawn"], f"focus is not drawn: {found}"
            assert found["seen"], f"focus is not on the screen: {found}"
        return found

    def to(self, text: str = "", **wanted: str) -> dict[str, Any]:
        """Press Tab until the focus is on what says `text`, or has the id, action or tag wanted."""
        passed = []
        for _ in range(_STOPS):
            found = self.tab()
            if found and text in found["text"] and all(value in found[name] for name, value in wanted.items()):
                return found
            passed.append(found and (found["text"] or found["id"]))
        raise AssertionError(f"no way by Tab to {text or wanted}; passed {passed}")

    def enter(self) -> None:
        """Press Enter on a link or a button and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, text: str) -> None:
        """Replace what stands in a field."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, value: str) -> None:
        """Move through a list with the arrow keys until it stands on `value`."""
        self.page.keyboard.press("Home")
        for _ in range(20):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way by arrow keys to {value}")
