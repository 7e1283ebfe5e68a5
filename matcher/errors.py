"""The root of every error that a user may see; each subclass writes its own Chinese message."""

import errno


class MatcherError(Exception):
    """Something the user can act on. `str(error)` is a full Chinese sentence: what is wrong and what to do."""


class UsageError(MatcherError):
    """The command or call itself is wrong (exit code 2)."""


class BundledFileMissing(MatcherError):
    """A file that travels with the program is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"程序自带的文件“{name}”找不到。请重新安装本程序。")


class HomeUnusable(MatcherError):
    """The folder of all state cannot be made."""

    def __init__(self, folder: object, detail: str) -> None:
        super().__init__(
            f"数据文件夹“{folder}”不能建立（{detail}）。请检查 MATCHER_HOME 和文件夹权限，或换一个能写入的文件夹。"
        )


class SettingsInvalid(UsageError):
    """A setting has a value that cannot be used."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"设置有误：{detail}。请检查环境变量 MATCHER_… 或配置文件。")


def reason_of(error: OSError) -> str:
    """Why a file or folder could not be used, in Chinese; the system's own words where there is no translation."""
    match error.errno:
        case errno.ENOENT:
            return "文件或文件夹不存在"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "没有权限"
        case errno.EISDIR:
            return "这是文件夹，不是文件"
        case errno.ENOTDIR:
            return "路径中有一段不是文件夹"
        case errno.ENOSPC | errno.EDQUOT:
            return "磁盘空间不足"
        case errno.ENAMETOOLONG:
            return "文件名太长"
        case _:
            return error.strerror or str(error)


class SettingFileUnreadable(SettingsInvalid):
    """A file that a setting names cannot be read."""

    def __init__(self, setting: str, path: str, reason: str) -> None:
        super().__init__(f"{setting} 指定的文件“{path}”不能读取（{reason}）")
