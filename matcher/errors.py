"""The root of every error that a user may see; each subclass writes its own Chinese message."""


class MatcherError(Exception):
    """Something the user can act on. `str(error)` is a full Chinese sentence: what is wrong and what to do."""


class UsageError(MatcherError):
    """The command or call itself is wrong (exit code 2)."""


class BundledFileMissing(MatcherError):
    """A file that travels with the program is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"程序自带的文件“{name}”找不到。请重新安装本程序。")


class SettingsInvalid(UsageError):
    """A setting has a value that cannot be used."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"设置有误：{detail}。请检查环境变量 MATCHER_… 或配置文件。")
