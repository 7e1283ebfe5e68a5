"""Finds what travels with the program: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

from matcher.errors import BundledFileMissing

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Path of a bundled file or folder, such as `reference/regions.csv`.

    Raises BundledFileMissing when it is not there.
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (root / name).exists():
            return root / name
    raise BundledFileMissing(name)
