"""帮助: the manual, and its pictures."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from service.console.manual import manual_folder, read_manual
from service.console.pages import page
from service.doors import StaffDoor

ROUTES = APIRouter(prefix="/help", include_in_schema=False)


@ROUTES.get("")
def show(request: Request, caller: StaffDoor) -> Response:
    manual = read_manual()
    return page(request, "help.html", html=manual.html, headings=manual.headings)


@ROUTES.get("/images/{name}")
def picture(caller: StaffDoor, name: str) -> FileResponse:
    """Only what lies in the folder: the name is looked for, never put together to a path."""
    folder = manual_folder() / "images"
    found = next((path for path in folder.glob("*.png") if path.name == name), None)
    if found is None:
        raise HTTPException(404)
    return FileResponse(found)
