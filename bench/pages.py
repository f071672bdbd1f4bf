"""Speed of the pages: `/` with 16 connections, and the first map drawn in headless Chromium.

Uses the workspace at TOCSIN_HOME. Traffic goes to the loopback address only and ends by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import statistics
import threading
import time
from pathlib import Path

import httpx

HOST, PORT = "127.0.0.1", 8797
CONNECTIONS, REQUESTS = 16, 1600
PAGES = ("/", "/forecasts", "/situations/", "/toolbox")


def serve(workers: int) -> None:
    """Serve the pages until the process is ended."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tocsin.web.settings")
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "tocsin.web.wsgi:application",
        address=HOST,
        port=PORT,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_enabled=False,
    )
    server.serve()


def measure(path: str, connections: int = CONNECTIONS, requests: int = REQUESTS) -> list[float]:
    """Return the seconds of each of `requests` answers over `connections` kept connections."""
    seconds: list[float] = []
    lock = threading.Lock()

    def ask(count: int) -> None:
        own = []
        with httpx.Client(base_url=f"http://{HOST}:{PORT}", timeout=30, trust_env=False) as client:
            for _ in range(count):
                started = time.perf_counter()
                client.get(path).raise_for_status()
                own.append(time.perf_counter() - started)
        with lock:
            seconds.extend(own)

    threads = [threading.Thread(target=ask, args=(requests // connections,)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def wait() -> float:
    """Return the seconds until the first page was answered."""
    started = time.perf_counter()
    while time.perf_counter() - started < 60:
        try:
            httpx.get(f"http://{HOST}:{PORT}/", timeout=30, trust_env=False).raise_for_status()
            return time.perf_counter() - started
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def first_map() -> float | None:
    """Return the seconds from asking for `/` to the map being painted; None where Chromium is absent."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--headless"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        started = time.perf_counter()
        page.goto(f"http://{HOST}:{PORT}/", wait_until="load")
        page.wait_for_selector(".map svg path", state="visible")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        drawn = time.perf_counter() - started
        browser.close()
    return drawn


def main() -> None:
    """Print the table."""
    if not (Path(os.environ.get("TOCSIN_HOME", "tocsin-workspace")) / "workspace.json").exists():
        print("no workspace at TOCSIN_HOME: run `tocsin run` first")
        return
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(min(4, os.cpu_count() or 1),))
    server.start()
    try:
        print(f"first answer after start        {wait():7.2f} s")
        print(f"{'page':<24}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'req/s':>9}")
        for path in PAGES:
            started = time.perf_counter()
            seconds = sorted(measure(path))
            whole = time.perf_counter() - started
            p95 = seconds[int(0.95 * len(seconds))]
            figures = (statistics.median(seconds) * 1000, p95 * 1000, seconds[-1] * 1000, len(seconds) / whole)
            print(f"{path:<24}{figures[0]:9.1f}{figures[1]:9.1f}{figures[2]:9.1f}{figures[3]:9.0f}")
        drawn = first_map()
        print(f"first map drawn (chromium)      {drawn:7.2f} s" if drawn is not None else "first map drawn: skipped, no chromium")
    finally:
        server.terminate()
        server.join(10)


if __name__ == "__main__":
    main()
