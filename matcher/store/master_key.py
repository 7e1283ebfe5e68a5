"""Where the master key of the private fields comes from: the settings, else a file that only its owner may read."""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from pathlib import Path

from matcher.store.errors import MasterKeyMalformed, MasterKeyMissing, MasterKeyUnwritable

_KEY_BYTES = 32


def load_master_key(home: Path, configured: str | None, *, may_create: bool = True) -> bytes:
    """32 bytes: `configured` (base64), else `home/keys/master.key`, made on first use with mode 0600.

    With `may_create` False (the database is in use already) a missing file raises MasterKeyMissing.
    """
    if configured:
        return _decoded(configured, "MATCHER_MASTER_KEY")
    path = home / "keys" / "master.key"
    try:
        if not path.exists():
            _create(path, may_create)
        return _decoded(path.read_text("ascii", errors="replace"), str(path))
    except OSError as error:
        raise MasterKeyUnwritable(str(path), error.strerror or str(error)) from error


def _create(path: Path, may_create: bool) -> None:
    """Writes the whole file aside and links it into place, so that of several processes exactly one key wins."""
    if not may_create:
        raise MasterKeyMissing(str(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(base64.b64encode(os.urandom(_KEY_BYTES)) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        _link(draft, path)
    finally:
        os.unlink(draft)


def _link(draft: str, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return


def _decoded(text: str, place: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MasterKeyMalformed(place) from error
    if len(key) != _KEY_BYTES:
        raise MasterKeyMalformed(place)
    return key
