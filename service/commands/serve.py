"""`matcher serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from service.wiring import open_service


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址；0.0.0.0 为所有网卡")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="应答请求的进程数；另一个运行后台任务")] = 1,
) -> None:
    """启动网页和接口服务。日志为 JSON，每行一条，写到标准输出。"""
    from service.server import run  # the web framework takes half a second that no other command should wait for

    service = open_service()
    typer.echo(f"服务地址：{host}:{port}  停止：Ctrl+C", err=True)
    if not service.store.accounts.all():
        typer.echo("还没有账号。请另开一个窗口运行：matcher user add 登录名 --name 姓名", err=True)
    run(service, host, port, workers)
