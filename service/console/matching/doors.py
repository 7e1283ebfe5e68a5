"""Who may do what on the pages of matching."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from service.console.matching.asked import Asked
from service.doors import Caller, requires
from service.security.roles import Permission

MatchDoor = Annotated[Caller, Depends(requires(Permission.MATCH))]
EditDoor = Annotated[Caller, Depends(requires(Permission.EDIT))]
ConfirmDoor = Annotated[Caller, Depends(requires(Permission.CONFIRM))]
ExportDoor = Annotated[Caller, Depends(requires(Permission.EXPORT))]
AskedQuery = Annotated[Asked, Query()]
