"""Why the service cannot be started."""

from matcher.errors import MatcherError, UsageError


class PortUnavailable(MatcherError):
    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"不能在 {place} 提供服务（{reason}）。请用 --port 换一个端口，或停掉占用它的程序。")


class TlsUnusable(UsageError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"TLS 证书或私钥用不了（{reason}）。请检查 MATCHER_TLS_CERTIFICATE 与 MATCHER_TLS_KEY 是否为一对 PEM 文件。"
        )
