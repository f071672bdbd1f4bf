"""Keys of archive items: one key a case, so that destroying it makes the case unreadable."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tocsin.model.errors import NotFound, WrongUse
from tocsin.storage.atomic import write_bytes

#: The key id of public material, which is kept as it is, without encryption.
OPEN = "open"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NONCE = 12


class Keyring:
    """Holds the keys of a workspace, one file each, readable by the owner alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, key_id: str) -> None:
        """Make a new random key under `key_id`; an existing key is left as it is."""
        path = self._path(key_id)
        if self._tombstone(key_id).exists():
            raise WrongUse("this key was destroyed and can't be made again", f"key {key_id}", todo="Use another key id.")
        if not path.exists():
            write_bytes(path, AESGCM.generate_key(bit_length=256))

    def destroy(self, key_id: str) -> None:
        """Remove the key for good and leave a tombstone: its items can't be read any more."""
        path = self._path(key_id)
        if not path.exists():
            raise NotFound("no key has this id", f"key {key_id}", todo="See the keys folder of the workspace.")
        size = path.stat().st_size
        with path.open("r+b") as stream:
            stream.write(os.urandom(size))
            stream.flush()
            os.fsync(stream.fileno())
        path.unlink()
        write_bytes(self._tombstone(key_id), b"destroyed\n")

    def seal(self, key_id: str, data: bytes, name: str) -> bytes:
        """Return `data` encrypted (AES-256-GCM) and bound to `name`; as it is for the open key."""
        if key_id == OPEN:
            return data
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._key(key_id)).encrypt(nonce, data, name.encode())

    def unseal(self, key_id: str, data: bytes, name: str) -> bytes:
        """Return what `seal` was given.

        Raises:
            NotFound: the key was destroyed or never existed.
        """
        if key_id == OPEN:
            return data
        return AESGCM(self._key(key_id)).decrypt(data[:_NONCE], data[_NONCE:], name.encode())

    def _key(self, key_id: str) -> bytes:
        path = self._path(key_id)
        if not path.exists():
            gone = self._tombstone(key_id).exists()
            raise NotFound(
                what="the key was destroyed for someone's safety" if gone else "no key has this id",
                where=f"key {key_id}",
                todo="The item can't be read; its record stays as a tombstone." if gone else "Create the key first.",
            )
        return path.read_bytes()

    def _path(self, key_id: str) -> Path:
        if key_id == OPEN or not _NAME.fullmatch(key_id):
            raise WrongUse("not a usable key id", f"key {key_id[:40]}", "lower-case letters, digits and hyphens", key_id[:40])
        return self.folder / f"{key_id}.key"

    def _tombstone(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.destroyed"
