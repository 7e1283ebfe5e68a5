"""What can be wrong with jobs and the files that go in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from matcher.errors import MatcherError, UsageError


class JobFindings(MatcherError):
    """What a job found out before it failed; kept as its result."""

    def __init__(self, message: str, findings: Mapping[str, object]) -> None:
        super().__init__(message)
        self.findings = findings


class NothingFound(JobFindings):
    """The files hold no table of the kind asked for; `looks_like` are the kinds that they seem to be."""

    def __init__(self, message: str, looks_like: Sequence[str]) -> None:
        super().__init__(message, {"looks_like": list(looks_like)})


class UploadRefused(UsageError):
    """A file that is not taken in; the message names it."""


class NothingUploaded(UploadRefused):
    def __init__(self) -> None:
        super().__init__("没有收到文件。请选择一个或几个 Excel（xlsx、xls、csv）或 Word 问卷（docx）文件，再上传。")


class TooManyFiles(UploadRefused):
    def __init__(self, most: int) -> None:
        super().__init__(f"一次最多上传 {most} 个文件。请分几次上传。")


_INSTEAD = (
    ((".pdf",), "PDF 不能直接导入：请把内容照着填入“空白模板”里的模板；只有一份需求的，也可以在需求库点“新增需求”录入"),
    ((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic"),
     "照片和扫描件不能直接导入：请把内容照着填入“空白模板”里的模板；只有一份需求的，也可以在需求库点“新增需求”录入"),
    ((".doc", ".wps", ".rtf"), "请用 Word 或 WPS 打开，另存为 .docx 再上传"),
    ((".et", ".xlsb", ".ods", ".numbers"), "请用 Excel 或 WPS 打开，另存为 .xlsx 再上传"),
    ((".zip", ".rar", ".7z"), "这是压缩包，请先解压，再选里面的文件上传"),
)  # fmt: skip
_ANY = "可以导入的是 Excel 表格（xlsx、xls、csv）和 Word 问卷（docx）"


class KindOfFileRefused(UploadRefused):
    def __init__(self, name: str) -> None:
        suffix = PurePosixPath(name).suffix.lower()
        advice = next((advice for suffixes, advice in _INSTEAD if suffix in suffixes), _ANY)
        super().__init__(f"文件“{name}”不是可导入的格式。{advice}。")


class UploadTooLarge(UploadRefused):
    def __init__(self, limit: int) -> None:
        super().__init__(
            f"上传的文件超过 {limit} MB 的上限。请拆成几个文件分次上传，"
            "或请系统管理员放宽上限（设置 MATCHER_UPLOAD_MB）。"
        )


class TooManyJobs(UsageError):
    def __init__(self, most: int) -> None:
        super().__init__(f"您已有 {most} 项后台任务在排队或进行中。请等其中一项完成后再提交。")


class NothingToReview(UsageError):
    def __init__(self) -> None:
        super().__init__("没有可以审核的记录：没有勾选，或者列表里已经没有了。请返回列表重新选择。")


class JobNotReady(UsageError):
    """A preview that is not done yet, or a job that has no file to fetch."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"{wanted}还没有准备好：后台任务尚未完成，或没有产生这样的内容。请在“后台任务”中查看它的状态。"
        )


class FileGone(UsageError):
    def __init__(self) -> None:
        super().__init__("文件已过保留期，不在了。请重新提交这项任务。")


class FileOutOfReach(MatcherError):
    """It was made with more rights than its owner has today."""

    def __init__(self) -> None:
        super().__init__("这份文件是在您的角色或负责范围改变之前生成的，不能再下载。请重新提交这项任务。")


class PreviewStale(UsageError):
    """The database changed, so that the import would do something else than what was shown."""

    def __init__(self) -> None:
        super().__init__(
            "核对之后库中的资料有了改动，现在导入的结果会与核对时不同，因此没有写入。请重新上传核对，再确认。"
        )


class RightsChanged(UsageError):
    """Whoever checked an import might set 审核状态 by it, and may no longer."""

    def __init__(self) -> None:
        super().__init__("核对之后您的审核权限有了变化，因此没有写入。请重新上传文件核对，再确认。")


class JobMustFinish(UsageError):
    def __init__(self) -> None:
        super().__init__("这项任务不能取消：数据正在写入，中途停下会只写一半。请等它完成。")


class JobInterrupted(MatcherError):
    def __init__(self, attempts: int) -> None:
        super().__init__(
            f"运行这项任务的程序连续 {attempts} 次中途停止，不再自动重试。请告诉系统管理员，查明原因后再重试。"
        )


class JobFailed(MatcherError):
    """An error that nobody foresaw; its words are in no message."""

    def __init__(self) -> None:
        super().__init__("后台任务出错，没有完成。请再试一次；仍不行时请把任务的名称和提交时间告诉系统管理员。")
