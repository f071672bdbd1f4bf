"""`tocsin serve`: the pages of the workspace on this computer."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, err, home, out, print_json, workspace
from tocsin.cli.django import ready
from tocsin.model.errors import WorkspaceProblem

if TYPE_CHECKING:
    from granian.server import Server

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8765,
    workers: Annotated[int, typer.Option(help="Server programs that answer side by side.", min=1, max=16)] = 2,
    as_json: JsonOption = False,
) -> None:
    """Serve the pages until Ctrl-C."""
    place = workspace()
    if place.snapshot() is None:
        raise WorkspaceProblem(
            "nothing has been run yet, so there is nothing to show", str(home()), "a finished run", "none", "Run: tocsin run"
        )
    os.environ["TOCSIN_LISTEN"] = host
    os.environ["TOCSIN_HOME"] = str(home().resolve())
    ready()

    def say() -> None:
        if as_json:
            print_json({"address": _address(host, port), "demo": place.demo and host in LOOPBACK})
        else:
            _say(host, port, demo=place.demo)

    server = _server(host, port, workers)
    server.on_startup(say)  # once the port is ours
    try:
        server.serve()
    except RuntimeError as error:
        raise _not_ours(host, port, error) from error
    if not as_json:
        out.print("Stopped.", markup=False)


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _not_ours(host: str, port: int, error: RuntimeError) -> WorkspaceProblem:
    """Return what to tell where the address can't be listened on; the server names the reason by its number only."""
    where = _address(host, port)
    number = re.search(r"os error (\d+)", str(error))
    reason = os.strerror(int(number[1])) if number else "the server did not start"
    if number and int(number[1]) == errno.EADDRINUSE:
        todo = f"Open {where}: it may be Tocsin already. Else choose another port: tocsin serve --port {port + 1 if port < 65535 else 8766}"
        return WorkspaceProblem("another program answers on this port", where, "a free port", reason, todo)
    return WorkspaceProblem("this address can't be listened on", where, "an address of this computer", reason, "Check --host and --port.")


def _server(host: str, port: int, workers: int) -> Server:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    return Server(
        "tocsin.web.wsgi:application",
        address="127.0.0.1" if host == "localhost" else host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    )


def _say(host: str, port: int, *, demo: bool) -> None:
    out.print(f"Tocsin answers at {_address(host, port)}  (Ctrl-C stops it)", markup=False)
    if host not in LOOPBACK:
        err.print(
            f"Other computers can reach {host}. Put a proxy that speaks HTTPS in front, set TOCSIN_HTTPS=1, and name the host in TOCSIN_HOSTS. "
            "The demo's users are off.",
            markup=False,
        )
    elif demo:
        out.print("To try what needs two people, sign in as one of the demo's two invented users: /desk/login", markup=False)
