"""How an endpoint asks who is there. Endpoints take these as parameters; none looks at cookies or headers itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from matcher.domain.audit import AuditAction, Outcome
from matcher.domain.portal_key import KeyScope, PortalKey
from service.audit.origin import Origin
from service.cookies import read_token
from service.jobs.errors import UploadTooLarge
from service.logs.context import REQUEST_ID
from service.security.actor import Actor, portal_actor, staff_actor
from service.security.errors import (
    CsrfTokenInvalid,
    FormUnreadable,
    KeyRefused,
    NotLoggedIn,
    PasswordChangeDue,
    PermissionMissing,
    ScopeMissing,
)
from service.security.roles import Permission, StaffMember
from service.security.tokens import is_csrf_token
from service.wiring import Service

CSRF_FIELD, CSRF_HEADER = "csrf_token", "X-CSRF-Token"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SCHEME = "bearer"
_FORM_BYTES = 1 << 20  # what a form adds to its files


@dataclass(frozen=True, slots=True)
class Caller:
    """A member of staff at the door; `origin` goes into audit entries, `token` names the session, which `ends` then."""

    member: StaffMember
    origin: Origin
    token: str
    ends: datetime

    @property
    def actor(self) -> Actor:
        return staff_actor(self.member, self.origin)


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDoor = Annotated[Service, Depends(service_of)]


def visitor(request: Request) -> Origin:
    """Where a request comes from, before it is known from whom."""
    return Origin("", request.client.host if request.client else "", REQUEST_ID.get())


VisitorDoor = Annotated[Origin, Depends(visitor)]


async def csrf_guard(request: Request) -> None:
    """Stands before every route: what changes something bears the session's token, as form field or header.

    The API knows keys only: no cookie counts there that a foreign page could make a browser send along.
    Raises CsrfTokenInvalid; FormUnreadable for text that no database takes.
    """
    if request.method in _READING or request.url.path.startswith("/api/"):
        return
    form = await request.form()
    given = request.headers.get(CSRF_HEADER) or form.get(CSRF_FIELD)
    if not isinstance(given, str) or not is_csrf_token(given, read_token(request)):
        raise CsrfTokenInvalid
    if any(isinstance(value, str) and "\0" in value for value in form.values()):
        raise FormUnreadable


def anyone_logged_in(request: Request, service: ServiceDoor, origin: VisitorDoor) -> Caller:
    """Even before a password change that is due. Raises NotLoggedIn."""
    if (known := caller_of(request)) is not None:
        return known
    token = read_token(request)
    found = service.sessions.find(token, origin)
    if found is None:
        raise NotLoggedIn
    acting = Origin(found.member.account.name, origin.address, origin.request_id)
    caller = Caller(found.member, acting, token, found.ends)
    request.state.caller = caller
    return caller


def caller_of(request: Request) -> Caller | None:
    """Who came through a door for staff in this request, so that every page, a fault's too, knows who looks at it."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


LoggedInDoor = Annotated[Caller, Depends(anyone_logged_in)]


def staff(caller: LoggedInDoor, service: ServiceDoor) -> Caller:
    """Raises NotLoggedIn, PasswordChangeDue."""
    if service.login.password_change_due(caller.member.account):
        raise PasswordChangeDue
    return caller


StaffDoor = Annotated[Caller, Depends(staff)]


def requires(permission: Permission) -> Callable[[Request, Caller, Service], Caller]:
    """The door for one permission: `Annotated[Caller, Depends(requires(Permission.READ_AUDIT))]`.

    Raises PermissionMissing, which the audit log remembers.
    """

    def permitted(request: Request, caller: StaffDoor, service: ServiceDoor) -> Caller:
        if caller.member.may(permission):
            return caller
        subject = f"{request.method} {request.scope['route'].path}"
        refused = caller.origin.entry(
            service.clock(), AuditAction.ENTER, subject, outcome=Outcome.REFUSED, reason=permission.value
        )
        service.store.audit.append(refused)
        raise PermissionMissing(caller.member.account.role, permission)

    return permitted


def portal(request: Request, service: ServiceDoor, origin: VisitorDoor) -> PortalKey:
    """Any key that holds; a request counts once against its rate. Raises KeyRefused, TooManyRequests."""
    known: PortalKey | None = getattr(request.state, "portal_key", None)
    if known is not None:
        return known
    try:
        bearer = _bearer(request)
        if not bearer:
            raise KeyRefused
        request.state.portal_key = found = service.keys.check(bearer, origin)
        return found
    except KeyRefused:
        service.strangers.take(f"address {origin.address}", service.settings.refusals_per_minute)
        raise


PortalDoor = Annotated[PortalKey, Depends(portal)]


def requires_scope(scope: KeyScope) -> Callable[[PortalKey, Origin], Actor]:
    """The door for keys of this scope: `Annotated[Actor, Depends(requires_scope(KeyScope.MATCH))]`.

    Raises ScopeMissing.
    """

    def permitted(key: PortalDoor, origin: VisitorDoor) -> Actor:
        if scope not in key.scopes:
            raise ScopeMissing(scope)
        return portal_actor(key, origin)

    return permitted


class _Bounded:
    """The body of a request as far as `most` bytes go, announced or not. Raises `error` beyond."""

    def __init__(self, receive: Receive, most: int, error: UploadTooLarge) -> None:
        self._receive, self._room, self._error = receive, most, error

    @property
    def exceeded(self) -> bool:
        return self._room < 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._room -= len(message.get("body", b""))
        if self.exceeded:
            raise self._error
        return message


class UploadRoute(APIRoute):
    """Asks who is there, and how much is announced, before the body is read: a stranger fills no disk.

    What comes without an announcement is counted while it is read.

    The parameters of the endpoint ask again, as everywhere, and find what was found here.
    """

    enter: Callable[[Request, Service], object]
    """Lets the request in or raises what the endpoint's door raises."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_known(request: Request) -> Response:
            service = service_of(request)
            await run_in_threadpool(self.enter, request, service)
            refusal = UploadTooLarge(service.settings.upload_mb)
            most, announced = (
                (service.settings.upload_mb << 20) + _FORM_BYTES,
                request.headers.get("content-length", ""),
            )
            if announced.isdecimal() and int(announced) > most:
                raise refusal
            body = _Bounded(request.receive, most, refusal)
            try:
                return await answer(Request(request.scope, body.receive))
            except HTTPException:  # all that the framework says of a body that broke off
                if body.exceeded:
                    raise refusal from None
                raise

        return answer_known


def _enter_as_staff(request: Request, service: Service) -> None:
    caller = staff(anyone_logged_in(request, service, visitor(request)), service)
    requires(Permission.EDIT)(request, caller, service)


def _enter_as_portal(request: Request, service: Service) -> None:
    origin = visitor(request)
    requires_scope(KeyScope.IMPORT)(portal(request, service, origin), origin)


class StaffUploadRoute(UploadRoute):
    enter = staticmethod(_enter_as_staff)


class PortalUploadRoute(UploadRoute):
    enter = staticmethod(_enter_as_portal)


def _bearer(request: Request) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == _SCHEME else ""
