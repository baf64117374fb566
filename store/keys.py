"""The key of the audit: 32 random bytes in a file of their own, never in the database and never in a log."""

import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONEncoder
from pathlib import Path
from typing import BinaryIO

from store.errors import StoreUnavailable

BYTES = 32
_as_json = JSONEncoder(sort_keys=True, separators=(",", ":")).encode


class Key:
    """Whoever lacks it can sign nothing; it does not show what it is made of."""

    __slots__ = ("_begun", "fingerprint")

    def __init__(self, secret: bytes) -> None:
        self._begun = hmac.new(secret, digestmod="sha256")
        # Tells one key from another, and nothing about it.
        self.fingerprint = self.sign("key")

    def sign(self, what: str, *parts: object) -> str:
        """HMAC-SHA256 of what JSON can hold; `what` tells the signatures of one kind from those of another."""
        signature = self._begun.copy()
        signature.update(_as_json((what, *parts)).encode())
        return signature.hexdigest()


def key_in(path: Path) -> Key | None:
    """The key that a file holds as hexadecimal digits; None if there is no file."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != BYTES:
        raise StoreUnavailable(f"{path} holds no key, which is {2 * BYTES} hexadecimal digits")
    return Key(secret)


def needed_key(path: Path, deed: str) -> Key:
    """The key in a file; StoreUnavailable, which says what cannot be done (`verified`), if there is none."""
    key = key_in(path)
    if key is None:
        raise StoreUnavailable(f"{path} is missing: without the key of the audit nothing can be {deed}")
    return key


def new_key(path: Path) -> Key:
    """Make a key, and a file for it that nobody else may read; it is on the disk before anything is signed with it."""
    secret = secrets.token_bytes(BYTES)
    with new_private(path) as file:
        file.write(f"{secret.hex()}\n".encode("ascii"))
    return Key(secret)


@contextmanager
def new_private(path: Path) -> Iterator[BinaryIO]:
    """A new file that nobody else may read; it is on the disk when this ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(descriptor)
    keep_name(path)


def keep_name(path: Path) -> None:
    """A file that was written is found again after a crash only if its folder was written, too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
