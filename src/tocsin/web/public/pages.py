"""How a public page is made: read the newest run, build the page once for each language, keep it, send it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import loader
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from tocsin.flow.read import Published, desk_people, public_people
from tocsin.web.public.errors import missing
from tocsin.web.public.frame import frame, published
from tocsin.web.public.kept import Kept, Made

__all__ = ["desk_people", "page", "public_people", "published"]
_KEPT = 192
_SMALL = 1024


_kept = Kept(_KEPT)


Build = Callable[[Published], dict[str, Any] | None]


def page(request: HttpRequest, template: str, build: Build, *, name: str, key: Hashable = (), keep: bool = True) -> HttpResponse:
    """Return a page; `build` gives its context from the published run, `key` is what else it depends on.

    A `build` that returns None says that there is nothing under this address. Without `keep` the page is made
    anew each time, so that endless addresses, such as what people search for, push no other page out.
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

    return _send(request, _kept.get(whole, lambda: make() or _NOTHING) if keep else make() or _NOTHING)


def _send(request: HttpRequest, made: Made) -> HttpResponse:
    if made is _NOTHING:
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
