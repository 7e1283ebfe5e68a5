"""Style sheets and scripts of others, served out of their installed packages: nothing is copied, nothing imported."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from service.console.errors import BrowserFilesMissing

# Address under /vendor: package, and the folder in it.
_FOLDERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"tabler": ("starlette_admin", "static/css/vendor"), "htmx": ("js_lib_htmx", "static/htmx")}
)


def mount_vendors(app: FastAPI) -> None:
    """Raises BrowserFilesMissing."""
    for address, (package, folder) in _FOLDERS.items():
        app.mount(f"/vendor/{address}", StaticFiles(directory=_folder(package, folder)), name=address)


def _folder(package: str, folder: str) -> Path:
    """Finding a package does not run it: one of them would ask for Django."""
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / folder).is_dir():
            return Path(place) / folder
    raise BrowserFilesMissing(package)
