"""A file of lines that nobody reads or changes without the key of the audit: zlib under AES-256-GCM.

The first line says what it is, with which key it was sealed, and a salt; the last 16 bytes are the tag over all.
"""

import os
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from store.errors import OtherKey, StoreUnavailable
from store.keys import Key, new_private

_HEADER = re.compile("quiesce backup 1 ([0-9a-f]{64}) ([0-9a-f]{32})\n")
_LONGEST_HEADER = 200
_TAG_BYTES = 16
_NONCE = bytes(12)  # a key is never used for two files: each has a salt of its own
_PAGE = 1 << 16


def write_sealed(path: Path, key: Key, lines: Iterable[str]) -> None:
    """Write a new file that nobody else may read; it is on the disk when this returns."""
    salt = secrets.token_hex(16)
    header = f"quiesce backup 1 {key.fingerprint} {salt}\n".encode()
    sealing = Cipher(_aes(key, salt), GCM(_NONCE)).encryptor()
    sealing.authenticate_additional_data(header)
    packing = zlib.compressobj()
    with new_private(path) as file:
        file.write(header)
        for line in lines:
            file.write(sealing.update(packing.compress(f"{line}\n".encode())))
        file.write(sealing.update(packing.flush()) + sealing.finalize() + sealing.tag)


def read_sealed(path: Path, key: Key) -> Iterator[str]:
    """Its lines, none of them before the whole file was found unchanged; StoreUnavailable where it was not."""
    try:
        for _ in _opened(path, key):
            pass
        unpacking, rest = zlib.decompressobj(), b""
        for page in _opened(path, key):
            *lines, rest = (rest + unpacking.decompress(page)).split(b"\n")
            yield from (line.decode() for line in lines)
    except (InvalidTag, ValueError) as error:
        raise StoreUnavailable(f"{path} is not as it was written: it was changed, or a part is missing") from error


def _opened(path: Path, key: Key) -> Iterator[bytes]:
    """What was sealed, page by page; InvalidTag after the last one, where any of them was changed."""
    with path.open("rb") as file:
        header = file.readline(_LONGEST_HEADER)
        found = _HEADER.fullmatch(header.decode(errors="replace"))
        if found is None:
            raise StoreUnavailable(f"{path} is no backup of Quiesce")
        if found[1] != key.fingerprint:
            raise OtherKey(f"{path} was sealed with another key than QUIESCE_AUDIT_KEY_FILE holds")
        opening = Cipher(_aes(key, found[2]), GCM(_NONCE)).decryptor()
        opening.authenticate_additional_data(header)
        left = os.fstat(file.fileno()).st_size - len(header) - _TAG_BYTES
        while left > 0:
            page = file.read(min(left, _PAGE))
            left -= len(page)
            yield opening.update(page)
        opening.finalize_with_tag(file.read())


def _aes(key: Key, salt: str) -> AES:
    return AES(bytes.fromhex(key.sign("backup", salt)))
