"""How a public page is made: read the newest run, build the page once for each language, keep it, send it."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import loader
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from tocsin.flow.read import Published, Shelf, citing, read_records, read_stamp

#: The languages a reader may choose, each in its own words.
OWN_NAMES = (("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية"))
__all__ = ["citing", "frame", "page", "published", "shelf"]
_KEPT = 192
_SMALL = 1024


@dataclass(frozen=True)
class Made:
    """Holds a page that was made: its bytes, plain and packed, and its tag."""

    body: bytes
    packed: bytes
    tag: str
    kind: str


class Kept:
    """Keeps the pages made last, so that the same page of the same run is made once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return the page under `key`, made now if it is not held."""
        held = self._held(key)
        if held is not None:
            return held
        with self._lock:
            turn = self._making.setdefault(key, threading.Lock())
        with turn:  # whoever asks for the same page meanwhile waits for this one
            held = self._held(key)
            if held is None:
                held = make()
                self._keep(key, held)
        return held

    def _held(self, key: Hashable) -> Made | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def _keep(self, key: Hashable, made: Made) -> None:
        with self._lock:
            self._making.pop(key, None)
            self._pages[key] = made
            while len(self._pages) > self._size:
                self._pages.popitem(last=False)


_kept = Kept(_KEPT)


@cache
def shelf(home: Path) -> Shelf:
    """Return the shelf of a workspace: one for each process."""
    return Shelf(home, read_records, read_stamp)


def published() -> Published | None:
    """Return the newest run of this workspace."""
    return shelf(Path(settings.HOME)).newest()


Build = Callable[[Published], dict[str, Any] | None]


def page(request: HttpRequest, template: str, build: Build, *, name: str, key: Hashable = ()) -> HttpResponse:
    """Return a page; `build` gives its context from the published run, `key` is what else it depends on.

    A `build` that returns None says that there is nothing under this address.
    """
    found = published()
    if found is None:
        return HttpResponse(loader.render_to_string("public/empty.html", frame(request, None, name), request))
    alone = request.GET.get("print", "")[:40]
    whole = (template, found.key, timezone.localdate(), get_language(), request.get_full_path(), key, alone)

    def make() -> Made | None:
        context = build(found)
        if context is None:
            return None
        return _made(loader.render_to_string(template, {**frame(request, found, name, alone), **context}, request))

    return _send(request, whole, make)


def _send(request: HttpRequest, key: Hashable, make: Callable[[], Made | None]) -> HttpResponse:
    made = _kept.get(key, lambda: make() or _NOTHING)
    if made is _NOTHING:
        from tocsin.web.public.errors import missing

        return missing(request)
    if request.headers.get("If-None-Match") == made.tag:
        return HttpResponseNotModified()
    packed = "gzip" in request.headers.get("Accept-Encoding", "") and len(made.body) > _SMALL
    response = HttpResponse(made.packed if packed else made.body, content_type=made.kind)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = made.tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    return response


def _made(text: str, kind: str = "text/html; charset=utf-8") -> Made:
    body = text.encode("utf-8")
    return Made(body, gzip.compress(body, 6, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:32]}"', kind)


_NOTHING = Made(b"", b"", "", "")


def frame(request: HttpRequest, found: Published | None, name: str, alone: str = "") -> dict[str, Any]:
    """Return what every page needs: its name in the navigation, the run, the languages, and numbers for its cards."""
    return {
        "page": name,
        "run": found.run if found else "",
        "as_of": found.as_of if found else None,
        "today": timezone.localdate(),
        "own_names": OWN_NAMES,
        "here": request.get_full_path(),
        "print_block": alone,
        "numbers": itertools.count(1),
    }
