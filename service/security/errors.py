"""What can be refused, each with its own Chinese message."""

from matcher.domain.account import Role
from matcher.errors import MatcherError, UsageError


class NotLoggedIn(MatcherError):
    """The page needs a session and there is none, or it has ended."""

    def __init__(self) -> None:
        super().__init__("请先登录。")


class PasswordChangeDue(MatcherError):
    """Logged in with a one-time or an old password: nothing else is open until it is changed."""

    def __init__(self) -> None:
        super().__init__("请先修改密码。")


class PermissionMissing(MatcherError):
    """Logged in, but the role may not do this."""

    def __init__(self, role: str, permission: str) -> None:
        ask = "" if role == Role.ADMINISTRATOR else "；确需自己办理的，请系统管理员调整角色"
        super().__init__(f"您的角色“{role}”不能{permission}。请由有这项权限的同事办理{ask}。")


class CsrfTokenInvalid(MatcherError):
    """The form was not made for this session."""

    def __init__(self) -> None:
        super().__init__("页面已过期，没有执行。请重新打开这个页面（登录已结束的先登录），再做一次。")


class FormRefused(MatcherError):
    """What the form itself says, so that it can be filled in again."""


class LoginFailed(FormRefused):
    """Wrong name or wrong password; which of the two is not told."""

    def __init__(self) -> None:
        super().__init__("登录名或密码不正确。")


class LoginLocked(FormRefused):
    """Too many failures in a row under this name, whether or not an account bears it."""

    def __init__(self, minutes: int) -> None:
        self.seconds = minutes * 60
        super().__init__(f"连续多次登录失败，请 {minutes} 分钟后再试，或请系统管理员解除锁定。")


class AccountClosed(FormRefused):
    """Told only to who knows the password."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}，请与系统管理员联系。")


class TooManyRequests(FormRefused):
    """More than the rate allows; `seconds` until the next is."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"请求过于频繁，请 {seconds} 秒后再试。")


class PasswordRefused(FormRefused, UsageError):
    """A new password breaks the rules."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("；".join(complaints) + "。")


class KeyRefused(MatcherError):
    """No key, or one that is unknown, expired or revoked; which is told only of a genuine key."""

    def __init__(self, reason: str = "缺少密钥，或密钥不正确") -> None:
        super().__init__(f"{reason}。请在请求头 Authorization 里写 Bearer 加密钥；新密钥请向系统管理员索取。")


class ScopeMissing(MatcherError):
    """The key holds, but not for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"这个密钥没有 {scope} 的使用范围。需要时请向系统管理员申请新密钥。")


class LoginNameInvalid(UsageError):
    """A name that no account may bear."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name[:40]}”不能作登录名：要 2 到 32 个汉字、英文字母、数字或 . _ -，以汉字或英文字母开头。"
        )


class RegionUnknown(UsageError):
    """A scope that is no 市州 of the province."""

    def __init__(self, text: str, known: str) -> None:
        super().__init__(f"“{text}”不是本省的市州或业务归口。可以写：{known}。")


class RoleNeeded(UsageError):
    """Only the first account is an administrator's without saying so."""

    def __init__(self, roles: str) -> None:
        super().__init__(f"请用 --role 指定角色：{roles}。")


class FirstIsAdministrator(UsageError):
    """Nobody else can make accounts later."""

    def __init__(self) -> None:
        super().__init__("第一个账号必须是系统管理员。")


class FullNameMissing(UsageError):
    """An account is somebody's."""

    def __init__(self) -> None:
        super().__init__("请填写姓名，不超过 40 个字。")


class AddressTooLong(MatcherError):
    def __init__(self, longest: int) -> None:
        super().__init__(f"网址太长，超过 {longest} 个字符。请减少筛选条件，或缩短查询词。")


class AddressUnreadable(UsageError):
    def __init__(self) -> None:
        super().__init__("地址里有不能用的字符，请核对地址。")


class BodyTooLarge(MatcherError):
    def __init__(self) -> None:
        super().__init__("提交的内容太大。请减小内容或文件，或分几次提交。")


class BodyTooSlow(MatcherError):
    """The rest of a body does not come; its length may be announced wrongly."""

    def __init__(self) -> None:
        super().__init__("请求内容没有发完，等不到其余部分。请核对 Content-Length 是否等于实际长度，再发一次。")


class AnswerTooSlow(MatcherError):
    """`seconds`: when to ask again."""

    seconds = 10

    def __init__(self) -> None:
        super().__init__("处理时间过长，已停止等待，操作可能仍在进行。请稍后查看结果，重发请用同一个 Idempotency-Key。")


class FormUnreadable(UsageError):
    def __init__(self) -> None:
        super().__init__("填写的内容里有不能用的字符，请删去后再提交。")
