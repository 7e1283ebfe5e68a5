"""The one table of errors and HTTP statuses."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from matcher.documents.errors import TemplateFault
from matcher.errors import MatcherError, UsageError
from matcher.store.errors import (
    AccountUnknown,
    BatchUnknown,
    DatabaseFailed,
    DatabaseUnreachable,
    JobNotStanding,
    JobTaken,
    KeyUnknown,
    LastAdministrator,
    PlanSettled,
    PlanUnknown,
    RecordExists,
    RecordsMoved,
    RecordStale,
    RecordUnknown,
    RequestKeyReused,
    RequestRunning,
)
from matcher.workflows.achievements import AchievementUnknown
from matcher.workflows.enterprise_team import StationUnknown
from matcher.workflows.panels import TopicUnknown
from matcher.workflows.plan_archive import PlanNotSignable
from matcher.workflows.programmes import ProgrammeUnknown
from matcher.workflows.run_documents import InvitationTooEarly, InvitedCannotGo, NotChosen, RunNotIntact
from matcher.workflows.run_signing import RunRefusal, SignatureNeedsPerson
from service.jobs.errors import FileGone, FileOutOfReach, JobMustFinish, JobNotReady, TooManyJobs, UploadTooLarge
from service.plans.errors import PlanNeedsProvince, PlanSignerMissing, RegionOutside
from service.records.errors import EditConflict, EditElsewhere, VersionMissing
from service.security import errors as security

# The nearest class counts.
STATUSES: Mapping[type[MatcherError], HTTPStatus] = MappingProxyType(
    {
        security.NotLoggedIn: HTTPStatus.UNAUTHORIZED,
        security.LoginFailed: HTTPStatus.UNAUTHORIZED,
        security.KeyRefused: HTTPStatus.UNAUTHORIZED,
        security.PasswordChangeDue: HTTPStatus.FORBIDDEN,
        security.PermissionMissing: HTTPStatus.FORBIDDEN,
        security.CsrfTokenInvalid: HTTPStatus.FORBIDDEN,
        security.AccountClosed: HTTPStatus.FORBIDDEN,
        security.ScopeMissing: HTTPStatus.FORBIDDEN,
        security.LoginLocked: HTTPStatus.TOO_MANY_REQUESTS,
        security.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
        security.AddressTooLong: HTTPStatus.REQUEST_URI_TOO_LONG,
        security.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        security.BodyTooSlow: HTTPStatus.REQUEST_TIMEOUT,
        security.AnswerTooSlow: HTTPStatus.SERVICE_UNAVAILABLE,
        EditElsewhere: HTTPStatus.FORBIDDEN,
        SignatureNeedsPerson: HTTPStatus.FORBIDDEN,
        RunRefusal: HTTPStatus.CONFLICT,
        InvitationTooEarly: HTTPStatus.CONFLICT,
        InvitedCannotGo: HTTPStatus.CONFLICT,
        NotChosen: HTTPStatus.NOT_FOUND,
        RunNotIntact: HTTPStatus.CONFLICT,
        TemplateFault: HTTPStatus.CONFLICT,
        AccountUnknown: HTTPStatus.NOT_FOUND,
        LastAdministrator: HTTPStatus.CONFLICT,
        KeyUnknown: HTTPStatus.NOT_FOUND,
        RecordUnknown: HTTPStatus.NOT_FOUND,
        BatchUnknown: HTTPStatus.NOT_FOUND,
        RecordExists: HTTPStatus.CONFLICT,
        RecordStale: HTTPStatus.CONFLICT,
        RecordsMoved: HTTPStatus.CONFLICT,
        RequestRunning: HTTPStatus.CONFLICT,
        RequestKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
        EditConflict: HTTPStatus.PRECONDITION_FAILED,
        VersionMissing: HTTPStatus.PRECONDITION_REQUIRED,
        PlanUnknown: HTTPStatus.NOT_FOUND,
        PlanSettled: HTTPStatus.CONFLICT,
        PlanNotSignable: HTTPStatus.CONFLICT,
        PlanNeedsProvince: HTTPStatus.FORBIDDEN,
        PlanSignerMissing: HTTPStatus.FORBIDDEN,
        RegionOutside: HTTPStatus.FORBIDDEN,
        AchievementUnknown: HTTPStatus.NOT_FOUND,
        ProgrammeUnknown: HTTPStatus.NOT_FOUND,
        StationUnknown: HTTPStatus.NOT_FOUND,
        TopicUnknown: HTTPStatus.NOT_FOUND,
        JobTaken: HTTPStatus.CONFLICT,
        JobNotStanding: HTTPStatus.CONFLICT,
        JobMustFinish: HTTPStatus.CONFLICT,
        JobNotReady: HTTPStatus.CONFLICT,
        FileGone: HTTPStatus.GONE,
        FileOutOfReach: HTTPStatus.FORBIDDEN,
        UploadTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        TooManyJobs: HTTPStatus.TOO_MANY_REQUESTS,
        UsageError: HTTPStatus.UNPROCESSABLE_ENTITY,
        DatabaseFailed: HTTPStatus.SERVICE_UNAVAILABLE,
        DatabaseUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
        MatcherError: HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)


def status_of(error: MatcherError) -> HTTPStatus:
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def headers_of(error: MatcherError) -> dict[str, str]:
    if isinstance(error, security.BodyTooSlow | security.BodyTooLarge | UploadTooLarge):
        return {"Connection": "close"}
    if isinstance(error, security.LoginLocked | security.TooManyRequests | security.AnswerTooSlow):
        return {"Retry-After": str(error.seconds)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, security.KeyRefused) else {}
