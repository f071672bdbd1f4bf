"""The only door to the network: one file by HTTPS, from a host that the dataset's manifest names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import httpx

import tocsin
from tocsin.model.errors import BadInput, WrongUse

#: Largest file fetched, seconds to wait, and most redirections followed.
LARGEST = 1 << 30
SECONDS = 60.0
REDIRECTIONS = 5


@dataclass(frozen=True)
class Fetched:
    """Holds what came back: the bytes, the name they had, and the address that gave them."""

    name: str
    data: bytes
    url: str


def fetch(url: str, hosts: Sequence[str], client: httpx.Client | None = None, largest: int = LARGEST) -> Fetched:
    """Return the file at `url`.

    Args:
        url: an https address; every address it leads on to must be allowed as well.
        hosts: the only hosts that may be contacted.
        client: another client, for tests.
        largest: most bytes that are accepted.

    Raises:
        WrongUse: the address is not https, or its host is not in the manifest.
        BadInput: the answer is an error, too large, empty, or never came.
    """
    own = client or httpx.Client(timeout=SECONDS, headers={"User-Agent": f"tocsin/{tocsin.__version__}"})
    try:
        for _ in range(REDIRECTIONS + 1):
            _check(url, hosts)
            with own.stream("GET", url, follow_redirects=False) as answer:
                if answer.is_redirect:
                    url = urljoin(url, answer.headers.get("location", ""))
                    continue
                return Fetched(_name(url), _body(answer, url, largest), url)
    except httpx.HTTPError as error:
        raise BadInput(
            "the file could not be fetched", _short(url), "an answer", type(error).__name__, "Try again later, or use --from FILE."
        ) from error
    finally:
        if client is None:
            own.close()
    raise BadInput("the address leads on too often", _short(url), f"at most {REDIRECTIONS} redirections", "more", "Use the final address.")


def _check(url: str, hosts: Sequence[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.username is not None:
        raise WrongUse("only plain https addresses are fetched", _short(url), "https://host/file", parts.scheme, "Use the https address.")
    if (parts.hostname or "") not in hosts or parts.port not in (None, 443):
        raise WrongUse(
            "this dataset may not contact that host",
            _short(url),
            ", ".join(hosts) or "no host: collect it with --from FILE",
            parts.hostname or "none",
            "Check the address, or download the file yourself and use --from FILE.",
        )


def _body(answer: httpx.Response, url: str, largest: int) -> bytes:
    if answer.status_code != 200:
        raise BadInput("the publisher answers with an error", _short(url), "200", str(answer.status_code), "Check the address.")
    parts: list[bytes] = []
    size = 0
    for chunk in answer.iter_bytes():
        parts.append(chunk)
        size += len(chunk)
        if size > largest:
            raise BadInput("the file is too large", _short(url), f"at most {largest:,} bytes", "more", "Download it, then use --from FILE.")
    announced = answer.headers.get("content-length")
    whole = answer.headers.get("content-encoding") or announced is None or int(announced) == size
    if not whole:
        raise BadInput("the file came cut short", _short(url), f"{announced} bytes", str(size), "Try again.")
    return b"".join(parts)


def _name(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name or "index"


def _short(url: str) -> str:
    """Return the address without its query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"[:160]
