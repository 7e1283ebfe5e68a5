#!/usr/bin/env python3
"""Fetches Chromium 111, the oldest browser that the pages are made for: `oldest_browser.py FOLDER`.

FOLDER then holds `chromium`, which `PATH=FOLDER:$PATH make test-browser` finds. From the npm package
`@sparticuz/chromium` (MIT), the one build of that age that a package registry carries: a headless shell for x86-64.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import platform
import shlex
import sys
import tarfile
from pathlib import Path
from urllib.request import urlopen

import brotli

_PACKAGE = "https://registry.npmjs.org/@sparticuz/chromium/-/chromium-111.0.0.tgz"
_SHA256 = "8adb0fb20023e47fd7c82e07e91823760b2032d671f5c6cb9ea1e2c65ae87064"
# The build is for a machine without graphics: it brings the libraries it was linked with, and no zygote.
_START = '#!/bin/sh\nLD_LIBRARY_PATH={libraries} exec {browser} --no-zygote "$@"\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder.resolve()
    if platform.machine() != "x86_64":
        sys.exit("Chromium 111 is to be had for x86-64 only.")
    if not (folder / "chromium").exists():
        unpack(_fetched(), folder)


def _fetched() -> bytes:
    with urlopen(_PACKAGE, timeout=60) as answer:
        package: bytes = answer.read()
    if hashlib.sha256(package).hexdigest() != _SHA256:
        sys.exit(f"{_PACKAGE} is not the file it was.")
    return package


def unpack(package: bytes, folder: Path) -> None:
    """The start script comes last: a folder that has it is whole."""
    parts = folder / "parts"
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        browser, libraries = (_part(archive, name) for name in ("chromium.br", "aws.tar.br"))
    parts.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(libraries)) as archive:
        archive.extractall(parts, filter="data")
    _executable(parts / "chromium", browser)
    start = _START.format(libraries=shlex.quote(str(parts / "lib")), browser=shlex.quote(str(parts / "chromium")))
    _executable(folder / "chromium", start.encode())


def _part(archive: tarfile.TarFile, name: str) -> bytes:
    packed = archive.extractfile(f"package/bin/{name}")
    assert packed is not None
    return brotli.decompress(packed.read())


def _executable(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o755)


if __name__ == "__main__":
    main()
