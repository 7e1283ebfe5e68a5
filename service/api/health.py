"""`/health/live` and `/health/ready`, for whoever watches the service; no login, no details."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from service.doors import ServiceDoor
from service.health.readiness import Condition

ROUTES = APIRouter(prefix="/health", tags=["health"])


class Liveness(BaseModel):
    status: Condition = Condition.OK


class ReadinessReport(BaseModel):
    status: Condition
    checks: dict[str, Condition]


@ROUTES.get("/live", operation_id="live", summary="是否在运行 Live")
async def live() -> Liveness:
    """进程在应答。The process answers."""
    return Liveness()


@ROUTES.get("/ready", operation_id="ready", summary="能否使用 Ready", responses={503: {"model": ReadinessReport}})
def ready(service: ServiceDoor, response: Response) -> ReadinessReport:
    """数据库、索引、编码模型都就绪；否则 503。Database, index and encoder are there; 503 while one is not."""
    checks = service.readiness.check()
    worst = next((state for state in (Condition.FAILED, Condition.STARTING) if state in checks.values()), Condition.OK)
    response.status_code = 200 if worst is Condition.OK else 503
    return ReadinessReport(status=worst, checks=checks)
