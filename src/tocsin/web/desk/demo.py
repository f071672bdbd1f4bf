"""Says when the demo's two invented users are offered: in a demo workspace, on this computer, to this computer."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from tocsin.flow.place import is_demo

#: Headers by which a proxy says that the request came from elsewhere; with any of them the demo is off.
_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def offered(request: HttpRequest) -> bool:
    """Return True where the workspace is a demo, the server listens on loopback, and the request comes from loopback."""
    here = is_loopback(settings.LISTEN) and is_loopback(request.META.get("REMOTE_ADDR", ""))
    if not here or any(header in request.META for header in _FORWARDED):
        return False
    return is_loopback(request.get_host().rsplit(":", 1)[0].strip("[]")) and is_demo()


def is_loopback(host: str) -> bool:
    """Return True where `host` is an address or name of this computer only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
