"""Where things are kept: the archive of files as received, and the tables that stages compute."""

from tocsin.storage.archive import Archive, Collection, Item
from tocsin.storage.atomic import write_bytes, write_json
from tocsin.storage.engine import connect
from tocsin.storage.keys import OPEN, Keyring
from tocsin.storage.snapshot import Snapshot
from tocsin.storage.spark import ENGINES, check_engine, connect_engine
from tocsin.storage.workspace import FORMAT, Workspace

__all__ = [
    "ENGINES",
    "FORMAT",
    "OPEN",
    "Archive",
    "Collection",
    "Item",
    "Keyring",
    "Snapshot",
    "Workspace",
    "check_engine",
    "connect",
    "connect_engine",
    "write_bytes",
    "write_json",
]
