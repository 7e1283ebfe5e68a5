"""A parameter that an operation does not have is refused: a misspelt filter must not answer with everything."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from service.doors import PortalDoor


def known_parameters(request: Request, _: PortalDoor) -> None:
    """Raises RequestValidationError. What an operation has is what its description says."""
    operation = request.app.openapi()["paths"][request.scope["route"].path_format][request.method.lower()]
    described = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    unknown = [name for name in request.query_params if name not in described]
    if unknown:
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown])
