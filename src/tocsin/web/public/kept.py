"""Keeps the pages made last, so that the same page of the same run is made once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass


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
