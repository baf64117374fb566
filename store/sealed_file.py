"""A file of lines that nobody reads or changes without the key of the audit: zlib in a secret stream of libsodium.

The first line says what it is and with which key it was sealed; then come the stream's own header and pages of one
size, each bound to those before it and the last marked as such, so that none can be changed, moved or cut off.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from nacl.bindings import crypto_secretstream_xchacha20poly1305_ABYTES as SEAL_BYTES
from nacl.bindings import crypto_secretstream_xchacha20poly1305_HEADERBYTES as BEGIN_BYTES
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as begin_opening
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as begin_sealing
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as open_page
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as seal_page
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as new_stream
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_FINAL as LAST
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MORE

from store.errors import OtherKey, StoreUnavailable
from store.keys import Key, new_private

_BEGINS, _EARLIER = "quiesce backup 2 ", b"quiesce backup 1 "
_HEADER = re.compile(f"{_BEGINS}([0-9a-f]{{64}})\n")
_LONGEST_HEADER = 200
_PAGE = 1 << 16


def write_sealed(path: Path, key: Key, lines: Iterable[str]) -> None:
    """Write a new file that nobody else may read; it is on the disk when this returns."""
    header = f"{_BEGINS}{key.fingerprint}\n".encode()
    stream, held = new_stream(), bytearray()
    with new_private(path) as file:
        file.write(header + begin_sealing(stream, _secret(key)))
        for packed in _packed(lines):
            held += packed
            while len(held) > _PAGE:
                file.write(seal_page(stream, bytes(held[:_PAGE]), header, MORE))
                del held[:_PAGE]
        file.write(seal_page(stream, bytes(held), header, LAST))


def read_sealed(path: Path, key: Key) -> Iterator[str]:
    """Its lines, none of them before the whole file was found unchanged; StoreUnavailable where it was not."""
    try:
        for _ in _opened(path, key):
            pass
        unpacking, rest = zlib.decompressobj(), b""
        for page in _opened(path, key):
            *lines, rest = (rest + unpacking.decompress(page)).split(b"\n")
            yield from (line.decode() for line in lines)
    except (RuntimeError, ValueError) as error:
        raise StoreUnavailable(f"{path} is not as it was written: it was changed, or a part is missing") from error


def _packed(lines: Iterable[str]) -> Iterator[bytes]:
    packing = zlib.compressobj()
    for line in lines:
        yield packing.compress(f"{line}\n".encode())
    yield packing.flush()


def _opened(path: Path, key: Key) -> Iterator[bytes]:
    """What was sealed, page by page; RuntimeError or ValueError at the first that is not as it was written."""
    with path.open("rb") as file:
        header = file.readline(_LONGEST_HEADER)
        found = _HEADER.fullmatch(header.decode(errors="replace"))
        if found is None and header.startswith(_EARLIER):
            raise StoreUnavailable(f"{path} was made by an earlier Quiesce: restore it with that one, and back up anew")
        if found is None:
            raise StoreUnavailable(f"{path} is no backup of Quiesce")
        if found[1] != key.fingerprint:
            raise OtherKey(f"{path} was sealed with another key than QUIESCE_AUDIT_KEY_FILE holds")
        stream, mark = new_stream(), MORE
        begin_opening(stream, file.read(BEGIN_BYTES), _secret(key))
        while mark != LAST:
            page, mark = open_page(stream, file.read(_PAGE + SEAL_BYTES), header)
            yield page
        if file.read(1):
            raise ValueError("something stands behind the last page")


def _secret(key: Key) -> bytes:
    return bytes.fromhex(key.sign("backup"))
